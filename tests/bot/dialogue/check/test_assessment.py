"""From answers to a level."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.dialogue.check.assessment import Assessment, assess, likely_causes
from bot.dialogue.state import Progress
from intents.content.faq import Faq


def assessed(faq: Faq, signs: Iterable[str]) -> Assessment:
    """Return what ticked signs mean."""
    return assess(faq, Progress(signs=tuple(signs)))


@pytest.mark.parametrize(
    ("signs", "level"),
    [
        ([], "self"),
        (["pressure"], "week"),
        (["drip", "flood"], "today"),
        (["pressure", "gas"], "emergency"),
        (["bang", "pressure"], "today"),
        (["bang", "pressure", "flood"], "emergency"),
        (["no_such_sign"], "self"),
    ],
)
def test_the_most_serious_decides(boiler_faq: Faq, signs: list[str], level: str) -> None:
    assert assessed(boiler_faq, signs).level.id == level


def test_not_sure_is_one_level_up_and_never_down(boiler_faq: Faq) -> None:
    assert assess(boiler_faq, Progress(unsure=True)).level.id == "week"
    assert assess(boiler_faq, Progress(signs=("flood",), unsure=True)).level.id == "today"


def test_so_is_a_lost_answer(boiler_faq: Faq) -> None:
    assert assess(boiler_faq, Progress(lost=True)).level.id == "week"
    assert assess(boiler_faq, Progress(signs=("flood",), lost=True)).level.id == "today"


def test_told_ticked_and_lasting_count_together(boiler_faq: Faq) -> None:
    found = assess(boiler_faq, Progress(told=("flood",), signs=("bang",), duration="longer"))
    assert found.is_emergency
    assert [sign.id for sign in found.signs] == ["flood", "bang", "lasting"]
    mentioned = assess(boiler_faq, Progress(mentioned=("flood",)))
    assert mentioned.is_mild


@pytest.mark.parametrize(
    ("progress", "mild", "advice"),
    [
        (Progress(), True, True),
        (Progress(signs=("drip",)), False, False),
        (Progress(signs=("drip",), factors=("bled",)), False, True),
        (Progress(signs=("flood",), factors=("bled",)), False, False),
        (Progress(lost=True), False, False),
    ],
    ids=lambda one: repr(one),
)
def test_who_should_be_seen_today_gets_no_advice(
    boiler_faq: Faq, progress: Progress, mild: bool, advice: bool
) -> None:
    found = assess(boiler_faq, progress)
    assert (found.is_mild, found.has_advice, found.is_emergency) == (mild, advice, False)


def test_only_the_combination_that_raised_it_is_named(boiler_faq: Faq) -> None:
    assert assessed(boiler_faq, ["bang", "pressure"]).together == (
        "banging at low pressure can mean that it runs dry",
    )
    assert assessed(boiler_faq, ["bang", "pressure", "gas"]).together == ()
    assert assessed(boiler_faq, ["bang", "pressure", "flood"]).together == (
        "water and banging can mean that it bursts",
    )


def test_an_implied_sign_is_not_named_beside_its_own(boiler_faq: Faq) -> None:
    assert [sign.id for sign in assessed(boiler_faq, ["flood"]).signs] == ["flood"]
    assert [sign.id for sign in assessed(boiler_faq, ["drip"]).signs] == ["drip"]


def test_causes_are_those_ticked_else_the_usual_two(boiler_faq: Faq) -> None:
    def causes(*factors: str) -> list[str]:
        return [cause.intent for cause in likely_causes(boiler_faq, factors)]

    assert causes() == ["bleeding", "service"]
    assert causes("unserviced") == ["service"]
    assert causes("unserviced", "bled") == ["bleeding", "service"]
    assert causes("no_such_factor") == ["bleeding", "service"]


def test_most_ticks_come_first(faq: Faq) -> None:
    assert [c.intent for c in likely_causes(faq, ["caffeine", "medicine"])] == [
        "caffeine",
        "medication",
    ]


def test_signs_of_a_combination_reach_its_level(faq: Faq) -> None:
    for combination in faq.combinations:
        found = assessed(faq, combination.signs)
        assert found.level.id == combination.level
        alone = min(faq.rank(assessed(faq, [sign]).level.id) for sign in combination.signs)
        raised = faq.rank(combination.level) < alone
        assert found.together == ((combination.because,) if raised else ())
