"""What is said beside the questions of the check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.check.notes import Notes
from bot.dialogue.check.steps import Steps
from bot.dialogue.check.typed import Picks
from bot.dialogue.state import NOT_OPEN, Progress
from bot.dialogue.wording import Wording
from intents.content.check import Check
from intents.content.faq import Faq
from intents.signs.warning_signs import FoundSign, SignReading
from intents.understanding import Understanding, Understood


@pytest.fixture(name="notes", scope="module")
def _notes(boiler_faq: Faq, check: Check, steps: Steps) -> Notes:
    return Notes(check, Wording(boiler_faq), steps)


@pytest.fixture(name="told", scope="module")
def _told(boiler_understanding: Understanding) -> Understood:
    """Return a message that tells of three signs; for one of them no option stands."""
    found = (
        FoundSign("pressure", "week", ("the gauge is low",)),
        FoundSign("drip", "week", ("it drips",)),
        FoundSign("lasting", "week", ("for ages",)),
    )
    return replace(boiler_understanding.understand("well then"), signs=SignReading(found, 0.0))


def test_what_stands_ticked_is_told_beside_its_words(notes: Notes, told: Understood) -> None:
    read = Progress(step="danger", read=("low", "drips", "bangs"))
    assert notes.ticked(told, read) == (
        "You wrote “it drips” and “the gauge is low”. I've ticked *Dripping and Low pressure* for"
        " you further on; untick it if I got that wrong."
    )


def test_what_is_not_ticked_is_not_told(notes: Notes, told: Understood) -> None:
    assert notes.ticked(told, Progress(step="danger", read=("bangs",))) == ""
    assert notes.ticked(told, Progress(step="danger", told=("lasting",))) == ""


def test_without_a_clause_to_quote_it_quotes_none(notes: Notes, told: Understood) -> None:
    silent = replace(told, signs=SignReading((FoundSign("drip", "week", ("***",)),), 0.0))
    said = notes.ticked(silent, Progress(step="danger", read=("drips",)))
    assert said.startswith("From what you wrote I've ticked *Dripping* for you")


def test_a_typed_answer_is_told_by_its_labels(notes: Notes) -> None:
    assert notes.taken(Picks(("low", "drips"))) == "I take that as: *Dripping, Low pressure*."


def test_only_questions_that_start_anew_are_said_to(notes: Notes) -> None:
    assert notes.anew(Progress(step="signs")) == ""
    for step in (NOT_OPEN, "pets"):
        assert notes.anew(Progress(step=step)).startswith("I've been updated since we began")
