"""What the check's result says."""

from __future__ import annotations

import pytest

from bot.dialogue.check.assessment import assess
from bot.dialogue.check.result import Results
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.messages import Messages
from bot.dialogue.state import Progress, State, Step
from bot.dialogue.wording import Wording
from intents.content.faq import Check, Faq
from tests.bot.dialogue.talk import CHECKING, at, labels, text, texts
from tests.conftest import NOW, press, utterance


@pytest.fixture(name="results", scope="module")
def _results(boiler_faq: Faq, check: Check) -> Results:
    wording = Wording(boiler_faq)
    return Results(boiler_faq, check, wording, Messages(boiler_faq, wording))


def test_signs_that_make_an_emergency_end_it_at_once(boiler: Dialogue) -> None:
    ticked = at(Step.SIGNS, signs=("flood", "bang"))
    state, replies = boiler.step(ticked, press("c:1:signs:+done"))
    assert text(replies).startswith("*Leave the house*")
    assert "it bursts" in text(replies)
    assert state.check is None
    assert not state.checked_at


def test_told_and_ticked_count_together(boiler: Dialogue) -> None:
    ticked = at(Step.SIGNS, told=("flood", "drip"), signs=("bang",))
    _, replies = boiler.step(ticked, press("c:1:signs:+done"))
    assert text(replies).startswith("*Leave the house*")


def test_the_mildest_result_says_all(boiler: Dialogue) -> None:
    last = at(Step.FACTORS, asked=("age",), duration="hours")
    state, replies = boiler.step(last, utterance("no service"))
    head, answer, advice = texts(replies)
    assert head == "*You can mend this yourself*\n\nNothing points to a fault."
    assert answer == "About fifteen years."
    assert "*Dust* settles in it." in advice
    assert "• Book a service.\n• Switch it off and on." in advice
    assert "Look again tomorrow." in advice
    assert labels(replies) == ["Service"]
    assert state == State(serial=1, checked_at=CHECKING.at, at=NOW)


def test_with_a_sign_nothing_is_advised_that_helps_only_the_well(boiler: Dialogue) -> None:
    last = at(Step.FACTORS, signs=("pressure",), factors=("bled",))
    _, replies = boiler.step(last, press("c:1:factors:+done"))
    assert text(replies).startswith("*Book an engineer this week*")
    assert "Top up the water." in text(replies)
    assert "Switch it off and on." not in text(replies)


def test_what_must_be_seen_today_gets_no_home_remedies(boiler: Dialogue) -> None:
    last = at(Step.FACTORS, signs=("flood",), factors=("bled",))
    _, replies = boiler.step(last, press("c:1:factors:+done"))
    assert text(replies).startswith("*Call an engineer today*")
    assert "Watch the floor." in text(replies)
    assert "Sources, read 10 January 2027: The maker (The handbook)" in text(replies)
    assert "Top up" not in text(replies)


def test_several_signs_are_listed(boiler: Dialogue) -> None:
    last = at(Step.FACTORS, signs=("bang", "pressure"))
    _, replies = boiler.step(last, utterance("no"))
    assert "Because you told me of:\n• banging\n• low pressure\n\n" in text(replies)


def test_a_long_time_is_a_sign(boiler: Dialogue) -> None:
    _, replies = boiler.step(at(Step.FACTORS, duration="longer"), utterance("no"))
    assert "a fault of more than three days" in text(replies)


@pytest.mark.parametrize(
    ("progress", "because"),
    [
        (Progress(unsure=True), "Because you were not sure about some of the signs."),
        (Progress(lost=True), "Because one of your earlier answers was lost when I was updated."),
    ],
    ids=["unsure", "lost"],
)
def test_what_is_not_known_is_named_as_the_reason(
    boiler_faq: Faq, results: Results, progress: Progress, because: str
) -> None:
    (said,) = results.result(assess(boiler_faq, progress), progress)
    assert said.text.startswith(f"*Book an engineer this week*\n\n{because}\n\nIt can wait")


def test_just_an_answer_comes_without_advice(boiler_faq: Faq, results: Results) -> None:
    brief = Progress(asked=("age",), brief=True)
    head, answer = results.result(assess(boiler_faq, brief), brief)
    assert "Look again tomorrow." in head.text
    assert "Sources" not in head.text
    assert head.keyboard == ()
    assert answer.text == "About fifteen years."


def test_nothing_to_answer_leaves_room_for_advice(boiler_faq: Faq, results: Results) -> None:
    brief = Progress(brief=True)
    head, advice = results.result(assess(boiler_faq, brief), brief)
    assert head.text == "*You can mend this yourself*\n\nNothing points to a fault."
    assert "Top up the water." in advice.text


def test_an_emergency_says_nothing_else(boiler_faq: Faq, results: Results) -> None:
    danger = Progress(asked=("age",), told=("gas",))
    (said,) = results.result(assess(boiler_faq, danger), danger)
    assert said.emergency
    assert "Because you told me of a smell of gas." in said.text
