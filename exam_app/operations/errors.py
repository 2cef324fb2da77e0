"""operations.errors — refusals of the machinery."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class TooOften(Conflict):
    """The same was tried too often in a short time."""

    code = "too_often"


class NoSuchJob(NotFound):
    """No such job in this committee."""

    code = "no_such_job"


class NoSuchFile(NotFound):
    """No such file in this committee."""

    code = "no_such_file"


class BackupUnreadable(Invalid):
    """Not a backup of this product."""

    code = "backup_unreadable"


class BackupAltered(Invalid):
    """A file of the backup is not what its checksum says; `name` is the file."""

    code = "backup_altered"


class PassphraseWrong(Invalid):
    """The passphrase does not open the keys, or they do not belong to the rest of the backup."""

    code = "passphrase_wrong"


class PassphraseTooShort(Invalid):
    """A passphrase that guards keys outside the house needs `minimum` characters."""

    code = "passphrase_too_short"


class InstanceNotEmpty(Conflict):
    """This installation holds data already; a backup is restored onto an empty one."""

    code = "instance_not_empty"


class BackupExists(Conflict):
    """A file of that name is there already."""

    code = "backup_exists"


class BackupOfOtherKind(Conflict):
    """The backup is of the other kind of database."""

    code = "backup_of_other_kind"


class DatabaseToolFailed(Conflict):
    """pg_dump or pg_restore is missing or failed."""

    code = "database_tool_failed"
