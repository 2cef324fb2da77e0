"""intake.sentences — the words of name lists: forms, headings, and sentences that appoint and remove. Pure.

任命张三、李四为市中级人民法院审判员 is two rows. Where a sentence may be parted in two ways, both are handed out to
be chosen from; nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exam_app.appointments.states import APPOINTING_FORMS, Form

FORM_WORDS: tuple[tuple[str, Form], ...] = (
    (r"批准任命", Form.APPROVE_APPOINT),
    (r"决定任命", Form.DECIDE_APPOINT),
    (r"(?:决定)?撤销(?:对.*)?任命", Form.REVOKE),
    (r"批准(?:免职|免去)", Form.APPROVE_REMOVE),
    (r"(?:决定)?推选(?:.*代理)?", Form.ELECT_ACTING),
    (r"决定.*代理", Form.DECIDE_ACTING),
    (r"(?:决定|批准)?(?:接受)?.*(?:辞职|辞去.*)(?:的?请求)?", Form.ACCEPT_RESIGNATION),
    (r"(?:决定)?(?:撤职|撤销.*职务)", Form.DISMISS),
    (r"通过", Form.ADOPT),
    (r"(?:决定)?(?:免职|免去|免除)(?:.*职务)?", Form.REMOVE),
    (r"任命", Form.APPOINT),
)
ENTERING_WORDS = re.compile(r"拟任[命职]?|任职?")
LEAVING_WORDS = re.compile(r"拟?免[职去]?|去职")
NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[)）、.．]\s*)+")
NO_HEADING = re.compile(r"任免|议案|公告|通知|会议|〔|\d{4}年|[。；;]$")
REMARK = re.compile(r"[（(][^（）()]*[）)]")
OTHERS = re.compile(r"等(?:\d+(?:人|名|位))?$")
TITLE = re.compile(r"(?:长|主任|委员|审判员|检察员|陪审员)$")
BODY = re.compile(r".*?(?:人民法院|人民检察院|法院|检察院|监察委员会|监委|人民政府|政府|人大常委会|常务委员会)")
NOBODY = re.compile(r"政府|法院|检察院|委员会|常委会|人员|名单|同志|[下以]列|以下|上述")
VERB = re.compile(r"^(?:提请)?(?:决定|批准)?(?:任命|免去|免除|撤销|推选|接受.*辞)")
HAN_WORD = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
NAME = re.compile(rf"{HAN_WORD}{{2,6}}|{HAN_WORD}{{1,12}}(?:·{HAN_WORD}{{1,12}})+|[A-Za-z][A-Za-z .·]{{1,40}}")
NAME_BREAKS = re.compile(r"[、，,]")
HAN = re.compile(HAN_WORD)
ENTERS = (
    (Form.APPROVE_APPOINT, "批准任命"),
    (Form.DECIDE_APPOINT, "决定任命"),
    (Form.APPOINT, "任命"),
    (Form.ADOPT, "通过"),
)
ACTS_FOR = ((Form.ELECT_ACTING, "推选"), (Form.DECIDE_ACTING, "决定"))
LEAVES = (
    (Form.APPROVE_REMOVE, "批准免去"),
    (Form.REMOVE, "决定免去"),
    (Form.REMOVE, "免去"),
    (Form.DISMISS, "决定撤销"),
    (Form.DISMISS, "撤销"),
)


@dataclass(frozen=True)
class Said:
    """What one sentence says; `form` is None where only its place in the list tells. Names may be several."""

    form: Form | None
    names: tuple[str, ...]
    post: str
    is_leaving: bool = False


def form_named(words: str) -> Form | None:
    """Return the form that the words of a cell or heading name exactly, None where they name none."""
    text = re.sub(r"[\s\u3000]", "", words)
    return next((form for pattern, form in FORM_WORDS if re.fullmatch(pattern, text)), None)


def side_named(words: str) -> bool | None:
    """Return whether the words tell that people leave (True) or enter (False) a post; None where they tell neither."""
    text = re.sub(r"[\s\u3000]", "", words)
    form = form_named(text)
    if form is not None:
        return form not in APPOINTING_FORMS
    if "任免" in text or ("任" in text and "免" in text):
        return None
    return True if LEAVING_WORDS.fullmatch(text) else False if ENTERING_WORDS.fullmatch(text) else None


def heading(line: str) -> tuple[str, Form | None, bool | None] | None:
    """Return a line that stands over a part of a list: its words, the form and the side they name; None for any other.

    二、免职 · 决定任命： · （一）市中级人民法院 · 接受辞职
    """
    words = REMARK.sub("", NUMBERING.sub("", line)).strip().rstrip("：:").strip()
    if not 1 <= len(words) <= 40 or NO_HEADING.search(words) or "、" in words:
        return None
    named = re.sub(r"^提请|(?:下列|以下)?(?:的?(?:人员|同志|干部|名单|事项|职务|部分))+$|的$", "", words)
    form, leaving = form_named(words) or form_named(named), side_named(named)
    leaving = leaving if form is None else form not in APPOINTING_FORMS
    if words.startswith("拟"):
        form = None
    return words, form, leaving


def read_sentences(line: str, form: Form | None = None, leaving: bool | None = None) -> list[list[Said]]:
    """Read a line into sentences, each with every way it may be meant; empty where it is none.

    Without a verb of its own a sentence takes the one before it in the line, else that of the heading over it.
    """
    found: list[list[Said]] = []
    for fragment in re.split(r"[。；;]", NUMBERING.sub("", line)):
        text = re.sub(r"[\s\u3000]+$", "", fragment.strip().removeprefix("提请"))
        if not text:
            continue
        meanings = list(dict.fromkeys(_meanings(text, form, leaving)))
        if not meanings:
            return []
        form, leaving = meanings[0].form or form, meanings[0].is_leaving
        found.append(meanings)
    return found


def has_verb(line: str) -> bool:
    """Whether a line sets out to appoint or remove somebody, so that it must not be passed over."""
    return VERB.match(NUMBERING.sub("", line)) is not None


def write_sentence(said: Said) -> str:
    """Return the sentence as official lists have it."""
    names = "、".join(said.names)
    if said.form is Form.ACCEPT_RESIGNATION:
        return f"接受{names}辞去{said.post}职务的请求"
    if said.form is Form.REVOKE:
        return f"撤销{names}的{said.post}的任命"
    verb = next((word for form, word in (*ENTERS, *ACTS_FOR, *reversed(LEAVES)) if form is said.form), "")
    return f"{verb}{names}的{said.post}职务" if said.is_leaving else f"{verb}{names}为{said.post}"


def _meanings(text: str, form: Form | None, leaving: bool | None) -> Iterator[Said]:
    own = list(_with_verb(text))
    if own:
        yield from own
        return
    if form is None and leaving is None:
        return
    if leaving is not True:
        yield from (Said(form, names, post) for names, post in _parted(text, "为"))
    if leaving is not False:
        yield from (Said(form, names, post, True) for names, post in _parted(_without_end(text), "的"))


def _with_verb(text: str) -> Iterator[Said]:
    for form, verb in ENTERS:
        if text.startswith(verb):
            yield from (Said(form, names, post) for names, post in _parted(text.removeprefix(verb), "为"))
            return
    for form, verb in ACTS_FOR:
        if text.startswith(verb) and not text.startswith(("决定免", "决定撤", "决定接受")):
            yield from _acting(form, text.removeprefix(verb))
            return
    yield from _leaving(text)


def _acting(form: Form, text: str) -> Iterator[Said]:
    """决定张三代理市长职务 · 推选李四为常委会代理主任: the post keeps the word that it is held for another."""
    for part in ("为", "代理"):
        for names, post in _parted(_without_end(text), part):
            if part == "代理" or "代" in post:
                yield Said(form, names, f"代理{post}" if part == "代理" else post)


def _leaving(text: str) -> Iterator[Said]:
    resigning = re.fullmatch(r"(?:决定|批准)?(?:接受)?(.+?)(?:同志)?辞去(.+?)(?:职务)?(?:的?请求)?", text)
    if resigning:
        for names in _names(resigning[1]):
            yield Said(Form.ACCEPT_RESIGNATION, names, _post(resigning[2]), True)
        return
    revoking = re.fullmatch(r"(?:决定)?撤销(?:对)?(.+?)(?:的|为)(.+?)的?任命", text)
    if revoking:
        for names in _names(revoking[1]):
            yield Said(Form.REVOKE, names, _post(revoking[2]), True)
        return
    for form, verb in LEAVES:
        if text.startswith(verb):
            rest = _without_end(text.removeprefix(verb))
            yield from (Said(form, names, post, True) for names, post in _parted(rest, "的"))
            return


def _parted(text: str, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every way to part a text into names and a post at the word."""
    for place in (match.start() for match in re.finditer(word, text)):
        post = _post(text[place + len(word) :])
        if post:
            for names in _names(text[:place]):
                yield names, post


