"""base.crypto — sealing, blind indexes and keyed hashes over given keys."""

import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from exam_app.base.errors import Conflict

NONCE_BYTES = 12


class SealBroken(Conflict):
    """The sealed bytes were altered, or another key sealed them."""

    code = "seal_broken"


def seal(key: bytes, plain: bytes, about: str) -> bytes:
    """Encrypt and authenticate (AES-256-GCM); `about` binds the bytes to what they belong to."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """Return the plain bytes, or raise SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
    except InvalidTag as broken:
        raise SealBroken(about=about) from broken


@lru_cache(maxsize=8)
def signing_key(seed: bytes) -> Ed25519PrivateKey:
    """Return the Ed25519 key (RFC 8032) that a secret of 32 bytes stands for."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key(seed: bytes) -> bytes:
    """Return the 32 bytes with which anyone can check what the secret signs."""
    return signing_key(seed).public_key().public_bytes_raw()


def public_key_pem(seed: bytes) -> str:
    """Return the same key as a PEM file holds it."""
    encoded = signing_key(seed).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return encoded.decode()


def sign(seed: bytes, message: bytes) -> str:
    """Return the Ed25519 signature of the message, hexadecimal, 128 digits."""
    return signing_key(seed).sign(message).hex()


def is_signed(public: bytes, message: bytes, signature: str) -> bool:
    """Whether the signature over the message is one of this public key's."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def keyed_hash(key: bytes, *parts: str) -> str:
    """Return HMAC-SHA256 over the parts, each length-prefixed so that no two lists collide."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        data = part.encode()
        mac.update(len(data).to_bytes(4, "big") + data)
    return mac.hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two hashes or codes in constant time; what somebody typed may be in any script."""
    return hmac.compare_digest(one.encode(), other.encode())


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(document: Any) -> str:
    """Return the one JSON text of a document: sorted keys, no blanks, Chinese as it is."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
