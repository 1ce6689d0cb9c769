"""What comes first for a message: its answer, or the check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from intents.about import About
from intents.answering import Answer, Asked, Text
from intents.content.loader import load
from intents.languages.loading import load_language
from intents.matcher import Ambiguous, Match, NoMatch, Outcome, Scores
from intents.reading.other_languages import Elsewhere
from intents.reading.reading import Reader
from intents.screening import (
    Plan,
    Screening,
    is_strange,
    meets_emergency,
    names_emergency,
    plan,
)
from intents.signs.warning_signs import FoundSign, SignReading
from intents.understanding import Understood
from tests.conftest import SMALL, TODAY

FAQ = load(SMALL.with_name("boiler.yaml"), TODAY)
READER = Reader([], (), load_language("en"))
SCORES = Scores(np.zeros(len(FAQ.intents), np.float32), 1.0)
NOBODY, OWN = About(), About(is_own=True)
NOTHING = NoMatch(("hello",))


def understood(
    outcome: Outcome,
    *signs: str,
    text: str = "it stays cold in here today",
    asked: tuple[Outcome, ...] = (),
    about: About = NOBODY,
    is_suspect: bool = False,
) -> Understood:
    """Return what was understood; `asked` holds the outcome of each question in the message."""
    reading = READER.read(text)
    levels = {sign.id: sign.level for sign in FAQ.signs}
    return Understood(
        reading,
        Answer(
            outcome,
            SCORES,
            Text.QUESTION,
            reading,
            tuple(Asked(reading, SCORES, one) for one in asked),
        ),
        SignReading(
            tuple(FoundSign(id, levels[id], ()) for id in signs), 0.0, is_suspect=is_suspect
        ),
        about,
    )


def one(outcome: Outcome, *signs: str, about: About = NOBODY) -> Understood:
    """Return what was understood of a message that is one question."""
    return understood(outcome, *signs, asked=(outcome,), about=about)


WHY, AGE, SERVICE, COLD = Match(("why",)), Match(("age",)), Match(("service",)), Match(("cold",))


@pytest.mark.parametrize(
    ("message", "planned"),
    [
        pytest.param(one(AGE), Plan(Screening.NOT_NEEDED, ("age",)), id="a question"),
        pytest.param(one(WHY), Plan(Screening.NOT_NEEDED, ("why",)), id="a general question"),
        pytest.param(
            one(WHY, about=OWN),
            Plan(Screening.OWN_SYMPTOM, (), ("why",)),
            id="a question of the writer's own",
        ),
        pytest.param(
            one(SERVICE, about=OWN),
            Plan(Screening.NOT_NEEDED, ("service",)),
            id="of the writer's own, but no symptom",
        ),
        pytest.param(
            understood(COLD), Plan(Screening.OWN_SYMPTOM, (), ("cold",)), id="the report"
        ),
        pytest.param(
            understood(Match(("age", "why")), asked=(AGE, WHY), about=OWN),
            Plan(Screening.OWN_SYMPTOM, ("age",), ("why",)),
            id="two questions, one of them of the writer's own",
        ),
        pytest.param(
            one(AGE, "drip"), Plan(Screening.SIGNS, ("age",)), id="a lesser sign and a question"
        ),
        pytest.param(
            one(WHY, "drip", about=OWN),
            Plan(Screening.SIGNS, (), ("why",)),
            id="a lesser sign and a question of the writer's own",
        ),
        pytest.param(
            one(AGE, "flood"),
            Plan(Screening.SIGNS, (), ("age",)),
            id="a sign with which the doctor comes before advice",
        ),
        pytest.param(understood(NOTHING, "drip"), Plan(Screening.SIGNS), id="a sign alone"),
        pytest.param(understood(NOTHING), Plan(Screening.NOT_NEEDED), id="nothing known"),
        pytest.param(
            understood(Ambiguous(("why", "age"))), Plan(Screening.REPORT), id="something told"
        ),
        pytest.param(
            understood(Ambiguous(("why", "age")), text="radiators cold"),
            Plan(Screening.NOT_NEEDED),
            id="a word or two",
        ),
        pytest.param(
            one(Ambiguous(("why", "age"))),
            Plan(Screening.NOT_NEEDED, guesses=("why", "age")),
            id="an unclear question",
        ),
        pytest.param(
            understood(AGE, asked=(AGE, Ambiguous(("age", "service")))),
            Plan(Screening.NOT_NEEDED, ("age",), guesses=("service",)),
            id="an unclear question beside a clear one",
        ),
    ],
)
def test_what_comes_first(message: Understood, planned: Plan) -> None:
    assert plan(FAQ, message) == planned


def test_whatever_is_asked_waits_for_a_suspected_emergency() -> None:
    asked = Match(("age", "why"))
    message = understood(asked, asked=(AGE, WHY), is_suspect=True)
    assert plan(FAQ, message) == Plan(Screening.SUSPICION, (), ("age", "why"))
    unclear = understood(
        Ambiguous(("why", "age")), asked=(Ambiguous(("why", "age")),), is_suspect=True
    )
    assert plan(FAQ, unclear) == Plan(Screening.SUSPICION, guesses=("why", "age"))


def test_who_was_checked_lately_is_answered_at_once() -> None:
    message = one(WHY, about=OWN)
    assert plan(FAQ, message, is_checked=True) == Plan(Screening.NOT_NEEDED, ("why",))


def test_without_a_check_all_is_answered_at_once() -> None:
    library = replace(FAQ, check=None)
    message = understood(Match(("why", "cold")), "drip", asked=(WHY,), about=OWN)
    assert plan(library, message) == Plan(Screening.NOT_NEEDED, ("why", "cold"))


@pytest.mark.parametrize(
    ("message", "named", "met"),
    [
        pytest.param(one(AGE, "drip", "gas"), True, True, id="named"),
        pytest.param(understood(AGE, asked=(AGE,), is_suspect=True), False, True, id="suspected"),
        pytest.param(understood(COLD), False, True, id="the check, which begins with them"),
        pytest.param(one(AGE, "drip"), False, False, id="an answer first"),
        pytest.param(one(AGE), False, False, id="an answer"),
    ],
)
def test_whether_an_emergency_is_met(message: Understood, named: bool, met: bool) -> None:
    assert names_emergency(FAQ, message) is named
    assert meets_emergency(FAQ, message) is met


def test_an_emergency_in_words_is_met_without_a_check() -> None:
    assert meets_emergency(replace(FAQ, check=None), understood(NOTHING, "gas"))


@pytest.mark.parametrize(
    ("outcome", "signs", "is_suspect", "is_mixed", "strange"),
    [
        pytest.param(NOTHING, (), False, False, True, id="nothing is understood"),
        pytest.param(NOTHING, (), True, False, True, id="what was learned knows no such words"),
        pytest.param(NOTHING, (), True, True, False, id="danger may be meant in its English half"),
        pytest.param(AGE, (), False, True, False, id="a clear topic in its English half"),
        pytest.param(AGE, (), False, False, True, id="a topic in words that are not known"),
        pytest.param(NOTHING, ("gas",), False, False, False, id="a sign"),
    ],
)
def test_another_language_is_strange_unless_something_is_understood(
    outcome: Outcome, signs: tuple[str, ...], is_suspect: bool, is_mixed: bool, strange: bool
) -> None:
    told = replace(
        understood(outcome, *signs, is_suspect=is_suspect),
        elsewhere=Elsewhere(is_other=True, is_mixed=is_mixed),
    )
    assert is_strange(told) == strange
    assert meets_emergency(FAQ, told) == (bool(signs) or (is_suspect and is_mixed))


def test_english_is_never_strange() -> None:
    assert not is_strange(understood(NOTHING))
