"""people.errors — refusals about persons, accounts and roles."""

from exam_app.base.errors import Conflict, Invalid, NotAllowed, NotFound


class NoSuchAccount(NotFound):
    """No such account for this person."""

    code = "no_such_account"


class NoSuchPerson(NotFound):
    """No such person in this committee."""

    code = "no_such_person"


class UsernameTaken(Conflict):
    """Somebody signs in with that name already."""

    code = "username_taken"


class PasswordTooWeak(Invalid):
    """The password lacks length or classes of characters."""

    code = "password_too_weak"


class PasswordUsedBefore(Invalid):
    """The password was used lately."""

    code = "password_used_before"


class PasswordWrong(Invalid):
    """The present password given is not the present password."""

    code = "password_wrong"


class RolesMustNotMeet(NotAllowed):
    """Two roles that must not meet in one person would."""

    code = "roles_must_not_meet"


class OwnRolesUntouchable(NotAllowed):
    """Nobody grants or revokes their own roles."""

    code = "own_roles_untouchable"


class PhoneInvalid(Invalid):
    """Not a phone number."""

    code = "phone_invalid"


class NameInvalid(Invalid):
    """A person needs a name of at most 60 characters."""

    code = "name_invalid"
