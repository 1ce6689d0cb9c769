"""What a reply says to what was offered."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import Action, CheckTap, LevelTap, Tap, Way
from bot.dialogue.offers import Offers
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from intents.languages.language import Word
from intents.understanding import Understanding

OFFERED = ("bleeding", "service", "age")


@pytest.fixture(name="offers", scope="module")
def _offers(boiler_understanding: Understanding) -> Offers:
    return Offers(boiler_understanding, Wording(boiler_understanding.faq))


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        *(("the first one", "bleeding"), ("second", "service"), ("3", "age"), ("the last", "age")),
        *(("Bleeding", "bleeding"), ("how often is a service due?", "service"), ("age", "age")),
        *(("the service one", "service"), ("yes", "bleeding"), ("yes the second", "service")),
        *(("no", ""), ("none of these", ""), ("neither", "")),
    ],
)
def test_a_short_reply_chooses_one_or_none(
    offers: Offers, boiler_understanding: Understanding, text: str, chosen: str
) -> None:
    assert offers.chosen(OFFERED, boiler_understanding.understand(text)) == chosen


@pytest.mark.parametrize(
    "text", ["it stays cold in here", "4", "maybe", "no, my radiators are cold", "all of them"]
)
def test_anything_else_is_no_choice(
    offers: Offers, boiler_understanding: Understanding, text: str
) -> None:
    assert offers.chosen(OFFERED, boiler_understanding.understand(text)) is None


@pytest.mark.parametrize("offered", [(), ("gone",)])
def test_where_nothing_is_offered_nothing_is_chosen(
    offers: Offers, boiler_understanding: Understanding, offered: tuple[str, ...]
) -> None:
    for text in ("yes", "no", "the first one"):
        assert offers.chosen(offered, boiler_understanding.understand(text)) is None


def test_topics_that_are_gone_have_no_place(
    offers: Offers, boiler_understanding: Understanding
) -> None:
    first = boiler_understanding.understand("the first one")
    assert offers.chosen(("gone", "age"), first) == "age"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("it's gone now", Word.GONE),
        ("i didn't mean that", Word.WRONG),
        ("yes", Word.YES),
        ("how old do boilers get", None),
    ],
)
def test_a_reply_may_say_a_word_by_itself(
    offers: Offers, boiler_understanding: Understanding, text: str, word: Word | None
) -> None:
    assert offers.word(boiler_understanding.understand(text)) is word


@pytest.mark.parametrize(
    ("text", "tap"),
    [
        ("Answer a few questions", Way.CHECK),
        ("all topics", Way.TOPICS),
        ("I didn't mean that", Way.MISTAKEN),
        ("somebody else has it", Way.ELSE),
        ("tell me what was done", CheckTap(0, "lately", Action.OPEN)),
        ("i've done something", LevelTap("crisis", 0)),
        ("I'm safe", LevelTap("crisis", 1)),
        ("i am fine again", LevelTap("crisis", 1)),
        ("none of these", None),
        ("all topics about boilers", None),
        ("", None),
    ],
)
def test_a_label_that_is_typed_is_a_tap(caring_faq: Faq, text: str, tap: Tap | None) -> None:
    understanding = Understanding(caring_faq)
    offers = Offers(understanding, Wording(caring_faq))
    assert offers.typed(understanding.understand(text)) == tap
