"""tests.incidents.emergency_files — emergency files as a browser writes them, written a second time in Python."""

import hmac
import json
import os
from datetime import datetime
from typing import Any

from exam_app.base.keys import keys
from exam_app.incidents import emergency
from exam_app.sittings.answers import token_hash
from exam_app.sittings.models import Sitting
from tests.conftest import NINE


def held(slot: int, response: str, revision: int, **more: Any) -> dict[str, Any]:
    """Return an answer as the page holds it: one that was never sent, unless told otherwise."""
    known = {"base": 0, "tried": [], "clientAt": NINE.timestamp() * 1000, "savedAt": None, "acknowledged": False}
    return {"slot": slot, "response": response, "revision": revision, **known, **more}


def document(sitting_id: int, admission_number: str, *answers: dict[str, Any], made_at: datetime = NINE) -> bytes:
    """Return the JSON inside a file."""
    facts = {"version": 1, "sitting": sitting_id, "admissionNumber": admission_number}
    return json.dumps({**facts, "madeAt": made_at.timestamp() * 1000, "answers": list(answers)}).encode()


def sealed(key: bytes, sitting_id: int, device: str, plain: bytes) -> bytes:
    """Return the bytes of a file around a document."""
    nonce = os.urandom(16)
    masking, signing = (hmac.digest(key, purpose, "sha256") for purpose in (b"encrypt", b"authenticate"))
    stream = b"".join(
        hmac.digest(masking, nonce + number.to_bytes(4, "big"), "sha256") for number in range(len(plain) // 32 + 1)
    )
    masked = bytes(one ^ other for one, other in zip(plain, stream, strict=False))
    body = f"EXAM-EMERGENCY 1 {sitting_id} {device[:16]}\n".encode() + nonce + masked
    return body + hmac.digest(signing, body, "sha256")


def file_of(sitting: Sitting, admission_number: str, *answers: dict[str, Any], token: str = "token") -> bytes:
    """Return the file that the device with this token makes for the sitting."""
    return sealed_for(sitting, token_hash(token), admission_number, *answers)


def sealed_for(
    sitting: Sitting, device: str, admission_number: str, *answers: dict[str, Any], made_at: datetime = NINE
) -> bytes:
    """Return the file that the device with this token's hash makes for the sitting."""
    key = emergency.key_of(keys().emergency, sitting.id, device)
    return sealed(key, sitting.id, device, document(sitting.id, admission_number, *answers, made_at=made_at))
