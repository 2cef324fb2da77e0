"""people.credentials — hashing of passwords (argon2id), and first ones; the only file that touches argon2."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from exam_app.base.chance import code

# OWASP's setting (19 MiB, two passes, one lane): strong, and light enough that sign-ins never starve saves.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("nobody signs in with this")


def hash_password(password: str) -> str:
    """Return the argon2id hash with its parameters and salt."""
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long for an account that does not exist."""
    try:
        return _hasher.verify(stored or _nobody, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def first_password() -> str:
    """Return an unguessable first password that a person can read out and type."""
    return f"{code(5)}-{code(5).lower()}"
