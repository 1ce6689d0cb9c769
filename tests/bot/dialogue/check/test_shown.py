"""How the questions of the check look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue import buttons
from bot.dialogue.buttons import Action, CheckTap
from bot.dialogue.check.shown import Questions
from bot.dialogue.check.steps import Steps
from bot.dialogue.state import Progress, Step
from bot.dialogue.wording import Wording
from intents.content.faq import Check, Faq

HAZARD = Progress()
SIGNS = Progress(step=Step.SIGNS)
DURATION = Progress(step=Step.DURATION)
FACTORS = Progress(step=Step.FACTORS)


@pytest.fixture(name="questions", scope="module")
def _questions(boiler_faq: Faq, check: Check, steps: Steps) -> Questions:
    return Questions(boiler_faq, check, Wording(boiler_faq), steps)


def labels(questions: Questions, progress: Progress) -> list[str]:
    return [button.label for row in questions.keyboard(progress, 1) for button in row]


def test_the_emergency_signs_are_read_and_not_tapped_singly(questions: Questions) -> None:
    said = questions.say(HAZARD, 1, "Thank you.", "")
    assert said.text == (
        "Thank you.\n\nQuestion 1 of 4\n\nIs *any of this* so right now?\n\n"
        "• A smell of gas\n• The carbon monoxide alarm sounds\n\n"
        "*If yes to any, call 0800 111 999 now.*\nNot sure counts as yes."
    )
    assert labels(questions, HAZARD) == ["None of these", "Yes, one or more", "Not sure", "Stop"]


def test_a_sign_that_may_be_meant_is_pointed_out(questions: Questions) -> None:
    said = questions.say(replace(SIGNS, mentioned=("bang",)), 1)
    assert "You mention banging." in said.text


def test_buttons_carry_number_and_step(questions: Questions) -> None:
    keyboard = questions.keyboard(replace(SIGNS, told=("drip",)), 7)
    taps = [buttons.read(b.data) for row in keyboard for b in row]
    assert taps == [
        CheckTap(7, "signs", choice)
        for choice in ("flood", "bang", "pressure", "+none", "+unsure", "+back", "+stop", "+skip")
    ]


def test_ticks_are_marked_and_done_takes_the_place_of_none(questions: Questions) -> None:
    assert labels(questions, replace(SIGNS, signs=("drip",)))[:6] == [
        "Water runs out", "✓ Dripping", "Banging (not just humming)", "Low pressure", "Done",
        "Not sure",
    ]  # fmt: skip


def test_who_wants_just_an_answer_is_not_offered_it_again(questions: Questions) -> None:
    assert "Just answer" in labels(questions, SIGNS)
    assert "Just answer" not in labels(questions, replace(SIGNS, brief=True))


@pytest.mark.parametrize(
    ("progress", "choice", "label"),
    [
        (HAZARD, Action.ANY, "Yes, one or more"),
        (SIGNS, Action.NONE, "None of these"),
        (replace(SIGNS, signs=("drip",)), Action.NONE, "Dripping"),
        (replace(SIGNS, signs=("drip", "flood")), Action.DONE, "Water runs out, Dripping"),
        (replace(SIGNS, signs=("drip",)), Action.BACK, "Back"),
        (DURATION, "days", "One to three days"),
        (replace(FACTORS, factors=("bled",)), Action.DONE, "Radiators were bled"),
        (FACTORS, "gone", "Done"),
    ],
)  # fmt: skip
def test_a_chosen_answer_is_shown_by_its_label(
    questions: Questions, progress: Progress, choice: str, label: str
) -> None:
    assert questions.chosen(progress, choice) == label
