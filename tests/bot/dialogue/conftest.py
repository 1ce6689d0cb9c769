"""Small contents of their own, so that the tests of the core do not hang on the shipped one."""

from __future__ import annotations

import pytest

from bot.dialogue.dialogue import Dialogue
from intents.content.faq import Faq
from intents.content.loader import load
from intents.understanding import Understanding
from tests.conftest import SMALL, TODAY


@pytest.fixture(scope="session")
def boiler_faq() -> Faq:
    """Return a content with a check."""
    return load(SMALL.with_name("boiler.yaml"), TODAY)


@pytest.fixture(scope="session")
def boiler_understanding(boiler_faq: Faq) -> Understanding:
    """Return that content as fitted."""
    return Understanding(boiler_faq)


@pytest.fixture(scope="session")
def boiler(boiler_understanding: Understanding) -> Dialogue:
    """Return a conversation about boilers."""
    return Dialogue(boiler_understanding)


@pytest.fixture(scope="session")
def library() -> Dialogue:
    """Return a conversation without check, signs and emergency number."""
    return Dialogue(Understanding(load(SMALL, TODAY)))
