"""operations.archive — one file that holds an installation: checksums over all, keys sealed with a passphrase.

The seal of the keys covers the checksums of everything else, so that whoever alters a file and mends its checksum
is found out by the passphrase.
"""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from exam_app.operations.errors import BackupAltered, BackupUnreadable, PassphraseTooShort, PassphraseWrong

SUMS, KEYS = "SHA256SUMS", "keys.sealed"
PASSPHRASE_MINIMUM = 12
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1


def pack(target: Path, files: Mapping[str, Path], secrets: Mapping[str, bytes], passphrase: str) -> None:
    """Write the archive; it appears whole or not at all, readable by its owner alone."""
    if len(passphrase) < PASSPHRASE_MINIMUM:
        raise PassphraseTooShort(minimum=PASSPHRASE_MINIMUM)
    sums = _lines((name, _digest(path)) for name, path in files.items())
    sealed = _seal(passphrase, _bundle(secrets), sums.encode())
    sums += _lines([(KEYS, hashlib.sha256(sealed).hexdigest())])
    draft = target.with_name(f"{target.name}.draft")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as archive:
                _add(archive, SUMS, sums.encode())
                _add(archive, KEYS, sealed)
                for name, path in files.items():
                    archive.add(path, name, recursive=False)
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)


def unpack(source: Path, folder: Path, passphrase: str) -> tuple[dict[str, Path], dict[str, bytes]]:
    """Check every checksum and open the keys; return files, put into the folder, and secrets."""
    files = _extract(source, folder)
    if SUMS not in files or KEYS not in files:
        raise BackupUnreadable(file=source.name)
    sums = files.pop(SUMS).read_text(errors="replace")
    expected = dict(line.split("  ", 1)[::-1] for line in sums.splitlines() if "  " in line)
    for name in sorted(set(expected) | set(files)):
        if name not in files or expected.get(name) != _digest(files[name]):
            raise BackupAltered(name=name)
    sealed = files.pop(KEYS).read_bytes()
    rest = _lines((name, digest) for name, digest in expected.items() if name != KEYS)
    return files, _unbundle(_unseal(passphrase, sealed, rest.encode()))


def _extract(source: Path, folder: Path) -> dict[str, Path]:
    """Write plain files under their own names only; a name with a folder in it is none of ours."""
    files: dict[str, Path] = {}
    try:
        with tarfile.open(source, mode="r:") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or "/" in member.name or member.name.startswith("."):
                    raise BackupUnreadable(file=source.name)
                files[member.name] = folder / member.name
                with files[member.name].open("wb") as written:
                    while block := content.read(1 << 20):
                        written.write(block)
    except (tarfile.TarError, OSError) as broken:
        raise BackupUnreadable(file=source.name) from broken
    return files


def _bundle(secrets: Mapping[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w") as archive:
        for name, content in secrets.items():
            _add(archive, name, content)
    return kept.getvalue()


def _unbundle(bundle: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(bundle), mode="r:") as archive:
        return {member.name: stream.read() for member in archive if (stream := archive.extractfile(member))}


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    """Return checksums as `sha256sum -c` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in pairs)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(passphrase.encode())


def _seal(passphrase: str, plain: bytes, about: bytes) -> bytes:
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, about)


def _unseal(passphrase: str, sealed: bytes, about: bytes) -> bytes:
    salt, rest = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], about)
    except (InvalidTag, ValueError) as wrong:
        raise PassphraseWrong from wrong
