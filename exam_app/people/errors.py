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


class UsernameInvalid(Invalid):
    """A user name has 2 to 60 letters, digits, Chinese characters, dots, dashes or underlines."""

    code = "username_invalid"


class AccountElsewhere(NotAllowed):
    """Another committee looks after the account."""

    code = "account_elsewhere"


class AccountProtected(NotAllowed):
    """The account of a security or audit administrator, which no other administrator takes over or closes."""

    code = "account_protected"


class OwnAccountUntouchable(NotAllowed):
    """Nobody resets, closes or opens their own account."""

    code = "own_account_untouchable"


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


class ListEmpty(Invalid):
    """A list of people with nobody in it."""

    code = "list_empty"


class ListTooLong(Invalid):
    """A list with more rows than one list may have."""

    code = "list_too_long"


class ListUnreadable(Invalid):
    """A file that holds no table of people; `why` says what is wrong."""

    code = "list_unreadable"


class ListHeaderUnclear(Invalid):
    """A header row that names a column twice, or none for names."""

    code = "list_header_unclear"


class ListedNameMissing(Invalid):
    """A row without a name."""

    code = "listed_name_missing"


class ListedTooLong(Invalid):
    """A cell of a row with more than 120 characters."""

    code = "listed_too_long"


class ListedTwice(Invalid):
    """Two rows that mean the same person."""

    code = "listed_twice"


class PhoneListedTwice(Invalid):
    """Two rows of different persons with one phone number."""

    code = "phone_listed_twice"


class NomineeUnclear(Conflict):
    """Persons of that name are known, and only people can tell whether it is one of them."""

    code = "nominee_unclear"
