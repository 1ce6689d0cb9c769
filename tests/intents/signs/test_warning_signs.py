"""Warning signs that a writer affirms are found, with the words that said so; others are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intents.content.check import Option
from intents.content.faq import Faq, Pattern, Patterns, WarningSign
from intents.content.loader import load
from intents.languages.loading import load_language
from intents.reading.reading import Reader
from intents.signs.phrases import PhraseIndex, heavy_stems
from intents.signs.warning_signs import LEARNED, TIME, FoundSign, SignReading
from intents.understanding import Understanding
from tests.conftest import SMALL, TODAY

ENGLISH = load_language("en")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("I have chest pain and I'm sweating", "chest_pain", id="chest pain"),
        pytest.param("cant get my breath back at all", "breathing", id="breath, slang"),
        pytest.param("my face is drooping on one side", "stroke", id="stroke"),
        pytest.param("i passed out after the race", "collapse", id="fainting"),
        pytest.param("my pee is brown like cola", "dark_urine", id="dark urine"),
        pytest.param("stopped sweating and im burning hot and confused", "heatstroke", id="heat"),
        pytest.param("i cant feel between my legs and cant pee", "saddle_numbness", id="saddle"),
        pytest.param("my leg is numb", "numbness", id="numb"),
        pytest.param("pins and needles in my hand", "numbness", id="pins and needles"),
        pytest.param("my ankle is swollen", "swelling", id="swollen"),
        pytest.param("it is getting worse every day", "worsening", id="worse"),
        pytest.param("my grip is weak, i keep dropping things", "weakness", id="weak"),
    ],
)
def test_sign_is_named(understanding: Understanding, text: str, sign: str) -> None:
    assert sign in {found.id for found in understanding.understand(text).signs.found}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("my calf twitches after the run", id="an ordinary report"),
        pytest.param("no numbness", id="negated"),
        pytest.param("no pain, no swelling, no weakness", id="negated list"),
        pytest.param("swelling: none, numbness: none", id="negated after"),
        pytest.param("is numbness a bad sign?", id="asked about"),
        pytest.param("is coffee bad?", id="an ordinary question"),
        pytest.param("my leg was numb years ago, fine today", id="long ago"),
        pytest.param("thanks", id="small talk"),
    ],
)
def test_no_sign_is_affirmed(understanding: Understanding, text: str) -> None:
    signs = understanding.understand(text).signs
    assert signs.found == ()
    assert not signs.is_suspect


def test_emergency_brings_its_wider_sign(understanding: Understanding) -> None:
    found = {
        sign.id: sign for sign in understanding.understand("chest pain right now").signs.found
    }
    assert "emergency" in found
    assert found["emergency"].level == "emergency"


def test_quotes_are_short(understanding: Understanding) -> None:
    text = (
        "Hello there, I went running with the club on Sunday as I always do, it was a lovely day "
        "and afterwards both of my feet went completely numb and I could not feel the pedals "
        "when I drove home to my family for lunch, which we eat rather late on Sundays"
    )
    found = understanding.understand(text).signs.found
    assert found
    for sign in found:
        assert all(quote in text and len(quote.split()) <= 9 for quote in sign.words)


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        pytest.param("my calf has been twitching for three weeks", True, id="weeks"),
        pytest.param("6th day in a row of this flutter", True, id="sixth day"),
        pytest.param("twitching since last summer", True, id="since summer"),
        pytest.param("my calf has been twitching for two days", False, id="two days"),
        pytest.param("started yesterday", False, id="yesterday"),
        pytest.param("no, it has not been weeks", False, id="negated"),
        pytest.param("been training for 8 weeks, calf twitches today", False, id="training"),
    ],
)
def test_long_duration_is_a_sign(understanding: Understanding, text: str, lasting: bool) -> None:
    signs = understanding.understand(text).signs
    assert ("persistent" in {sign.id for sign in signs.found}) is lasting


def test_hours_are_read(understanding: Understanding) -> None:
    assert understanding.understand("twitching for two days").signs.hours == 48
    assert understanding.understand("my calf twitches").signs.hours is None


@pytest.mark.parametrize("text", ["", " ", "?", "....", "🙂", "a" * 5000, "no " * 2000])
def test_odd_text_affirms_nothing(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text).signs.found == ()


@pytest.fixture(name="boiler", scope="module")
def _boiler() -> Faq:
    """Return a small content whose patterns tell of gas."""
    groups = {"gas": ("gas",), "smell": ("smell", "smells", "smelled")}
    pattern = Pattern("gas", "gas smell", ("gas", "smell"))
    faq = load(SMALL.with_name("boiler.yaml"), TODAY)
    return replace(faq, patterns=Patterns(groups, (pattern,)))


@pytest.fixture(name="timed", scope="module")
def _timed(boiler: Faq) -> Understanding:
    """Return that content with times in two steps: above 24 and 84 hours, and above 200."""
    assert boiler.check
    danger, signs, since, *others = boiler.check.steps
    day = replace(since.options[1], signs=("drip",))
    since = replace(since, options=(since.options[0], day, since.options[2]))
    signs = replace(signs, options=(*signs.options, Option("ages", "Ages", ("bang",), over=200)))
    check = replace(boiler.check, steps=(danger, signs, since, *others))
    return Understanding(replace(boiler, check=check))


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        pytest.param("3 hours", set(), id="an option without signs"),
        pytest.param("2 days", {"drip"}, id="the second option"),
        pytest.param("four days", {"lasting"}, id="the third, and not the second"),
        pytest.param("nine days", {"lasting", "bang"}, id="an option of each step"),
        pytest.param("it has been broken for four days", {"lasting"}, id="among other words"),
        pytest.param("not four days", set(), id="denied"),
        pytest.param("how long? five days?", set(), id="asked"),
        pytest.param("it was broken for weeks, all fine now", set(), id="over"),
    ],
)
def test_a_length_of_time_means_the_signs_of_its_options(
    timed: Understanding, text: str, signs: set[str]
) -> None:
    found = timed.understand(text).signs.found
    assert {sign.id for sign in found if sign.lines == (TIME,)} == signs
    assert {sign.id for sign in found} == signs


def test_a_length_of_time_is_quoted(timed: Understanding) -> None:
    (lasting,) = timed.understand("it has been broken for four days").signs.found
    assert lasting.words == ("it has been broken for four days",)
    assert lasting.level == "week"


def test_without_a_check_a_length_of_time_is_no_sign(boiler: Faq) -> None:
    signs = Understanding(replace(boiler, check=None)).understand("nine days").signs
    assert (signs.found, signs.hours) == ((), 216)


@pytest.mark.parametrize(
    ("changes", "suspected"),
    [
        pytest.param({}, "gas", id="a step asks about it"),
        pytest.param({"ask": "Gas?", "in_words_only": True}, "gas", id="it has its own question"),
        pytest.param({"in_words_only": True}, "", id="nothing asks about it"),
    ],
)
def test_an_emergency_is_suspected_by_name_where_it_can_be_asked_about(
    boiler: Faq, changes: dict[str, Any], suspected: str
) -> None:
    gas, *others = boiler.signs
    faq = replace(boiler, signs=(replace(gas, **changes), *others))
    signs = Understanding(faq).understand("is a gas smell bad?").signs
    assert (signs.found, signs.is_suspect, signs.suspected) == ((), True, suspected)


def test_a_wide_emergency_is_not_asked_about_alone(boiler: Faq) -> None:
    """The screen that names its kinds asks better."""
    gas, alarm, *others = boiler.signs
    faq = replace(boiler, signs=(gas, replace(alarm, implies=("gas",)), *others))
    signs = Understanding(faq).understand("is a gas smell bad?").signs
    assert (signs.is_suspect, signs.suspected) == (True, "")


def test_only_what_a_line_named_may_be_kept() -> None:
    told, learned = FoundSign("a", "now", (), ("a b",)), FoundSign("b", "now", (), (LEARNED,))
    reading = SignReading((told, learned), 0.5, is_suspect=True)
    assert reading.in_lines(keep_suspicion=True) == replace(reading, found=(told,))
    assert not reading.in_lines(keep_suspicion=False).is_suspect


class TestPhrases:
    """Phrases stand in a message word by word, in order, with small gaps."""

    SIGNS = (WarningSign("faint", "fainting", "now", ("passed out", "everything went black")),)

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            pytest.param("I passed out", "passed out", id="as written"),
            pytest.param("passed clean out today", "passed clean out", id="a word between"),
            pytest.param(
                "then everything just went black", "everything just went black", id="longer"
            ),
        ],
    )
    def test_found(self, text: str, quote: str) -> None:
        assert self.quotes(text) == [quote]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("out I passed", id="out of order"),
            pytest.param("passed the test and then we all went out", id="far apart"),
            pytest.param("passed", id="incomplete"),
            pytest.param("", id="empty"),
        ],
    )
    def test_not_found(self, text: str) -> None:
        assert self.quotes(text) == []

    def quotes(self, text: str) -> list[str]:
        reader = Reader(" ".join(self.SIGNS[0].phrases).split(), (), ENGLISH)
        index = PhraseIndex(
            (sign.id, stems)
            for sign in self.SIGNS
            for phrase in sign.phrases
            if (stems := heavy_stems(reader.read(phrase), ENGLISH.small))
        )
        reading = reader.read(text)
        return [reading.quote(match.start, match.end) for match in index.find(reading)]


def test_level_of_the_sign_is_kept(understanding: Understanding) -> None:
    levels = {level.id for level in understanding.faq.levels}
    found = understanding.understand("my leg is numb and swollen").signs.found
    assert found
    assert {sign.level for sign in found} <= levels
