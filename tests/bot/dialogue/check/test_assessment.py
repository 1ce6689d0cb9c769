"""From answers to a level."""

from __future__ import annotations

import pytest

from bot.dialogue.check.assessment import assess, likely_causes
from intents.content.faq import Faq
from intents.content.loader import load
from tests.conftest import SMALL, TODAY


@pytest.fixture(name="boiler", scope="module")
def _boiler() -> Faq:
    return load(SMALL.with_name("boiler.yaml"), TODAY)


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
def test_the_most_serious_decides(boiler: Faq, signs: list[str], level: str) -> None:
    assert assess(boiler, signs).level.id == level


def test_not_sure_is_one_level_up_and_never_down(boiler: Faq) -> None:
    assert assess(boiler, [], unsure=True).level.id == "week"
    assert assess(boiler, ["flood"], unsure=True).level.id == "today"


def test_only_the_combination_that_raised_it_is_named(boiler: Faq) -> None:
    assert assess(boiler, ["bang", "pressure"]).together == (
        "banging at low pressure can mean that it runs dry",
    )
    assert assess(boiler, ["bang", "pressure", "gas"]).together == ()
    assert assess(boiler, ["bang", "pressure", "flood"]).together == (
        "water and banging can mean that it bursts",
    )


def test_an_implied_sign_is_not_named_beside_its_own(boiler: Faq) -> None:
    assert [sign.id for sign in assess(boiler, ["flood"]).signs] == ["flood"]
    assert [sign.id for sign in assess(boiler, ["drip"]).signs] == ["drip"]


def test_causes_are_those_ticked_else_the_usual_two(boiler: Faq) -> None:
    def causes(*factors: str) -> list[str]:
        return [cause.intent for cause in likely_causes(boiler, factors)]

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
        found = assess(faq, combination.signs)
        assert found.level.id == combination.level
        alone = min(faq.rank(assess(faq, [sign]).level.id) for sign in combination.signs)
        raised = faq.rank(combination.level) < alone
        assert found.together == ((combination.because,) if raised else ())
