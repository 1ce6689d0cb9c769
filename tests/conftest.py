"""What many tests start from: the shipped content, a conversation over it, and events."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import settings

from bot.dialogue.events import Command, Press, Utterance
from intents.content.faq import Faq
from intents.content.loader import load

if TYPE_CHECKING:
    from bot.dialogue.dialogue import Dialogue
    from intents.reading.reading import Reader
    from intents.understanding import Understanding

ROOT: Final = Path(__file__).parent.parent
SHIPPED: Final = ROOT / "faq.yaml"
QUESTIONS: Final = Path(__file__).parent / "questions"
SMALL: Final = Path(__file__).parent / "data" / "small.yaml"
TODAY: Final = date(2027, 1, 15)
NOW: Final = 1_800_000_000.0  # seconds since 1970: the moment at which events happen by default

# Whoever works here may have a .env of their own, which no test should read.
os.environ["PYTHON_DOTENV_DISABLED"] = "1"

# The same examples on every run of CI, and no failure because its machine was busy.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def utterance(text: str, at: float = NOW) -> Utterance:
    """Return a written message."""
    return Utterance(text, at)


def press(data: str, at: float = NOW) -> Press:
    """Return a tapped button."""
    return Press(data, at)


def command(name: str, argument: str = "", at: float = NOW) -> Command:
    """Return a command such as /start."""
    return Command(name, argument, at)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the shipped content as fitted: a changed line of code fits it anew."""
    for item in items:
        if "understanding" in getattr(item, "fixturenames", ()):
            item.add_marker("fitted")


@pytest.fixture(scope="session")
def faq() -> Faq:
    """Return the shipped content."""
    return load(SHIPPED, TODAY)


@pytest.fixture(scope="session")
def reader(faq: Faq) -> Reader:
    """Return what reads a message with the language, concepts and topic words of that content."""
    from intents.reading.reading import Reader

    return Reader([], faq.concepts, faq.language.with_topic(faq.topic_words))


@pytest.fixture(scope="session")
def understanding(faq: Faq) -> Understanding:
    """Return the shipped content as fitted, by an earlier run where the content is the same."""
    from intents.opening import default_cache
    from intents.understanding import Understanding

    return Understanding(faq, default_cache())


@pytest.fixture(scope="session")
def dialogue(understanding: Understanding) -> Dialogue:
    """Return the core over the shipped content; it is pure, so all tests may share it."""
    from bot.dialogue.dialogue import Dialogue

    return Dialogue(understanding)
