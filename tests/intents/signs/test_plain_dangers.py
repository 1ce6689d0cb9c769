"""Dangers told in the plainest words: of other languages, or as a bare call for help."""

from __future__ import annotations

import pytest

from intents.content.faq import Faq, Level, WarningSign
from intents.languages.loading import load_language
from intents.languages.other_languages import Danger, load_others
from intents.reading.other_languages import OtherLanguageReader
from intents.reading.reading import Reader
from intents.signs.plain_dangers import PlainDangers

ENGLISH = load_language("en")
SIGNS = (
    WarningSign("any", "any", "call"),
    WarningSign("heart", "heart", "call", implies=("any",), dangers=(Danger.CHEST_PAIN,)),
    WarningSign("call", "call", "call", dangers=(Danger.HELP,)),
)
FAQ = Faq("x", (), {}, levels=(Level("call", "", "", emergency=True),), signs=SIGNS)
READER = Reader([], (), ENGLISH)
OTHERS = OtherLanguageReader(load_others("en"), ENGLISH)


def found(text: str, faq: Faq = FAQ) -> list[tuple[str, tuple[str, ...]]]:
    reading = READER.read(text)
    signs = PlainDangers(faq, ENGLISH).found(reading, OTHERS.read(reading.text))
    return [(sign.id, sign.words) for sign in signs]


def test_a_danger_means_the_sign_that_the_content_says_with_the_wider_ones() -> None:
    words = ("duele el pecho",)
    assert found("Ay, duele el pecho") == [("any", words), ("heart", words)]


def test_a_danger_that_no_sign_of_the_content_means_is_none() -> None:
    assert found("no puedo respirar") == []


@pytest.mark.parametrize(
    "text",
    [
        "help!!", "Help!", "HELP", "help help", "help me", "Help me!", "pls help", "help pls",
        "i need help now", "somebody help", "someone please help me", "sos", "SOS", "omg help me",
        "I need help!", "hilfe", "socorro", "au secours", "s.o.s.", "NEED HELP",
    ],
)  # fmt: skip
def test_a_bare_call_for_help_is_one(text: str) -> None:
    assert [id for id, _ in found(text)] == ["call"]


@pytest.mark.parametrize(
    "text",
    [
        "help", "Help", "help?", "help me?", "can you help me", "can you help me?",
        "help, my calf won't stop twitching, any tips?", "please!!", "NOW", "hello",
        "can you help me with my calf twitching", "help me find the reason", "omg!!", "me",
        "does magnesium help!", "HELP WITH TWITCHING", "i need help with my calf",
        "thanks for your help!", "",
    ],
)  # fmt: skip
def test_a_question_is_no_call_for_help(text: str) -> None:
    assert found(text) == []
