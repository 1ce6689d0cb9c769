"""What a typed reply to each of the check's questions leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest

from bot.dialogue.buttons import Action
from bot.dialogue.check.shown import Questions
from bot.dialogue.check.steps import Ask, Consequence, Finished, Hazard, NoAnswer, Steps
from bot.dialogue.check.typed import Picks, TypedReplies
from bot.dialogue.state import Progress, Step
from bot.dialogue.wording import Wording
from intents.content.faq import Check
from intents.signs.warning_signs import FoundSign, SignReading
from intents.understanding import Understanding, Understood
from tests.conftest import ROOT

HAZARD = Progress()
SIGNS = Progress(step=Step.SIGNS)
DURATION = Progress(step=Step.DURATION)
FACTORS = Progress(step=Step.FACTORS)
NOTHING = SignReading((), 0.0)


@dataclass(frozen=True)
class Answers:
    """Replies, and where they lead."""

    typed: TypedReplies
    steps: Steps
    understanding: Understanding

    def heard(self, text: str, told: SignReading) -> Understood:
        """Return a reply as understood, but for its signs, which the test names."""
        return replace(self.understanding.understand(text), signs=told)

    def read(self, progress: Progress, text: str, told: SignReading) -> Consequence:
        """Return what follows from a reply."""
        choice = self.typed.choice(progress, self.heard(text, told))
        if choice is None:
            return NoAnswer()
        if isinstance(choice, Picks):
            return self.steps.pick(progress, choice.ids)
        return self.steps.choose(progress, choice)


@pytest.fixture(name="typed", scope="module")
def _typed(boiler_understanding: Understanding, check: Check, steps: Steps) -> TypedReplies:
    questions = Questions(
        boiler_understanding.faq, check, Wording(boiler_understanding.faq), steps
    )
    return TypedReplies(
        boiler_understanding.faq,
        check,
        steps,
        boiler_understanding.option_reader(questions.controls()),
    )


@pytest.fixture(name="answers", scope="module")
def _answers(typed: TypedReplies, steps: Steps, boiler_understanding: Understanding) -> Answers:
    return Answers(typed, steps, boiler_understanding)


def progress(consequence: Consequence) -> Progress:
    """Return what an answer led to, where that is another question."""
    assert isinstance(consequence, Ask)
    return consequence.progress


def told(*signs: str) -> SignReading:
    """Return a reading that affirms signs."""
    return SignReading(tuple(FoundSign(id, "week", (id,)) for id in signs), 0.0)


@pytest.mark.parametrize("text", ["no", "nope, none", "none of these", "no it only hums"])
def test_no_is_none(answers: Answers, text: str) -> None:
    assert progress(answers.read(HAZARD, text, NOTHING)) == SIGNS


@pytest.mark.parametrize(
    "text",
    ["yes", "yes the second", "2", "number 2", "alarm", "maybe", "the first one", "the gas one",
     "all of them", "none except the alarm", "no, just the gas smell"],
)  # fmt: skip
def test_anything_like_yes_is_a_hazard(answers: Answers, text: str) -> None:
    assert isinstance(answers.read(HAZARD, text, NOTHING), Hazard)


@pytest.mark.parametrize("text", ["what?", "3", "no smell of gas and no alarm and nothing else"])
def test_what_is_neither_is_asked_again(answers: Answers, text: str) -> None:
    assert isinstance(answers.read(HAZARD, text, NOTHING), NoAnswer)


@pytest.mark.parametrize(
    ("text", "reading", "signs"),
    [
        ("it drips", told("drip"), ("drip",)),
        ("no drip but banging", told("bang"), ("bang",)),
        ("just the dripping one", NOTHING, ("drip",)),
        ("nope, only banging", NOTHING, ("bang",)),
        ("none except the dripping", NOTHING, ("drip",)),
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
    answers: Answers,
    text: str,
    reading: SignReading,
    signs: tuple[str, ...] | None,
) -> None:
    taken = answers.read(SIGNS, text, reading)
    if signs is None:
        assert isinstance(taken, NoAnswer)
    else:
        assert progress(taken) == replace(DURATION, signs=signs)


def test_what_is_typed_is_added_to_the_ticks(answers: Answers) -> None:
    ticked = replace(SIGNS, signs=("drip",))
    assert progress(answers.read(ticked, "and banging", NOTHING)).signs == ("drip", "bang")
    assert progress(answers.read(ticked, "nothing else", NOTHING)).signs == ("drip",)
    assert progress(answers.read(ticked, "done", NOTHING)).signs == ("drip",)


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
def test_durations(answers: Answers, text: str, duration: str) -> None:
    assert progress(answers.read(DURATION, text, NOTHING)).duration == duration


@pytest.mark.parametrize("text", ["no", "yes", "none", "how long do they last?", "blue"])
def test_no_duration(answers: Answers, text: str) -> None:
    assert isinstance(answers.read(DURATION, text, NOTHING), NoAnswer)


def test_the_time_that_was_heard_counts_first(answers: Answers) -> None:
    taken = answers.read(DURATION, "since the winter", replace(NOTHING, hours=2000.0))
    assert progress(taken).duration == "longer"


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        ("no service", ("unserviced",)),
        ("I let the air out", ("bled",)),
        ("not serviced, but radiators bled", ("bled", "unserviced")),
        ("as usual", ()),
        ("no", ()),
    ],
)
def test_factors(answers: Answers, text: str, factors: tuple[str, ...]) -> None:
    assert answers.read(FACTORS, text, NOTHING) == Finished(replace(FACTORS, factors=factors))


def test_words_are_actions_and_options_are_picks(answers: Answers) -> None:
    assert answers.typed.choice(SIGNS, answers.heard("go back", NOTHING)) is Action.BACK
    assert answers.typed.choice(SIGNS, answers.heard("1 and 3", NOTHING)) == Picks(
        ("flood", "bang")
    )
    assert answers.typed.choice(SIGNS, answers.heard("what a day", NOTHING)) is None
    assert answers.typed.choice(SIGNS, answers.heard("same as always", NOTHING)) is None


def test_where_no_question_is_open_only_words_are_heard(answers: Answers) -> None:
    for text in ("1 and 3", "the drip one", "two hours"):
        assert answers.typed.choice(Progress(step=""), answers.heard(text, told("drip"))) is None
    assert answers.typed.choice(Progress(step=""), answers.heard("stop", NOTHING)) is Action.STOP


def test_what_may_only_be_tapped(answers: Answers) -> None:
    """Such a reply is no free text, in which an emergency is looked for."""
    assert answers.typed.is_offered(SIGNS, answers.heard("just the dripping one", NOTHING))
    assert answers.typed.is_offered(SIGNS, answers.heard("Low pressure", NOTHING))
    assert answers.typed.is_offered(HAZARD, answers.heard("none of these", NOTHING))
    assert not answers.typed.is_offered(
        SIGNS, answers.heard("low pressure and a smell of gas", NOTHING)
    )
    assert not answers.typed.is_offered(HAZARD, answers.heard("the gas one", NOTHING))


def test_only_one_module_reads_the_wording_of_replies() -> None:
    readers = re.compile(r"(?<![.\w])read_reply\(")
    using = {
        path.name
        for path in ROOT.glob("bot/**/*.py")
        if readers.search(path.read_text(encoding="utf-8"))
    }
    assert using == {"typed.py"}
