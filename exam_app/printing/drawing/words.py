"""printing.drawing.words — dates, numbers and names as official documents write them."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

WEEKDAYS = "一二三四五六日"
IDEOGRAPHIC_SPACE = "\u3000"


def chinese_date(day: date) -> str:
    """Return a day as official documents write it: 2018年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def clock_span(begins_at: datetime, minutes: int) -> str:
    """Return 2018年3月2日（星期五）9:00—10:30; `begins_at` is the wall clock of the place."""
    ends_at = begins_at + timedelta(minutes=minutes)
    weekday = WEEKDAYS[begins_at.weekday()]
    return f"{chinese_date(begins_at)}（星期{weekday}）{_clock(begins_at)}—{_clock(ends_at)}"


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def plain_number(value: Decimal) -> str:
    """Return 92 for 92.00 and 92.5 for 92.50, never an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percentage(part: int, whole: int) -> str:
    """Return 94.8%, or a dash where there is nothing to divide by."""
    if not whole:
        return "—"
    share = Decimal(part) * 100 / Decimal(whole)
    return f"{plain_number(share.quantize(Decimal('0.1'), ROUND_HALF_UP))}%"


def spaced_name(name: str) -> str:
    """Set a name of two Chinese characters apart, so that it stands as wide as one of three."""
    if len(name) == 2 and all(ord(character) > 0x2E7F for character in name):
        return IDEOGRAPHIC_SPACE.join(name)
    return name


def grouped_code(code: str) -> str:
    """Return ABCD-EFGH for ABCDEFGH."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
