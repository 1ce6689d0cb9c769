"""Small contents of their own, so that the tests of the core do not hang on the shipped one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.dialogue.dialogue import Dialogue
from intents.content.faq import Faq, Level, LevelWay, WarningSign
from intents.content.loader import load
from intents.understanding import Understanding
from tests.conftest import SMALL, TODAY

BOILER: Final = SMALL.with_name("boiler.yaml")
DESPAIR: Final = "i cannot go on any more"


@pytest.fixture(scope="session")
def boiler_faq() -> Faq:
    """Return a content with a check."""
    return load(BOILER, TODAY)


@pytest.fixture(scope="session")
def boiler_understanding(boiler_faq: Faq) -> Understanding:
    """Return that content as fitted."""
    return Understanding(boiler_faq)


@pytest.fixture(scope="session")
def boiler(boiler_understanding: Understanding) -> Dialogue:
    """Return a conversation about boilers."""
    return Dialogue(boiler_understanding)


@pytest.fixture(scope="session")
def caring_faq(boiler_faq: Faq) -> Faq:
    """Return that content with a level for people in despair."""
    crisis = Level(
        "crisis",
        "You're not alone",
        "Talk to a person: 116 123.",
        emergency=True,
        crisis=True,
        again="I'm still here. Talk to a person: 116 123.",
        of_others="Stay with them. Talk to a person: 116 123.",
        ways=(
            LevelWay("I've done something", ("gas",), of_others="They've done something"),
            LevelWay("I'm safe", says="I'm glad.", words=("i am fine again",)),
        ),
    )
    despair = WarningSign("despair", "despair", "crisis", (DESPAIR,), in_words_only=True)
    return replace(
        boiler_faq, levels=(crisis, *boiler_faq.levels), signs=(*boiler_faq.signs, despair)
    )


@pytest.fixture(scope="session")
def caring(caring_faq: Faq) -> Dialogue:
    """Return a conversation about boilers with whoever may be in despair."""
    return Dialogue(Understanding(caring_faq))


@pytest.fixture(scope="session")
def library() -> Dialogue:
    """Return a conversation without check, signs and emergency number."""
    return Dialogue(Understanding(load(SMALL, TODAY)))
