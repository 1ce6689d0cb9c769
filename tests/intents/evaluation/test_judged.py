"""A labelled message held against what was understood: a narrower topic answers wider ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from intents.answering import Answer, Text
from intents.content.loader import load
from intents.evaluation.judged import Judged, judge
from intents.evaluation.labelled import INSIDE_CHECK, Labelled
from intents.languages.loading import load_language
from intents.matcher import Ambiguous, Match, NoMatch, Outcome, Scores
from intents.reading.reading import Reader
from intents.signs.warning_signs import FoundSign, SignReading
from intents.understanding import Understood
from tests.conftest import SMALL, TODAY

BOILER = load(SMALL.with_name("boiler.yaml"), TODAY)
# Bleeding is a part of service.
FAQ = replace(
    BOILER,
    intents=tuple(
        replace(intent, part_of=("service",)) if intent.id == "bleeding" else intent
        for intent in BOILER.intents
    ),
)
IDS = [intent.id for intent in FAQ.intents]
READING = Reader([], (), load_language("en")).read("how is it done")
SILENT = SignReading((), 0.0)


def judged(
    outcome: Outcome,
    *wanted: str,
    best: str = "bleeding",
    kind: str = "",
    signs: SignReading = SILENT,
) -> Judged:
    """Return what was understood, held against the acceptable intents."""
    values = np.array([float(id == best) for id in IDS], np.float32)
    answer = Answer(outcome, Scores(values, 1.0), Text.MESSAGE, READING)
    message = Labelled(READING.text, wanted, (), kind=kind)
    return judge(message, Understood(READING, answer, signs), FAQ)


@pytest.mark.parametrize(
    ("outcome", "wanted", "right", "resolved", "wrong"),
    [
        pytest.param(Match(("bleeding",)), ("bleeding",), True, True, False, id="as wanted"),
        pytest.param(Match(("bleeding",)), ("service",), True, True, False, id="narrower"),
        pytest.param(Match(("service",)), ("bleeding",), False, False, True, id="wider"),
        pytest.param(Match(("age", "bleeding")), ("service",), True, True, False, id="of two"),
        pytest.param(Match(("age",)), ("service", "age"), True, True, False, id="second best"),
        pytest.param(Ambiguous(("bleeding", "age")), ("age",), False, True, False, id="offered"),
        pytest.param(
            Ambiguous(("bleeding", "age")), ("service",), False, True, False, id="narrower offered"
        ),
        pytest.param(
            Ambiguous(("service", "age")), ("bleeding",), False, False, False, id="wider offered"
        ),
        pytest.param(NoMatch(("bleeding",)), ("bleeding",), False, False, False, id="no answer"),
        pytest.param(Match(("bleeding",)), (), False, False, True, id="out of scope"),
    ],
)
def test_an_answer_covers_the_wider_topics(
    outcome: Outcome, wanted: tuple[str, ...], right: bool, resolved: bool, wrong: bool
) -> None:
    found = judged(outcome, *wanted)
    assert (found.is_right, found.is_resolved, found.is_wrong) == (right, resolved, wrong)


def test_each_answer_covers_its_own() -> None:
    found = judged(Match(("age", "bleeding")))
    assert found.covered == (frozenset({"age"}), frozenset({"bleeding", "service"}))
    assert (found.answers, found.choices, found.offered) == (("age", "bleeding"), (), frozenset())


def test_choices_cover_theirs() -> None:
    found = judged(Ambiguous(("bleeding", "age")))
    assert found.offered == {"bleeding", "service", "age"}
    assert (found.answers, found.choices, found.covered) == ((), ("bleeding", "age"), ())


@pytest.mark.parametrize(
    ("outcome", "wanted", "confused"),
    [
        pytest.param(Match(("bleeding",)), "service", False, id="a narrower one is the best"),
        pytest.param(Ambiguous(("bleeding", "age")), "age", True, id="another is the best"),
        pytest.param(Ambiguous(("age", "why")), "bleeding", False, id="the wanted is the best"),
    ],
)
def test_a_narrower_answer_is_no_confusion(outcome: Outcome, wanted: str, confused: bool) -> None:
    assert judged(outcome, wanted).is_confused is confused


def test_inside_the_check_nothing_is_asked() -> None:
    found = judged(Match(("bleeding",)), "service", kind=INSIDE_CHECK)
    assert (found.wanted, found.is_right, found.is_stranger) == ((), False, False)


def test_a_doubtful_sign_that_is_named_too_is_named() -> None:
    drip, bang = FoundSign("drip", "week", ()), FoundSign("bang", "week", ())
    found = judged(NoMatch(()), signs=SignReading((drip,), 0.0, doubtful=(drip, bang)))
    assert found.named == {"drip"}
    assert found.doubtful == {"bang"}
