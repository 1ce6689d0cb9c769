"""What a typed reply to each of the check's questions leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

import pytest

from bot.dialogue.buttons import Action
from bot.dialogue.check.consequences import Ask, Consequence, Finished, Hazard, NoAnswer
from bot.dialogue.check.shown import Questions
from bot.dialogue.check.steps import Steps
from bot.dialogue.check.typed import Denied, Picks, TimeOnly, TypedReplies
from bot.dialogue.state import NOT_OPEN, Progress
from bot.dialogue.wording import Wording
from intents.content.check import Check
from intents.signs.warning_signs import LEARNED, FoundSign, SignReading
from intents.understanding import Understanding, Understood
from tests.bot.dialogue.check.questions import ABOUT, ASKS_ALARM, DANGER, LATELY, SIGNS, SINCE
from tests.conftest import ROOT

NOTHING: Final = SignReading((), 0.0)


@dataclass(frozen=True)
class Answers:
    """Replies, and where they lead."""

    typed: TypedReplies
    steps: Steps
    understanding: Understanding

    def heard(self, text: str, told: SignReading = NOTHING) -> Understood:
        """Return a reply as understood, but for its signs, which the test names."""
        return replace(self.understanding.understand(text), signs=told)

    def choice(self, progress: Progress, text: str, told: SignReading = NOTHING) -> object:
        """Return what a reply chooses."""
        heard = self.heard(text, told)
        return self.typed.choice(progress, heard, self.typed.said(progress, heard))

    def as_reply(self, progress: Progress, heard: Understood) -> Understood:
        """Return what a reply tells besides its choice."""
        return self.typed.as_reply(progress, heard, self.typed.said(progress, heard))

    def is_offered(self, progress: Progress, heard: Understood) -> bool:
        """Tell whether a reply says no more than a tap."""
        return self.typed.is_offered(progress, self.typed.said(progress, heard))

    def read(
        self, progress: Progress, text: str, told: SignReading = NOTHING
    ) -> Consequence | None:
        """Return what follows from a reply; None where it answers nothing."""
        choice = self.choice(progress, text, told)
        if isinstance(choice, Picks):
            return self.steps.pick(progress, choice.ids)
        return self.steps.choose(progress, choice) if isinstance(choice, Action) else None


@pytest.fixture(name="typed", scope="module")
def _typed(boiler_understanding: Understanding, check: Check, steps: Steps) -> TypedReplies:
    faq = boiler_understanding.faq
    questions = Questions(faq, check, Wording(faq), steps)
    reader = boiler_understanding.option_reader(questions.controls())
    return TypedReplies(faq, check, steps, reader)


@pytest.fixture(name="answers", scope="module")
def _answers(typed: TypedReplies, steps: Steps, boiler_understanding: Understanding) -> Answers:
    return Answers(typed, steps, boiler_understanding)


def progress(consequence: Consequence | None) -> Progress:
    """Return what an answer led to, where that is another question."""
    assert isinstance(consequence, Ask)
    return consequence.progress


def told(*signs: str, line: str = "phrase: it is so") -> SignReading:
    """Return a reading that affirms signs."""
    found = tuple(FoundSign(id, "week", (id,), (line,)) for id in signs)
    return SignReading(found, 0.0)


class TestOneSignAskedAboutAlone:
    @pytest.mark.parametrize("text", ["four beeps", "it's beeping in the hall"])
    def test_its_own_words_tell_it(self, answers: Answers, text: str) -> None:
        assert answers.choice(ASKS_ALARM, text) is Action.ANY

    @pytest.mark.parametrize("text", ["silent", "just a green light", "no it's not beeping"])
    def test_or_say_that_it_is_otherwise(self, answers: Answers, text: str) -> None:
        assert answers.choice(ASKS_ALARM, text) is Action.NONE

    def test_what_is_otherwise_and_denied_says_nothing(self, answers: Answers) -> None:
        assert answers.choice(ASKS_ALARM, "it isn't silent") is not Action.NONE

    @pytest.mark.parametrize(
        ("text", "denied"),
        [
            *(("it is not the carbon monoxide alarm", True), ("i meant the alarm clock", True)),
            *(("the carbon monoxide alarm rings", False), ("what do i do", False)),
        ],
    )
    def test_a_sign_that_was_read_is_denied(
        self, answers: Answers, text: str, denied: bool
    ) -> None:
        assert answers.typed.denies(["alarm"], answers.heard(text)) is denied

    def test_but_not_beside_another(self, answers: Answers) -> None:
        heard = answers.heard("it is not the carbon monoxide alarm, it smells of gas", told("gas"))
        assert not answers.typed.denies(["alarm"], heard)


class TestEmergencySigns:
    @pytest.mark.parametrize("text", ["no", "nope, none", "none of these", "no it only hums"])
    def test_no_is_none(self, answers: Answers, text: str) -> None:
        assert progress(answers.read(DANGER, text)) == SIGNS

    @pytest.mark.parametrize(
        "text",
        ["yes", "maybe", "all of them", "no idea", "no, i mean yes", "nope, maybe the alarm"],
    )
    def test_anything_like_yes_is_a_hazard(self, answers: Answers, text: str) -> None:
        assert answers.read(DANGER, text) == Hazard()

    @pytest.mark.parametrize(
        ("text", "signs"),
        [
            *(("yes the second", ("alarm",)), ("2", ("alarm",)), ("number 2", ("alarm",))),
            *(("alarm", ("alarm",)), ("the first one", ("gas",)), ("the gas one", ("gas",))),
            *(("1 and 2", ("gas", "alarm")), ("none except the alarm", ("alarm",))),
            ("no, just the gas smell", ("gas",)),
        ],
    )
    def test_so_is_one_of_the_lines_which_is_known_then(
        self, answers: Answers, text: str, signs: tuple[str, ...]
    ) -> None:
        assert answers.read(DANGER, text) == Hazard(signs)

    @pytest.mark.parametrize("text", ["what?", "3", "no wait"])
    def test_what_is_neither_is_asked_again(self, answers: Answers, text: str) -> None:
        assert answers.choice(DANGER, text) is None


class TestDoubt:
    @pytest.mark.parametrize("text", ["no", "nope", "i don't think so"])
    def test_no_goes_on(self, answers: Answers, text: str) -> None:
        assert progress(answers.read(ASKS_ALARM, text)).step == "danger"

    @pytest.mark.parametrize(
        "text", ["yes", "not sure", "no idea", "yeah it does", "it's gone now"]
    )
    def test_anything_like_yes_is_a_hazard(self, answers: Answers, text: str) -> None:
        assert answers.read(ASKS_ALARM, text) == Hazard(("alarm",))


class TestSigns:
    @pytest.mark.parametrize(
        ("text", "reading", "picked"),
        [
            ("it drips", told("drip"), ("drips",)),
            ("no drip but banging", told("bang"), ("bangs",)),
            ("just the dripping one", NOTHING, ("drips",)),
            ("nope, only banging", NOTHING, ("bangs",)),
            ("none except the dripping", NOTHING, ("drips",)),
            ("1 and 4", NOTHING, ("water", "low")),
            ("all of them", told("drip"), ("water", "drips", "bangs", "low")),
            ("all except the drip", told("drip"), ("bangs", "low")),
            ("no drip", NOTHING, ()),
            ("nothing", NOTHING, ()),
            ("she has none", NOTHING, ()),
        ],
    )
    def test_options_are_named(
        self, answers: Answers, text: str, reading: SignReading, picked: tuple[str, ...]
    ) -> None:
        assert progress(answers.read(SIGNS, text, reading)) == replace(SINCE, picked=picked)

    @pytest.mark.parametrize("text", ["yes", "done"])
    def test_what_names_none_is_asked_which(self, answers: Answers, text: str) -> None:
        assert answers.read(SIGNS, text) == NoAnswer("which")

    @pytest.mark.parametrize(
        ("text", "reading"),
        [("gas", told("gas")), ("same as always", NOTHING), ("what a mess", NOTHING)],
    )
    def test_what_is_no_answer(self, answers: Answers, text: str, reading: SignReading) -> None:
        assert answers.choice(SIGNS, text, reading) is None

    def test_what_is_typed_is_added_to_the_ticks(self, answers: Answers) -> None:
        ticked = replace(SIGNS, picked=("drips",))
        assert progress(answers.read(ticked, "and banging")).picked == ("drips", "bangs")
        assert progress(answers.read(ticked, "nothing else")).picked == ("drips",)
        assert progress(answers.read(ticked, "done")).picked == ("drips",)


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "since"),
        [
            ("two hours", "hours"),
            ("like 2 hours", "hours"),
            ("since yesterday", "days"),
            ("3 weeks ago", "longer"),
            ("Some hours", "hours"),
            ("the last one", "longer"),
            ("longer", "longer"),
        ],
    )
    def test_they_choose_what_is_so_long(self, answers: Answers, text: str, since: str) -> None:
        assert progress(answers.read(SINCE, text)) == replace(ABOUT, picked=(since,))

    def test_not_knowing_is_an_answer(self, answers: Answers) -> None:
        assert progress(answers.read(SINCE, "dunno")).step == "about"

    @pytest.mark.parametrize("text", ["no", "yes", "none", "how long do they last?", "blue"])
    def test_what_is_none(self, answers: Answers, text: str) -> None:
        assert isinstance(answers.read(SINCE, text), NoAnswer | None)

    def test_the_time_that_was_heard_counts_first(self, answers: Answers) -> None:
        taken = answers.read(SINCE, "since the winter", replace(NOTHING, hours=2000.0))
        assert progress(taken).picked == ("longer",)

    @pytest.mark.parametrize("question", [DANGER, SIGNS, ABOUT])
    def test_where_it_is_not_asked_for_it_is_no_answer_and_not_unheard(
        self, answers: Answers, question: Progress
    ) -> None:
        assert isinstance(answers.choice(question, "two hours"), TimeOnly)
        assert answers.choice(question, "how many hours?") is None


class TestAfterTheResult:
    @pytest.mark.parametrize(
        ("text", "picked"),
        [
            ("no service", ("unserviced",)),
            ("I let the air out", ("bled",)),
            ("not serviced, but radiators bled", ("bled", "unserviced")),
            ("as usual", ()),
            ("no", ()),
            ("the cat moved in", ()),
        ],
    )
    def test_whatever_was_different_ends_it(
        self, answers: Answers, text: str, picked: tuple[str, ...]
    ) -> None:
        assert answers.read(LATELY, text) == Finished(replace(LATELY, picked=picked))

    @pytest.mark.parametrize(
        "text", ["why does my boiler fail?", "it is a long story with a cat " * 4]
    )
    def test_but_no_question_and_no_story(self, answers: Answers, text: str) -> None:
        assert answers.choice(LATELY, text) is None

    def test_nor_does_it_before(self, answers: Answers) -> None:
        assert answers.choice(ABOUT, "the cat moved in") is None


class TestTakenBack:
    READ: Final = replace(ABOUT, picked=("drips", "low"), read=("drips", "low"))

    def test_what_was_read_and_is_denied(self, answers: Answers) -> None:
        assert answers.choice(self.READ, "it is not dripping") == Denied(("drips",))

    @pytest.mark.parametrize("text", ["no, none of those, sorry", "none of these fit at all"])
    def test_who_denies_it_all_takes_back_what_was_read(self, answers: Answers, text: str) -> None:
        asked = replace(self.READ, step="signs")
        assert answers.choice(asked, text) == Denied(("drips", "low"))

    @pytest.mark.parametrize("text", ["no", "nope"])
    def test_a_bare_no_may_mean_no_others(self, answers: Answers, text: str) -> None:
        assert answers.choice(self.READ, text) is Action.NONE

    def test_what_was_tapped_is_no_misreading(self, answers: Answers) -> None:
        tapped = replace(self.READ, read=())
        assert not isinstance(answers.choice(tapped, "it is not dripping"), Denied)

    def test_all_that_was_read(self, answers: Answers) -> None:
        assert progress(answers.read(self.READ, "that's not right")) == ABOUT


class TestBesides:
    """What a reply tells besides its choice."""

    def test_a_short_one_opens_a_sign_only_by_a_line_of_the_content(
        self, answers: Answers
    ) -> None:
        learned, named = told("drip", line=LEARNED), told("bang")
        both = replace(learned, found=(*learned.found, *named.found))
        heard = answers.as_reply(ABOUT, answers.heard("it did that then", both))
        assert heard.signs.found == named.found

    def test_a_longer_one_is_heard_as_any_message(self, answers: Answers) -> None:
        learned = replace(told("drip", line=LEARNED), is_suspect=True)
        heard = answers.heard("it did that then and it did it again", learned)
        assert answers.as_reply(ABOUT, heard) == heard

    @pytest.mark.parametrize(
        ("question", "text", "suspect"),
        [
            (DANGER, "a funny smell then", True),
            (ASKS_ALARM, "a funny noise then", True),
            (SIGNS, "a funny noise then", True),
            (SINCE, "two hours", False),
            (ABOUT, "a funny noise then", False),
            (LATELY, "a funny noise then", False),
        ],
    )
    def test_it_is_suspect_where_signs_are_asked_about(
        self, answers: Answers, question: Progress, text: str, suspect: bool
    ) -> None:
        heard = answers.heard(text, replace(NOTHING, is_suspect=True))
        assert answers.as_reply(question, heard).signs.is_suspect == suspect


def test_words_are_actions_and_options_are_picks(answers: Answers) -> None:
    assert answers.choice(SIGNS, "go back") is Action.BACK
    assert answers.choice(SIGNS, "it's gone now") is Action.STOP
    assert answers.choice(SIGNS, "just answer") is Action.SKIP
    assert answers.choice(SIGNS, "1 and 3") == Picks(("water", "bangs"))


def test_where_no_question_is_open_only_words_are_heard(answers: Answers) -> None:
    nowhere = Progress(step=NOT_OPEN)
    for text in ("1 and 3", "the drip one"):
        assert answers.choice(nowhere, text, told("drip")) is None
    assert answers.choice(nowhere, "stop") is Action.STOP


def test_what_may_only_be_tapped(answers: Answers) -> None:
    """Such a reply is no free text, in which an emergency is looked for."""
    assert answers.is_offered(SIGNS, answers.heard("just the dripping one"))
    assert answers.is_offered(SIGNS, answers.heard("Low pressure"))
    assert answers.is_offered(DANGER, answers.heard("none of these"))
    assert answers.is_offered(ASKS_ALARM, answers.heard("no"))
    assert not answers.is_offered(SIGNS, answers.heard("low pressure and a smell of gas"))
    assert not answers.is_offered(DANGER, answers.heard("the gas one"))


def test_only_three_modules_read_the_wording_of_replies() -> None:
    """Two read replies to the check, one those to "did you mean"."""
    readers = re.compile(r"(?<![.\w])read_reply\(")
    using = {
        path.name
        for path in ROOT.glob("bot/**/*.py")
        if readers.search(path.read_text(encoding="utf-8"))
    }
    assert using == {"typed.py", "one_sign.py", "offers.py"}
