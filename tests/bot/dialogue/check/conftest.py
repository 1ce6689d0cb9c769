"""The parts of the check, over the small content about boilers."""

from __future__ import annotations

import pytest

from bot.dialogue.check.steps import Steps
from intents.content.check import Check
from intents.content.faq import Faq


@pytest.fixture(scope="session")
def check(boiler_faq: Faq) -> Check:
    """Return the check of that content."""
    assert boiler_faq.check
    return boiler_faq.check


@pytest.fixture(scope="session")
def steps(boiler_faq: Faq, check: Check) -> Steps:
    """Return its steps."""
    return Steps(boiler_faq, check)
