"""What an answer to each of the check's questions leads to, tapped and typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.check.shown import ANY, BACK, DONE, NONE, SKIP, STOP, UNSURE, Questions
from bot.dialogue.check.typed import (
    Answers,
    Ask,
    Finished,
    Hazard,
    NotUnderstood,
    Stopped,
    Taken,
    Ticked,
)
from bot.dialogue.state import Progress, Step
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from intents.content.loader import load
from intents.signs.warning_signs import FoundSign, SignReading
from tests.conftest import SMALL, TODAY

HAZARD = Progress()
SIGNS = Progress(step=Step.SIGNS)
DURATION = Progress(step=Step.DURATION)
FACTORS = Progress(step=Step.FACTORS)
NOTHING = SignReading((), 0.0)


@pytest.fixture(name="boiler", scope="module")
def _boiler() -> Faq:
    return load(SMALL.with_name("boiler.yaml"), TODAY)


@pytest.fixture(name="questions", scope="module")
def _questions(boiler: Faq) -> Questions:
    assert boiler.check
    return Questions(boiler, boiler.check, Wording(boiler))


@pytest.fixture(name="answers", scope="module")
def _answers(boiler: Faq, questions: Questions) -> Answers:
    return Answers(boiler, questions)


def progress(taken: Taken) -> Progress:
    """Return what an answer led to, where that is another question."""
    assert isinstance(taken, Ask)
    return taken.progress


def told(*signs: str) -> SignReading:
    """Return a reading that affirms signs."""
    return SignReading(tuple(FoundSign(id, "week", (id,)) for id in signs), 0.0)


class TestTaps:
    def test_none_of_the_dangerous_signs_goes_on(self, answers: Answers) -> None:
        assert progress(answers.take(HAZARD, NONE)) == SIGNS

    @pytest.mark.parametrize("action", [ANY, UNSURE])
    def test_a_dangerous_sign_or_a_doubt_is_a_hazard(self, answers: Answers, action: str) -> None:
        assert isinstance(answers.take(HAZARD, action), Hazard)

    def test_ticks_come_and_go(self, answers: Answers) -> None:
        once = answers.take(SIGNS, "drip")
        assert once == Ticked(replace(SIGNS, signs=("drip",)))
        assert answers.take(once.progress, "drip") == Ticked(SIGNS)

    def test_done_needs_a_tick(self, answers: Answers) -> None:
        ticked = replace(SIGNS, signs=("drip",))
        assert progress(answers.take(ticked, DONE)) == replace(ticked, step=Step.DURATION)
        assert answers.take(SIGNS, DONE) == NotUnderstood("which")

    def test_none_from_an_old_keyboard_keeps_the_ticks(
        self, answers: Answers, questions: Questions
    ) -> None:
        """Two quick taps: the second came from buttons that showed no tick yet."""
        ticked = replace(SIGNS, signs=("drip",))
        assert progress(answers.take(ticked, NONE)).signs == ("drip",)
        assert questions.label(ticked, NONE) == "Dripping"

    def test_not_sure_about_signs_is_kept(self, answers: Answers) -> None:
        assert progress(answers.take(SIGNS, UNSURE)).unsure
        assert not progress(answers.take(DURATION, UNSURE)).unsure
        assert answers.take(FACTORS, UNSURE) == Finished(FACTORS)

    def test_a_duration_is_one_of_several(self, answers: Answers) -> None:
        assert progress(answers.take(DURATION, "days")) == replace(FACTORS, duration="days")
        assert isinstance(answers.take(DURATION, NONE), NotUnderstood)
        assert isinstance(answers.take(DURATION, DONE), NotUnderstood)

    def test_back_goes_one_step(self, answers: Answers) -> None:
        assert progress(answers.take(FACTORS, BACK)) == DURATION
        assert (
            progress(answers.take(replace(FACTORS, known_duration=True), BACK)).step == Step.SIGNS
        )
        assert progress(answers.take(SIGNS, BACK)) == HAZARD
        assert progress(answers.take(HAZARD, BACK)) == HAZARD

    def test_stop_tells_whether_the_dangerous_signs_were_answered(self, answers: Answers) -> None:
        assert answers.take(HAZARD, STOP) == Stopped(cleared=False)
        assert answers.take(SIGNS, STOP) == Stopped(cleared=True)

    @pytest.mark.parametrize("step", [Step.HAZARD, Step.SIGNS])
    def test_skip_leaves_out_no_sign(self, answers: Answers, step: Step) -> None:
        taken = answers.take(Progress(step=step), SKIP)
        assert taken == Ask(Progress(step=step, brief=True), "skipping")

    def test_skip_ends_the_rest(self, answers: Answers) -> None:
        ticked = replace(SIGNS, signs=("drip",), brief=True)
        assert answers.take(replace(ticked, brief=False), SKIP) == Finished(ticked)
        assert answers.take(DURATION, SKIP) == Finished(replace(DURATION, brief=True))

    @pytest.mark.parametrize("action", ["", "gas", "+", "no_such", "+done", "drip:drip"])
    def test_forged_actions_are_nothing(self, answers: Answers, action: str) -> None:
        for step in Step:
            if (step, action) != (Step.FACTORS, "+done"):
                assert isinstance(answers.take(Progress(step=step), action), NotUnderstood)


class TestWords:
    @pytest.mark.parametrize("text", ["no", "nope, none", "none of these", "no it only hums"])
    def test_no_is_none(self, answers: Answers, text: str) -> None:
        assert progress(answers.read(HAZARD, text, NOTHING)) == SIGNS

    @pytest.mark.parametrize(
        "text",
        ["yes", "yes the second", "maybe", "the first one", "the gas one", "all of them",
         "none except the alarm", "no, just the gas smell"],
    )  # fmt: skip
    def test_anything_like_yes_is_a_hazard(self, answers: Answers, text: str) -> None:
        assert isinstance(answers.read(HAZARD, text, NOTHING), Hazard)

    @pytest.mark.parametrize(
        "text", ["what?", "2", "no smell of gas and no alarm and nothing else"]
    )
    def test_what_is_neither_is_asked_again(self, answers: Answers, text: str) -> None:
        assert isinstance(answers.read(HAZARD, text, NOTHING), NotUnderstood)

    @pytest.mark.parametrize(
        ("text", "reading", "signs"),
        [
            ("it drips", told("drip"), ("drip",)),
            ("no drip but banging", told("bang"), ("bang",)),
            ("just the dripping one", NOTHING, ("drip",)),
            ("nope, only banging", NOTHING, ("bang",)),
            ("1 and 4", NOTHING, ("flood", "pressure")),
            ("all of them", told("drip"), ("flood", "drip", "bang", "pressure")),
            ("all except the drip", told("drip"), ("bang", "pressure")),
            ("gas", told("gas"), None),
            ("no drip", NOTHING, ()),
            ("nothing", NOTHING, ()),
            ("yes", NOTHING, None),
            ("done", NOTHING, None),
            ("same as always", NOTHING, None),
        ],
    )
    def test_signs(
        self,
        answers: Answers,
        text: str,
        reading: SignReading,
        signs: tuple[str, ...] | None,
    ) -> None:
        taken = answers.read(SIGNS, text, reading)
        if signs is None:
            assert isinstance(taken, NotUnderstood)
        else:
            assert progress(taken) == replace(DURATION, signs=signs)

    def test_what_is_typed_is_added_to_the_ticks(self, answers: Answers) -> None:
        ticked = replace(SIGNS, signs=("drip",))
        assert progress(answers.read(ticked, "and banging", NOTHING)).signs == ("drip", "bang")
        assert progress(answers.read(ticked, "nothing else", NOTHING)).signs == ("drip",)
        assert progress(answers.read(ticked, "done", NOTHING)).signs == ("drip",)

    def test_what_was_understood_is_said(self, answers: Answers) -> None:
        taken = answers.read(SIGNS, "1 and 3", NOTHING)
        assert isinstance(taken, Ask)
        assert taken.taken == "Water runs out, Banging (not just humming)"

    @pytest.mark.parametrize(
        ("text", "duration"),
        [
            ("two hours", "hours"),
            ("since yesterday", "days"),
            ("3 weeks ago", "longer"),
            ("Some hours", "hours"),
            ("the last one", "longer"),
            ("longer", "longer"),
            ("dunno", ""),
        ],
    )
    def test_durations(self, answers: Answers, text: str, duration: str) -> None:
        assert progress(answers.read(DURATION, text, NOTHING)).duration == duration

    @pytest.mark.parametrize("text", ["no", "yes", "none", "how long do they last?", "blue"])
    def test_no_duration(self, answers: Answers, text: str) -> None:
        assert isinstance(answers.read(DURATION, text, NOTHING), NotUnderstood)

    def test_the_time_that_was_heard_counts_first(self, answers: Answers) -> None:
        taken = answers.read(DURATION, "since the winter", replace(NOTHING, hours=2000.0))
        assert progress(taken).duration == "longer"

    @pytest.mark.parametrize(
        ("text", "factors"),
        [
            ("no service", ("unserviced",)),
            ("I let the air out", ("bled",)),
            ("not serviced, and radiators bled", ("bled", "unserviced")),
            ("as usual", ()),
            ("no", ()),
        ],
    )
    def test_factors(self, answers: Answers, text: str, factors: tuple[str, ...]) -> None:
        assert answers.read(FACTORS, text, NOTHING) == Finished(replace(FACTORS, factors=factors))


class TestQuestions:
    def test_what_is_known_is_not_asked(self, questions: Questions) -> None:
        assert questions.steps(Progress()) == list(Step)
        assert questions.steps(Progress(brief=True)) == [Step.HAZARD, Step.SIGNS]
        known = Progress(known_duration=True, told=("flood", "drip", "bang", "pressure"))
        assert questions.steps(known) == [Step.HAZARD, Step.FACTORS]

    def test_a_step_answered_meanwhile_is_passed(self, answers: Answers) -> None:
        answered = replace(DURATION, duration="days", known_duration=True)
        passed = replace(answered, step=Step.FACTORS)
        assert answers.settle(Ask(DURATION)) == Ask(DURATION)
        assert answers.settle(Ask(answered, taken="it")) == Ask(passed, taken="it")

    def test_a_sign_that_may_be_meant_is_pointed_out(self, questions: Questions) -> None:
        said = questions.say(replace(SIGNS, mentioned=("bang",)), 1)
        assert "You mention banging." in said.text

    def test_buttons_carry_number_and_step(self, questions: Questions) -> None:
        data = [
            b.data for row in questions.keyboard(replace(SIGNS, told=("drip",)), 7) for b in row
        ]
        assert data[:3] == ["c:7:signs:flood", "c:7:signs:bang", "c:7:signs:pressure"]

    def test_what_may_only_be_tapped(self, answers: Answers) -> None:
        """Such a reply is no free text, in which an emergency is looked for."""
        assert answers.is_offered(SIGNS, "just the dripping one")
        assert answers.is_offered(SIGNS, "Low pressure")
        assert answers.is_offered(HAZARD, "none of these")
        assert not answers.is_offered(SIGNS, "low pressure and a smell of gas")
        assert not answers.is_offered(HAZARD, "the gas one")
