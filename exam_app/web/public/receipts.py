"""web.public.receipts — anyone with a receipt checks that the answers are those sealed; the key to do it by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from exam_app.base.chance import CODE_ALPHABET
from exam_app.base.crypto import public_key, public_key_pem, same
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.keys import keys
from exam_app.exams.seating import tidy_code
from exam_app.operations import service as operations
from exam_app.results import proof
from exam_app.results.proof import Facts
from exam_app.sittings.rules import CODE_LENGTH, counting_answers, is_receipt, receipt_text, short_code
from exam_app.web import who
from exam_app.web.forms import Form
from exam_app.web.public.blueprint import bp
from exam_app.web.public.receipts_words import HOW_TO_CHECK
from exam_app.web.who import allow_public

TRIES_PER_ADDRESS = 300  # a whole room may share one address
TRIES_PER_NUMBER = 10
WITHIN = timedelta(minutes=1)


class ReceiptForm(Form):
    """What stands on the admission slip, and what was shown after handing in."""

    admission_number = StringField(
        _("准考证号"), [InputRequired(), Length(max=20)], render_kw={"autocomplete": "off", "inputmode": "numeric"}
    )
    code = StringField(
        _("回执号"),
        [InputRequired(), Length(max=20)],
        description=_("交卷后显示的 8 位字母和数字，不分大小写，中间的短横可以不输。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class Agreement(StrEnum):
    """How a receipt and the sealed answers stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    NONE = "none"


@dataclass(frozen=True)
class Finding:
    """What may be told to whoever holds a receipt; the rest only where it agrees."""

    agreement: Agreement
    closed_at: datetime | None = None
    answered: int = 0
    events: int = 0


@dataclass(frozen=True)
class CheckedAnswer:
    """The last sealed answer to a question, for the candidate who gave it, with all that proves it."""

    slot: int
    response: str
    at: datetime
    text: str
    receipt: str
    is_genuine: bool


@bp.route("/receipts", methods=["GET", "POST"])
@allow_public
def receipts() -> ResponseReturnValue:
    """Answer for a number and a code; to a candidate at the seat also show what is sealed, question by question."""
    form, finding = ReceiptForm(), None
    if form.validate_on_submit():
        try:
            with transaction():
                _limit(form.admission_number.data, g.now)
            finding = _find(form.admission_number.data, form.code.data)
        except DomainError as refusal:
            form.refuse(refusal)
    return render_template("public/receipts.html", form=form, finding=finding, **_own())


@bp.get("/receipts/key")
@allow_public
def receipts_key() -> ResponseReturnValue:
    """Hand out the public key of receipts and seals, and say how to check one by hand."""
    seed = keys().receipts
    words = HOW_TO_CHECK.format(
        hexadecimal=public_key(seed).hex(), pem=public_key_pem(seed), alphabet=CODE_ALPHABET, length=CODE_LENGTH
    )
    return Response(words, mimetype="text/plain")


def _limit(number: str, now: datetime) -> None:
    operations.limit_rate(f"receipts-address:{request.remote_addr}", TRIES_PER_ADDRESS, WITHIN, now)
    operations.limit_rate(f"receipts-number:{_tidy(number)}", TRIES_PER_NUMBER, WITHIN, now)


def _tidy(number: str) -> str:
    return "".join(number.split())[:20]


def _closed(number: str) -> Facts | None:
    facts = proof.read_one(number)
    return None if facts is None or facts.is_open else facts


def _find(number: str, code: str) -> Finding:
    facts = _closed(_tidy(number))
    if facts is None:
        return Finding(Agreement.NONE)
    finding = _finding(facts)
    agrees = finding.agreement is Agreement.SAME and same(tidy_code(short_code(facts.seal)), tidy_code(code))
    return finding if agrees else Finding(Agreement.DIFFERENT)


def _finding(facts: Facts) -> Finding:
    """Compare a closed sitting with its seal."""
    if not proof.is_intact(facts, public_key(keys().receipts)):
        return Finding(Agreement.DIFFERENT)
    sealed = facts.sealed_journal or []
    answered = sum(1 for response in counting_answers(sealed).values() if response)
    return Finding(Agreement.SAME, facts.closed_at, answered, len(sealed))


def _own() -> dict[str, Any]:
    """Return what a candidate at the seat sees of the own answers; nothing for anyone else."""
    seat = who.find_present_seat()
    own = _closed(seat.admission_number) if seat else None
    finding, answers = (_finding(own), _checked(own)) if own else (None, [])
    return {"seat": seat, "own": own, "own_finding": finding, "answers": answers}


def _checked(facts: Facts) -> list[CheckedAnswer]:
    public = public_key(keys().receipts)
    last = {kept.answer.slot: kept for kept in facts.journal}
    return [
        CheckedAnswer(
            slot=slot,
            response=answer.response,
            at=answer.server_at,
            text=receipt_text(facts.sitting_id, answer).decode(),
            receipt=receipt,
            is_genuine=is_receipt(public, facts.sitting_id, answer, receipt),
        )
        for slot, (answer, receipt) in sorted(last.items())
    ]