def _names(text: str) -> Iterable[tuple[str, ...]]:
    """Return the names as one reading, or none if any of them cannot be a name."""
    plain = re.sub(r"同志$", "", REMARK.sub("", text).strip())
    if OTHERS.search(plain):
        return []  # 张三等: whom else it means, the sentence does not say
    pieces = [re.sub(r"[•‧∙・．.]", "·", piece.strip()) for piece in NAME_BREAKS.split(plain)]
    names = tuple(name for piece in pieces for name in _spaced(piece))
    return [names] if names and all(NAME.fullmatch(one) and not NOBODY.search(one) for one in names) else []


def _spaced(piece: str) -> list[str]:
    """Return the names of a piece between commas: 张　三 is one name set wide, 张三 李四 are two."""
    tokens = piece.split()
    if not HAN.match(piece) or (len("".join(tokens)) <= 4 and any(len(token) == 1 for token in tokens)):
        return ["".join(tokens)] if HAN.match(piece) else [piece]
    return tokens


def _without_end(text: str) -> str:
    return re.sub(r"(?:等)?(?:的)?职务?$", "", text) if text.endswith("职务") else text


def _post(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text).rstrip("，,；;。：:")


def several_posts(post: str) -> tuple[str, ...]:
    """Return the posts that a text names one after the other, each with its body; empty for a single one."""
    parts = [part.strip() for part in re.split(r"[、；;]|\s兼", post)]
    if len(parts) < 2 or not all(TITLE.search(part) for part in parts):
        return ()
    body = BODY.match(parts[0])
    return tuple(part if body is None or BODY.match(part) else body[0] + part for part in parts)
