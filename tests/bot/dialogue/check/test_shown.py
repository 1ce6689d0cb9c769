"""How the questions of the check look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue import buttons
from bot.dialogue.buttons import Action, CheckTap
from bot.dialogue.check.shown import ACTIONS, Questions
from bot.dialogue.check.steps import Steps
from bot.dialogue.state import DOUBT, Progress
from bot.dialogue.wording import Wording
from intents.content.check import Check
from intents.content.faq import Faq
from intents.languages.language import Word
from tests.bot.dialogue.check.questions import ABOUT, DANGER, LATELY, SIGNS, SINCE


@pytest.fixture(name="questions", scope="module")
def _questions(boiler_faq: Faq, check: Check, steps: Steps) -> Questions:
    return Questions(boiler_faq, check, Wording(boiler_faq), steps)


def labels(questions: Questions, progress: Progress) -> list[str]:
    return [button.label for row in questions.keyboard(progress, 1) for button in row]


def test_the_emergency_signs_are_read_and_not_tapped_singly(questions: Questions) -> None:
    said = questions.say(DANGER, 1, "Thank you.", "")
    assert said.text == (
        "Thank you.\n\nIs *any of this* so right now?\n\n"
        "• A smell of gas\n• The carbon monoxide alarm sounds\n\nNot sure counts as yes."
    )
    assert labels(questions, DANGER) == ["None of these", "Yes, one or more", "Not sure", "Stop"]


def test_somebody_else_is_asked_about_as_such(questions: Questions) -> None:
    said = questions.say(replace(DANGER, of_other=True), 1)
    assert said.text.startswith("Is *any of this* so where they live?")
    own_words = questions.say(replace(SIGNS, of_other=True), 1)
    assert own_words.text == "And any of this?"


def test_a_screen_is_shown_whole_once(questions: Questions) -> None:
    shown = replace(DANGER, shown=("danger",))
    assert (
        questions.say(shown, 1, "Back to it:").text == "Back to it:\n\nStill open: any of those?"
    )
    assert labels(questions, shown) == labels(questions, DANGER)


def test_one_that_has_no_shorter_form_is_shown_again(questions: Questions) -> None:
    assert questions.say(replace(SIGNS, shown=("signs",)), 1).text == "And any of this?"


class TestDoubt:
    def test_a_sign_that_may_be_meant_is_asked_about_alone(self, questions: Questions) -> None:
        asks = Progress(step=DOUBT, doubt="alarm")
        said = questions.say(asks, 1)
        assert said.text == "Does the *carbon monoxide alarm* sound?"
        assert labels(questions, asks) == ["No", "Yes", "Not sure", "Stop"]

    @pytest.mark.parametrize(
        ("of_other", "text"),
        [
            (False, "Do you have *a smell of gas* now, or did you today? Not sure counts as yes."),
            (
                True,
                "Do they have *a smell of gas* now, or did they today? Not sure counts as yes.",
            ),
        ],
    )
    def test_one_without_a_question_of_its_own_is_named(
        self, questions: Questions, of_other: bool, text: str
    ) -> None:
        asks = Progress(step=DOUBT, doubt="gas", of_other=of_other)
        assert questions.say(asks, 1).text == text

    def test_its_buttons_carry_the_doubt_as_their_step(self, questions: Questions) -> None:
        keyboard = questions.keyboard(Progress(step=DOUBT, doubt="gas"), 7)
        assert [buttons.read(b.data) for row in keyboard for b in row] == [
            CheckTap(7, DOUBT, action)
            for action in (Action.NONE, Action.ANY, Action.UNSURE, Action.STOP)
        ]


class TestTicks:
    def test_buttons_carry_number_and_step(self, questions: Questions) -> None:
        taps = [buttons.read(b.data) for row in questions.keyboard(SIGNS, 7) for b in row]
        assert taps == [
            CheckTap(7, "signs", choice)
            for choice in ("water", "drips", "bangs", "low", "+none", "+unsure", "+back", "+stop")
        ]

    def test_ticks_are_marked_and_done_takes_the_place_of_none(self, questions: Questions) -> None:
        assert labels(questions, replace(SIGNS, picked=("drips", "is_old")))[:6] == [
            "Water runs out", "✓ Dripping", "Banging (not just humming)", "Low pressure", "Done",
            "Not sure",
        ]  # fmt: skip

    def test_what_was_read_from_words_is_said_to_be(self, questions: Questions) -> None:
        hint = "What I read in your words is ticked."
        read = replace(SIGNS, picked=("drips",), read=("drips",))
        assert hint in questions.say(read, 1).text
        assert hint not in questions.say(replace(read, picked=()), 1).text
        assert hint not in questions.say(replace(read, step="about"), 1).text
        assert hint not in questions.say(replace(SIGNS, picked=("drips",)), 1).text

    def test_not_sure_is_offered_where_it_means_something(self, questions: Questions) -> None:
        assert labels(questions, ABOUT) == [
            "It is very old", "The flat is rented", "None of these", "Back", "Stop",
        ]  # fmt: skip

    def test_after_the_result_there_is_no_way_back(self, questions: Questions) -> None:
        assert labels(questions, LATELY) == [
            "Radiators were bled", "No service this year", "None of these", "Stop",
        ]  # fmt: skip


def test_of_a_choice_one_is_tapped(questions: Questions) -> None:
    assert labels(questions, SINCE) == [
        "Some hours", "One to three days", "Longer than that", "Not sure", "Back", "Stop",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("progress", "choice", "label"),
    [
        (DANGER, Action.ANY, "Yes, one or more"),
        (SIGNS, Action.NONE, "None of these"),
        (replace(SIGNS, picked=("drips",)), Action.NONE, "Dripping"),
        (replace(SIGNS, picked=("drips", "water")), Action.DONE, "Water runs out, Dripping"),
        (replace(SIGNS, picked=("drips",)), Action.BACK, "Back"),
        (replace(ABOUT, picked=("drips",)), Action.NONE, "None of these"),
        (SINCE, "days", "One to three days"),
        (replace(LATELY, picked=("bled",)), Action.DONE, "Radiators were bled"),
        (ABOUT, "gone", "Done"),
        (Progress(step=DOUBT, doubt="gas"), Action.ANY, "Yes"),
        (Progress(step=DOUBT, doubt="gas"), Action.NONE, "No"),
        (Progress(step=DOUBT, doubt="gas"), Action.UNSURE, "Not sure"),
    ],
)
def test_a_chosen_answer_is_shown_by_its_label(
    questions: Questions, progress: Progress, choice: str, label: str
) -> None:
    assert questions.chosen(progress, choice) == label


def test_a_word_may_stand_for_each_action_but_a_button_alone_opens(questions: Questions) -> None:
    assert {*ACTIONS.values()} == {*Action} - {Action.OPEN}
    assert {*ACTIONS} == {*Word}


def test_a_label_that_is_typed_is_its_button(questions: Questions) -> None:
    controls = questions.controls()
    assert controls["None of these"] is controls["No"] is Word.NO
    assert controls["Yes, one or more"] is controls["Yes"] is Word.YES
    assert controls["Stop"] is Word.STOP
    assert controls["Back"] is Word.BACK
