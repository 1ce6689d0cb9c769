"""Which steps are asked of whom, and what an answer to each leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.buttons import Action
from bot.dialogue.check.steps import (
    NOT_OPEN,
    Ask,
    Consequence,
    Finished,
    Hazard,
    NoAnswer,
    Steps,
    Stopped,
    Ticked,
    is_open,
)
from bot.dialogue.state import Progress, Step
from intents.signs.warning_signs import FoundSign, SignReading

HAZARD = Progress()
SIGNS = Progress(step=Step.SIGNS)
DURATION = Progress(step=Step.DURATION)
FACTORS = Progress(step=Step.FACTORS)


def progress(consequence: Consequence) -> Progress:
    """Return what an answer led to, where that is another question."""
    assert isinstance(consequence, Ask)
    return consequence.progress


def told(*signs: str, doubtful: bool = False, hours: float | None = None) -> SignReading:
    """Return a reading that tells of signs."""
    found = tuple(FoundSign(id, "week", (id,)) for id in signs)
    if doubtful:
        return SignReading((), 0.0, hours, doubtful=found)
    return SignReading(found, 0.0, hours)


class TestAnswers:
    def test_none_of_the_dangerous_signs_goes_on(self, steps: Steps) -> None:
        assert progress(steps.choose(HAZARD, Action.NONE)) == SIGNS

    @pytest.mark.parametrize("action", [Action.ANY, Action.UNSURE])
    def test_a_dangerous_sign_or_a_doubt_is_a_hazard(self, steps: Steps, action: str) -> None:
        assert isinstance(steps.choose(HAZARD, action), Hazard)

    def test_ticks_come_and_go(self, steps: Steps) -> None:
        once = steps.choose(SIGNS, "drip")
        assert once == Ticked(replace(SIGNS, signs=("drip",)))
        assert steps.choose(once.progress, "drip") == Ticked(SIGNS)

    def test_done_needs_a_tick(self, steps: Steps) -> None:
        ticked = replace(SIGNS, signs=("drip",))
        assert progress(steps.choose(ticked, Action.DONE)) == replace(ticked, step=Step.DURATION)
        assert steps.choose(SIGNS, Action.DONE) == NoAnswer("which")

    def test_none_from_an_old_keyboard_keeps_the_ticks(self, steps: Steps) -> None:
        """Two quick taps: the second came from buttons that showed no tick yet."""
        ticked = replace(SIGNS, signs=("drip",))
        assert progress(steps.choose(ticked, Action.NONE)).signs == ("drip",)

    def test_not_sure_about_signs_is_kept(self, steps: Steps) -> None:
        assert progress(steps.choose(SIGNS, Action.UNSURE)).unsure
        assert not progress(steps.choose(DURATION, Action.UNSURE)).unsure
        assert steps.choose(FACTORS, Action.UNSURE) == Finished(FACTORS)

    def test_a_duration_is_one_of_several(self, steps: Steps) -> None:
        assert progress(steps.choose(DURATION, "days")) == replace(FACTORS, duration="days")
        assert isinstance(steps.choose(DURATION, Action.NONE), NoAnswer)
        assert isinstance(steps.choose(DURATION, Action.DONE), NoAnswer)

    def test_back_goes_one_step(self, steps: Steps) -> None:
        assert progress(steps.choose(FACTORS, Action.BACK)) == DURATION
        assert (
            progress(steps.choose(replace(FACTORS, known_duration=True), Action.BACK)).step
            == Step.SIGNS
        )
        assert progress(steps.choose(SIGNS, Action.BACK)) == HAZARD
        assert progress(steps.choose(HAZARD, Action.BACK)) == HAZARD

    def test_stop_tells_whether_the_dangerous_signs_were_answered(self, steps: Steps) -> None:
        assert steps.choose(HAZARD, Action.STOP) == Stopped(cleared=False)
        assert steps.choose(SIGNS, Action.STOP) == Stopped(cleared=True)

    @pytest.mark.parametrize("step", [Step.HAZARD, Step.SIGNS])
    def test_skip_leaves_out_no_sign(self, steps: Steps, step: Step) -> None:
        taken = steps.choose(Progress(step=step), Action.SKIP)
        assert taken == Ask(Progress(step=step, brief=True), "skipping")

    def test_skip_ends_the_rest(self, steps: Steps) -> None:
        ticked = replace(SIGNS, signs=("drip",), brief=True)
        assert steps.choose(replace(ticked, brief=False), Action.SKIP) == Finished(ticked)
        assert steps.choose(DURATION, Action.SKIP) == Finished(replace(DURATION, brief=True))

    @pytest.mark.parametrize("action", ["", "gas", "+", "no_such", "+done", "drip:drip"])
    def test_forged_actions_are_nothing(self, steps: Steps, action: str) -> None:
        for step in Step:
            if (step, action) != (Step.FACTORS, "+done"):
                assert isinstance(steps.choose(Progress(step=step), action), NoAnswer)

    @pytest.mark.parametrize("step", [NOT_OPEN, "pets"])
    def test_no_question_is_answered_that_is_not_open(self, steps: Steps, step: str) -> None:
        for action in Action:
            if action is not Action.STOP:
                answered = steps.choose(Progress(step=step), action)
                assert answered == NoAnswer("started_anew")
        assert steps.choose(Progress(step=step), Action.STOP) == Stopped(cleared=False)


class TestOrder:
    def test_what_is_known_is_not_asked(self, steps: Steps) -> None:
        assert steps.asked(Progress()) == list(Step)
        assert steps.asked(Progress(brief=True)) == [Step.HAZARD, Step.SIGNS]
        known = Progress(known_duration=True, told=("flood", "drip", "bang", "pressure"))
        assert steps.asked(known) == [Step.HAZARD, Step.FACTORS]

    def test_a_step_answered_meanwhile_is_passed(self, steps: Steps) -> None:
        answered = replace(DURATION, duration="days", known_duration=True)
        passed = replace(answered, step=Step.FACTORS)
        assert steps.past_known(Ask(DURATION)) == Ask(DURATION)
        assert steps.past_known(Ask(answered, "which")) == Ask(passed, "which")
        brief = replace(answered, brief=True)
        assert steps.past_known(Ask(brief)) == Finished(brief)

    def test_a_step_that_is_not_known_comes_before_the_first(self, steps: Steps) -> None:
        assert not is_open(Progress(step=NOT_OPEN))
        assert not is_open(Progress(step="pets"))
        assert steps.following(Progress(step="pets")) is Step.HAZARD
        assert steps.preceding(Progress(step="pets")) is Step.HAZARD
        assert steps.options(Progress(step="pets")) == []


class TestPicks:
    def test_ticks_are_kept_and_no_option_counts_twice(self, steps: Steps) -> None:
        ticked = replace(SIGNS, signs=("bang",))
        assert progress(steps.pick(ticked, ("drip", "bang"))).signs == ("bang", "drip")

    def test_of_durations_the_last_one_stands(self, steps: Steps) -> None:
        before = replace(DURATION, duration="hours")
        assert progress(steps.pick(before, ("days",))).duration == "days"

    def test_the_emergency_signs_are_not_picked_singly(self, steps: Steps) -> None:
        assert steps.with_picked(HAZARD, ("gas",)) == HAZARD
        assert steps.picked(HAZARD) == ()


class TestTold:
    def test_plain_signs_are_told_and_doubtful_ones_mentioned(self, steps: Steps) -> None:
        once = steps.with_told(SIGNS, told("drip", doubtful=True))
        assert once == replace(SIGNS, mentioned=("drip",))
        assert steps.with_told(once, told("drip")) == replace(SIGNS, told=("drip",))

    def test_a_time_is_noted_once(self, steps: Steps) -> None:
        noted = steps.with_told(SIGNS, told(hours=30.0))
        assert (noted.duration, noted.known_duration) == ("days", True)
        assert steps.with_told(noted, told(hours=2.0)) == noted

    def test_what_answered_the_step_is_noted_there_alone(self, steps: Steps) -> None:
        assert steps.with_told(SIGNS, told("drip"), answered=Step.SIGNS) == SIGNS
        answer = told("lasting", "drip")
        assert steps.with_told(DURATION, answer, answered=Step.DURATION).told == ("drip",)


class TestKnown:
    def test_what_is_known_stays_as_it_is(self, steps: Steps) -> None:
        stored = Progress(
            Step.FACTORS, ("age",), ("drip",), ("bang",), ("flood",), "days", False, ("bled",)
        )
        assert steps.with_known(stored) == stored

    @pytest.mark.parametrize(
        ("stored", "kept"),
        [
            (Progress(told=("drip", "gone")), Progress(told=("drip",))),
            (Progress(mentioned=("drip", "gone")), Progress(mentioned=("drip",))),
            (Progress(signs=("drip", "gone")), Progress(signs=("drip",))),
        ],
        ids=["told", "mentioned", "ticked"],
    )
    def test_a_sign_that_is_gone_is_lost(
        self, steps: Steps, stored: Progress, kept: Progress
    ) -> None:
        stored = replace(stored, step=Step.FACTORS)
        assert steps.with_known(stored) == replace(kept, step=NOT_OPEN, lost=True)

    def test_so_is_a_duration_which_is_asked_again(self, steps: Steps) -> None:
        stored = replace(FACTORS, duration="gone", known_duration=True)
        assert steps.with_known(stored) == Progress(step=NOT_OPEN, lost=True)

    def test_so_is_the_answer_to_a_step_that_is_gone(self, steps: Steps) -> None:
        assert steps.with_known(Progress(step="pets")) == Progress(step=NOT_OPEN, lost=True)

    def test_at_the_emergency_signs_nothing_was_answered_yet(self, steps: Steps) -> None:
        stored = replace(HAZARD, told=("gone",))
        assert steps.with_known(stored) == replace(HAZARD, lost=True)

    def test_topics_and_factors_that_are_gone_are_dropped(self, steps: Steps) -> None:
        stored = replace(FACTORS, asked=("gone", "age"), factors=("gone", "bled"))
        assert steps.with_known(stored) == replace(FACTORS, asked=("age",), factors=("bled",))

    @pytest.mark.parametrize(
        ("step", "choice", "gone"),
        [
            (Step.SIGNS, "gone", True),
            (Step.DURATION, "gone", True),
            (Step.SIGNS, "gas", False),
            (Step.SIGNS, "drip", False),
            (Step.DURATION, "days", False),
            (Step.FACTORS, "gone", False),
            (Step.HAZARD, "gone", False),
            (Step.SIGNS, "", False),
            (Step.SIGNS, "+soon", False),
            (NOT_OPEN, "gone", False),
        ],
    )
    def test_an_option_is_gone_that_was_a_sign_or_a_duration(
        self, steps: Steps, step: str, choice: str, gone: bool
    ) -> None:
        assert steps.is_gone(Progress(step=step), choice) == gone
