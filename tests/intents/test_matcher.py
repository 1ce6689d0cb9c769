"""What scores decide, and that a topic does not compete with those that it is part of."""

from __future__ import annotations

import numpy as np
import pytest

from intents.content.faq import Thresholds
from intents.content.loader import load
from intents.matcher import Ambiguous, Match, Matcher, NoMatch, Outcome, Scores
from intents.understanding import Understanding
from tests.conftest import SMALL, TODAY

IDS = ("cold", "why", "bleeding", "service", "age", "hello", "thanks")
PART_OF = {"bleeding": ("service",), "age": ("service", "why")}
THRESHOLDS = Thresholds(match=0.5, margin=0.1, offer=0.2)


@pytest.fixture(name="fitted", scope="module")
def _fitted() -> Matcher:
    return Understanding(load(SMALL.with_name("boiler.yaml"), TODAY)).matcher


@pytest.fixture(name="matcher", scope="module")
def _matcher(fitted: Matcher) -> Matcher:
    return Matcher(fitted.ids, *fitted.fitted, part_of=PART_OF)


def decided(matcher: Matcher, **scores: float) -> Outcome:
    """Return what some scores decide; those that are not named are nothing."""
    values = np.array([scores.get(id, 0.0) for id in matcher.ids], np.float32)
    return matcher.decide(Scores(values, 1.0), THRESHOLDS)


def test_the_ids_are_those_of_the_content(fitted: Matcher) -> None:
    assert fitted.ids == IDS


def test_a_topic_and_its_wider_one_add_up(matcher: Matcher) -> None:
    assert decided(matcher, bleeding=0.35, service=0.3) == Match(("bleeding",))


def test_the_likelier_one_of_the_two_answers(matcher: Matcher) -> None:
    assert decided(matcher, bleeding=0.3, service=0.35) == Match(("service",))


def test_without_kin_they_compete(fitted: Matcher, matcher: Matcher) -> None:
    assert decided(matcher, bleeding=0.40, service=0.36) == Match(("bleeding",))
    found = decided(fitted, bleeding=0.40, service=0.36)
    assert isinstance(found, Ambiguous)
    assert found.choices[:2] == ("bleeding", "service")


def test_together_they_must_still_lead_over_the_others(matcher: Matcher) -> None:
    found = decided(matcher, bleeding=0.3, service=0.22, cold=0.44)
    assert isinstance(found, Ambiguous)
    assert found.choices == ("cold", "bleeding", "service")
    close = decided(matcher, bleeding=0.3, service=0.22, cold=0.28, hello=0.45)
    assert isinstance(close, Ambiguous)


def test_a_lead_of_the_kin_counts_against_the_best_of_the_rest(matcher: Matcher) -> None:
    assert decided(matcher, bleeding=0.4, service=0.15, cold=0.39) == Match(("bleeding",))
    assert isinstance(decided(matcher, bleeding=0.35, service=0.12, cold=0.42), Ambiguous)


def test_two_that_are_part_of_the_same_compete(matcher: Matcher) -> None:
    """Bleeding and age are both part of service: to ask for one is not to ask for the other."""
    assert isinstance(decided(matcher, bleeding=0.40, age=0.39), Ambiguous)


def test_a_topic_may_be_part_of_two(matcher: Matcher) -> None:
    assert decided(matcher, age=0.3, service=0.2, why=0.2) == Match(("age",))


def test_two_topics_that_are_as_likely_are_both_answered(matcher: Matcher) -> None:
    assert decided(matcher, cold=0.45, why=0.42) == Match(("cold", "why"))
    assert isinstance(decided(matcher, cold=0.45, why=0.29), Ambiguous)  # the second is too faint
    assert isinstance(decided(matcher, cold=0.4, why=0.35), Ambiguous)  # others are likely too


def test_of_a_topic_and_its_wider_one_only_one_is_answered(matcher: Matcher) -> None:
    assert decided(matcher, bleeding=0.45, service=0.42) == Match(("bleeding",))


def test_faint_scores_match_nothing(matcher: Matcher) -> None:
    found = decided(matcher, bleeding=0.19, service=0.18)
    assert isinstance(found, NoMatch)
    assert found.closest[:2] == ("bleeding", "service")
