"""Which steps are asked of whom, and what an answer to each leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.buttons import Action
from bot.dialogue.check.consequences import (
    Ask,
    Consequence,
    Finished,
    Hazard,
    NoAnswer,
    Stopped,
    Ticked,
)
from bot.dialogue.check.steps import Steps
from bot.dialogue.state import DOUBT, NOT_OPEN, Progress
from intents.about import About
from intents.content.check import Check, Kind, Option, Step
from intents.content.faq import Faq
from intents.signs.warning_signs import LEARNED, FoundSign, SignReading
from intents.understanding import Understanding, Understood
from tests.bot.dialogue.check.questions import ABOUT, ASKS_ALARM, DANGER, LATELY, SIGNS, SINCE
from tests.bot.dialogue.talk import STEPS


def progress(consequence: Consequence) -> Progress:
    """Return what an answer led to, where that is another question."""
    assert isinstance(consequence, Ask)
    return consequence.progress


@pytest.fixture(name="nothing", scope="module")
def _nothing(boiler_understanding: Understanding) -> Understood:
    return boiler_understanding.understand("well then")


def told(
    nothing: Understood, *signs: str, hours: float | None = None, about: About | None = None
) -> Understood:
    """Return a message that tells of signs, of a length of time and of somebody."""
    found = tuple(FoundSign(id, "week", (id,)) for id in signs)
    return replace(nothing, signs=SignReading(found, 0.0, hours), about=about or About())


class TestAnswers:
    def test_none_of_the_dangerous_signs_goes_on(self, steps: Steps) -> None:
        assert progress(steps.choose(DANGER, Action.NONE)) == SIGNS

    @pytest.mark.parametrize("action", [Action.ANY, Action.UNSURE])
    def test_a_dangerous_sign_or_a_doubt_is_a_hazard(self, steps: Steps, action: str) -> None:
        assert steps.choose(DANGER, action) == Hazard()

    def test_one_dangerous_sign_is_a_hazard_that_knows_it(self, steps: Steps) -> None:
        assert steps.choose(DANGER, "beeping") == Hazard(("alarm",))

    def test_ticks_come_and_go(self, steps: Steps) -> None:
        once = steps.choose(SIGNS, "drips")
        assert once == Ticked(replace(SIGNS, picked=("drips",)))
        assert steps.choose(once.progress, "drips") == Ticked(SIGNS)

    def test_an_unticked_option_was_not_read_either(self, steps: Steps) -> None:
        read = replace(SIGNS, picked=("drips", "low"), read=("drips", "low"))
        left = replace(SIGNS, picked=("low",), read=("low",))
        assert steps.choose(read, "drips") == Ticked(left)

    def test_done_needs_a_tick(self, steps: Steps) -> None:
        ticked = replace(SIGNS, picked=("drips",))
        assert progress(steps.choose(ticked, Action.DONE)) == replace(ticked, step="since")
        assert steps.choose(SIGNS, Action.DONE) == NoAnswer("which")
        elsewhere = replace(SIGNS, picked=("is_old",))
        assert steps.choose(elsewhere, Action.DONE) == NoAnswer("which")

    def test_a_mere_yes_to_ticks_is_asked_which(self, steps: Steps) -> None:
        assert steps.choose(replace(SIGNS, picked=("drips",)), Action.ANY) == NoAnswer("which")

    def test_none_from_an_old_keyboard_keeps_the_ticks(self, steps: Steps) -> None:
        """Two quick taps: the second came from buttons that showed no tick yet."""
        ticked = replace(SIGNS, picked=("drips",))
        assert progress(steps.choose(ticked, Action.NONE)).picked == ("drips",)

    def test_not_sure_about_signs_is_kept(self, steps: Steps) -> None:
        assert progress(steps.choose(SIGNS, Action.UNSURE)) == replace(SINCE, unsure=True)
        assert steps.choose(ABOUT, Action.UNSURE) == Finished(ABOUT)
        before = replace(ABOUT, unsure=True)
        assert steps.choose(before, Action.UNSURE) == Finished(before)

    def test_one_of_several_is_chosen(self, steps: Steps) -> None:
        assert progress(steps.choose(SINCE, "days")) == replace(ABOUT, picked=("days",))
        again = replace(SINCE, picked=("drips", "days"), read=("days",))
        assert progress(steps.choose(again, "hours")) == replace(ABOUT, picked=("drips", "hours"))
        assert isinstance(steps.choose(SINCE, Action.NONE), NoAnswer)
        assert isinstance(steps.choose(SINCE, Action.DONE), NoAnswer)

    def test_back_goes_one_step(self, steps: Steps) -> None:
        assert progress(steps.choose(ABOUT, Action.BACK)) == SINCE
        known = replace(ABOUT, picked=("days",), read=("days",))
        assert progress(steps.choose(known, Action.BACK)) == replace(known, step="signs")
        assert progress(steps.choose(SIGNS, Action.BACK)) == DANGER
        assert progress(steps.choose(DANGER, Action.BACK)) == DANGER
        assert progress(steps.choose(ASKS_ALARM, Action.BACK)) == ASKS_ALARM

    def test_stop_stops_wherever_it_stands(self, steps: Steps) -> None:
        for step in (*STEPS, "lately", DOUBT, NOT_OPEN, "pets"):
            assert steps.choose(Progress(step=step), Action.STOP) == Stopped()

    def test_skip_leaves_out_the_first_question_no_more_than_others(self, steps: Steps) -> None:
        assert steps.choose(DANGER, Action.SKIP) == NoAnswer("skipping")
        assert steps.choose(ASKS_ALARM, Action.SKIP) == NoAnswer("skipping")
        assert steps.choose(SIGNS, Action.SKIP) == Stopped()

    def test_what_was_read_is_taken_back(self, steps: Steps) -> None:
        read = replace(
            ABOUT, told=("lasting",), picked=("drips", "low"), read=("low",), floor="week"
        )
        assert steps.choose(read, Action.WRONG) == Ask(
            replace(ABOUT, picked=("drips",)), "taken_back"
        )

    @pytest.mark.parametrize("action", ["", "gas", "+", "no_such", "smell:smell", "bled"])
    def test_forged_actions_are_nothing(self, steps: Steps, action: str) -> None:
        for step in STEPS:
            assert isinstance(steps.choose(Progress(step=step), action), NoAnswer)
        assert isinstance(steps.choose(ASKS_ALARM, action), NoAnswer)

    @pytest.mark.parametrize("step", [NOT_OPEN, "pets", DOUBT])
    def test_no_question_is_answered_that_is_not_open(self, steps: Steps, step: str) -> None:
        for action in Action:
            if action is not Action.STOP:
                answered = steps.choose(Progress(step=step), action)
                assert answered == NoAnswer("started_anew")

    def test_the_last_answer_ends_it(self, steps: Steps) -> None:
        assert steps.choose(ABOUT, Action.NONE) == Finished(ABOUT)

    def test_so_does_one_to_what_is_offered_after_the_result(self, steps: Steps) -> None:
        assert steps.choose(LATELY, Action.NONE) == Finished(LATELY)
        assert steps.pick(LATELY, ("bled",)) == Finished(replace(LATELY, picked=("bled",)))


class TestDoubt:
    """A sign that may have been meant is asked about alone."""

    @pytest.mark.parametrize("action", [Action.ANY, Action.UNSURE])
    def test_yes_and_not_sure_are_a_hazard_that_knows_it(self, steps: Steps, action: str) -> None:
        assert steps.choose(ASKS_ALARM, action) == Hazard(("alarm",))

    def test_no_goes_on_with_all_steps(self, steps: Steps) -> None:
        assert progress(steps.choose(ASKS_ALARM, Action.NONE)) == replace(
            ASKS_ALARM, step="danger"
        )

    def test_no_ends_it_where_nothing_else_was_to_be_asked(self, steps: Steps) -> None:
        alone = replace(ASKS_ALARM, only_danger=True)
        assert steps.choose(alone, Action.NONE) == Finished(alone)

    def test_it_comes_first_and_nothing_before_it(self, steps: Steps) -> None:
        assert steps.first(Progress(doubt="alarm")) == ASKS_ALARM
        assert steps.is_first(ASKS_ALARM)
        assert not steps.is_first(SIGNS)

    def test_it_is_open_while_its_sign_is_known(self, steps: Steps) -> None:
        assert steps.is_open(ASKS_ALARM)
        assert not steps.is_open(replace(ASKS_ALARM, doubt="gone"))


class TestAnyOfMilderSigns:
    """A step of one tap need not be about emergencies."""

    @pytest.fixture(name="milder")
    def _milder(self, boiler_faq: Faq, check: Check) -> Steps:
        lines = (Option("wet", "Wet", ("flood",)), Option("loud", "Loud", ("bang",)))
        signs = Step("signs", Kind.ANY, "Any?", lines)
        return Steps(boiler_faq, replace(check, steps=(signs, *check.steps[2:])))

    @pytest.mark.parametrize("action", [Action.ANY, Action.UNSURE])
    def test_yes_holds_the_result_at_the_most_serious_of_them(
        self, milder: Steps, action: str
    ) -> None:
        assert progress(milder.choose(SIGNS, action)) == replace(SINCE, floor="today")

    def test_a_floor_is_never_lowered(self, milder: Steps) -> None:
        higher = replace(SIGNS, floor="emergency")
        assert progress(milder.choose(higher, Action.ANY)).floor == "emergency"

    def test_one_that_is_named_is_picked(self, milder: Steps) -> None:
        assert progress(milder.choose(SIGNS, "loud")) == replace(SINCE, picked=("loud",))

    def test_none_is_none(self, milder: Steps) -> None:
        assert progress(milder.choose(SIGNS, Action.NONE)) == SINCE


class TestOrder:
    def test_all_but_what_is_offered_afterwards_is_asked(self, steps: Steps) -> None:
        assert [step.id for step in steps.asked(Progress())] == list(STEPS)

    def test_a_choice_that_was_read_is_not_asked(self, steps: Steps) -> None:
        known = Progress(picked=("days",), read=("days",))
        assert [step.id for step in steps.asked(known)] == ["danger", "signs", "about"]

    def test_ticks_that_were_read_are_shown_all_the_same(self, steps: Steps) -> None:
        """They can be unticked there, and others beside them ticked."""
        read = Progress(picked=("drips",), read=("drips",))
        assert [step.id for step in steps.asked(read)] == list(STEPS)

    def test_where_only_danger_was_meant_only_that_is_asked(self, steps: Steps) -> None:
        alone = replace(DANGER, only_danger=True)
        assert [step.id for step in steps.asked(alone)] == ["danger"]
        assert steps.choose(alone, Action.NONE) == Finished(alone)

    def test_a_check_without_steps_has_none_open(self, boiler_faq: Faq, check: Check) -> None:
        bare = Steps(boiler_faq, replace(check, steps=()))
        assert bare.first(Progress()) == Progress(step=NOT_OPEN)
        assert bare.is_first(Progress())


class TestPicks:
    def test_ticks_are_kept_and_no_option_counts_twice(self, steps: Steps) -> None:
        ticked = replace(SIGNS, picked=("bangs",))
        assert progress(steps.pick(ticked, ("drips", "bangs"))).picked == ("bangs", "drips")

    def test_of_a_choice_the_last_one_stands(self, steps: Steps) -> None:
        before = replace(SINCE, picked=("hours",))
        assert progress(steps.pick(before, ("days",))).picked == ("days",)

    def test_a_line_of_an_emergency_is_a_hazard_that_knows_it(self, steps: Steps) -> None:
        assert steps.pick(DANGER, ("smell", "beeping")) == Hazard(("gas", "alarm"))

    def test_only_picks_of_the_open_question_are_its_own(self, steps: Steps) -> None:
        picked = replace(SIGNS, picked=("drips", "is_old"))
        assert steps.picked(picked) == ("drips",)
        assert steps.picked(replace(picked, step=NOT_OPEN)) == ()

    def test_they_can_be_taken_back(self, steps: Steps) -> None:
        before = replace(SIGNS, picked=("drips", "low"), read=("low",))
        assert steps.unpick(before, ("low", "gone")) == replace(SIGNS, picked=("drips",))


class TestTold:
    def test_a_sign_ticks_the_option_that_stands_for_it(
        self, steps: Steps, nothing: Understood
    ) -> None:
        once = steps.with_told(DANGER, told(nothing, "drip"))
        assert once == replace(DANGER, picked=("drips",), read=("drips",))
        assert steps.with_told(once, told(nothing, "drip")) == once

    def test_one_that_was_only_learned_is_likely(self, steps: Steps, nothing: Understood) -> None:
        found = (FoundSign("lasting", "week", ("it goes on",), (LEARNED,)),)
        learned = replace(nothing, signs=SignReading(found, 0.0))
        noted = steps.with_told(DANGER, learned)
        assert (noted.told, noted.likely) == ((), ("lasting",))

    def test_one_that_none_stands_for_is_told(self, steps: Steps, nothing: Understood) -> None:
        """The line of several signs, or of an emergency, is no tick for one of them."""
        assert steps.with_told(DANGER, told(nothing, "lasting")).told == ("lasting",)
        assert steps.with_told(DANGER, told(nothing, "gas")).told == ("gas",)
        assert steps.named_by("gas") == ""
        assert steps.named_by("drip") == "drips"

    def test_a_time_ticks_what_it_means(self, steps: Steps, nothing: Understood) -> None:
        noted = steps.with_told(SIGNS, told(nothing, hours=30.0))
        assert noted == replace(SIGNS, picked=("days",), read=("days",))
        long = steps.with_told(SIGNS, told(nothing, "lasting", hours=500.0))
        assert long == replace(SIGNS, picked=("longer",), read=("longer",))

    def test_a_risk_is_ticked_and_whom_it_is_about_stays(
        self, steps: Steps, nothing: Understood
    ) -> None:
        once = steps.with_told(SIGNS, told(nothing, about=About(True, True, ("old", "damp"))))
        ticked = replace(SIGNS, picked=("is_old",), read=("is_old",), of_other=True)
        assert once == replace(ticked, risks=("damp",))
        twice = steps.with_told(once, told(nothing, about=About(True, False, ("rented", "old"))))
        assert twice.picked == twice.read == ("is_old", "is_let")
        assert twice.of_other

    def test_what_answered_the_step_is_noted_there_alone(
        self, steps: Steps, nothing: Understood
    ) -> None:
        answer = told(nothing, "lasting", "drip")
        assert steps.with_told(SIGNS, told(nothing, "drip"), answered="signs") == SIGNS
        assert steps.with_told(SINCE, answer, answered="since") == replace(
            SINCE, picked=("drips",), read=("drips",)
        )

    def test_after_the_result_a_reply_tells_of_no_sign(
        self, steps: Steps, nothing: Understood
    ) -> None:
        """ "It got louder after the service" names what was done."""
        assert steps.with_told(LATELY, told(nothing, "bang"), answered="lately") == LATELY


class TestKnown:
    def test_what_is_known_stays_as_it_is(self, steps: Steps) -> None:
        stored = Progress(
            step="about", asked=("age",), guesses=("why",), told=("lasting",),
            picked=("water", "low"), read=("low",), risks=("old",), shown=("danger",),
            floor="week",
        )  # fmt: skip
        assert steps.with_known(stored) == stored
        assert steps.with_known(ASKS_ALARM) == ASKS_ALARM

    @pytest.mark.parametrize(
        ("stored", "kept"),
        [
            (Progress(told=("drip", "gone")), Progress(told=("drip",))),
            (Progress(picked=("drips", "gone")), Progress(picked=("drips",))),
            (Progress(picked=("gone",), read=("gone",)), Progress()),
            (Progress(floor="gone"), Progress()),
        ],
        ids=["told", "picked", "read", "floor"],
    )
    def test_an_answer_that_is_gone_is_lost(
        self, steps: Steps, stored: Progress, kept: Progress
    ) -> None:
        stored = replace(stored, step="about")
        assert steps.with_known(stored) == replace(kept, step=NOT_OPEN, lost=True)

    @pytest.mark.parametrize(
        "stored",
        [Progress(step="pets"), Progress(step=DOUBT, doubt="gone"), Progress(step=NOT_OPEN)],
        ids=["step", "doubt", "none"],
    )
    def test_so_is_the_answer_to_a_question_that_is_gone(
        self, steps: Steps, stored: Progress
    ) -> None:
        assert steps.with_known(stored) == replace(stored, step=NOT_OPEN, lost=True)

    def test_topics_that_are_gone_are_dropped(self, steps: Steps) -> None:
        stored = replace(ABOUT, asked=("gone", "age"), guesses=("why", "gone"))
        assert steps.with_known(stored) == replace(ABOUT, asked=("age",), guesses=("why",))
