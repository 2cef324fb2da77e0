"""tests.question_bank.test_register — the register of laws and which edition holds on a day."""

from datetime import date

import pytest

from question_bank.register import Edition, Law, Register, build_editions, load_register

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "name",
    ["supervision-law", "中华人民共和国监察法", "监察法", "《监察法》", " 《中华人民共和国 监察法》 "],
)
def test_law_is_found_by_slug_title_and_short_title(name: str) -> None:
    law = load_register().find(name)

    assert law is not None
    assert law.slug == "supervision-law"


def test_usual_name_tells_similar_laws_apart() -> None:
    law = load_register().find("监督法")

    assert law is not None
    assert law.slug == "supervision-by-standing-committees-law"


def test_unknown_law_is_not_found() -> None:
    register = load_register()

    assert register.find("示例法") is None
    assert register.edition("示例法", DAY) is None
    assert register.current("示例法", DAY) is None


def test_new_edition_holds_from_its_first_day() -> None:
    register = load_register()
    before, after = (register.current("supervision-law", on) for on in (date(2025, 5, 31), date(2025, 6, 1)))

    assert before is not None
    assert after is not None
    assert (before.adopted, after.adopted) == (date(2018, 3, 20), date(2024, 12, 25))


def test_repealed_law_has_no_current_edition() -> None:
    register = load_register()

    assert register.current("environmental-protection-law", date(2026, 8, 14)) is not None
    assert register.current("environmental-protection-law", date(2026, 8, 15)) is None
    assert register.current("environmental-protection-law") is None


def test_law_does_not_hold_before_its_first_edition() -> None:
    assert load_register().current("ethnic-unity-law", date(2000, 1, 1)) is None


def test_unknown_first_day_is_taken_to_be_the_adoption() -> None:
    edition = load_register().edition("legislation-law", date(2023, 3, 13))

    assert edition is not None
    assert (edition.effective, edition.starts_on) == (None, date(2023, 3, 13))


def test_without_a_day_the_edition_that_has_no_end_is_current() -> None:
    edition = load_register().current("criminal-law")

    assert edition is not None
    assert edition.adopted == date(2023, 12, 29)


def test_inserted_articles_do_not_lengthen_a_law() -> None:
    edition = load_register().current("criminal-law")

    assert edition is not None
    assert edition.last_article == 452
    assert edition.may_have_article("452")
    assert edition.may_have_article("120-1")
    assert not edition.may_have_article("453")


def test_law_without_inserted_articles_has_none() -> None:
    edition = load_register().current("constitution")

    assert edition is not None
    assert not edition.may_have_article("12-1")


def test_every_edition_of_the_register_makes_sense() -> None:
    for law in load_register().laws:
        assert law.editions
        for edition in law.editions:
            assert edition.law == law.slug
            assert edition.article_count > edition.inserted_articles >= 0
            assert edition.effective is None or edition.effective >= edition.adopted
            assert edition.ends_on is None or edition.ends_on > edition.starts_on


def test_editions_are_sorted_and_end_where_the_next_starts() -> None:
    new = Edition("x", date(2024, 1, 1), date(2024, 6, 1), 10)
    old = Edition("x", date(2010, 1, 1), None, 9)

    editions = build_editions([new, old])

    assert [edition.adopted for edition in editions] == [old.adopted, new.adopted]
    assert [edition.ends_on for edition in editions] == [date(2024, 6, 1), None]


def test_two_laws_of_one_name_are_refused() -> None:
    law = Law("a", "甲法", "甲法", (), ())

    with pytest.raises(ValueError, match="同名"):
        Register([law, Law("b", "乙法", "甲法", (), ())])
