"""From answers to a level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.dialogue.check.assessment import (
    Assessment,
    assess,
    first_that_is_no_emergency,
    likely_causes,
)
from bot.dialogue.state import Progress
from intents.content.check import Option
from intents.content.faq import Faq


def assessed(faq: Faq, signs: Iterable[str]) -> Assessment:
    """Return what signs mean that were told."""
    return assess(faq, Progress(told=tuple(signs)))


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


@pytest.mark.parametrize(
    ("picked", "level"),
    [
        ((), "self"),
        (("bled",), "self"),
        (("low",), "week"),
        (("water", "drips"), "today"),
        (("low", "bangs"), "today"),
        (("low", "smell"), "emergency"),
        (("longer",), "week"),
        (("gone",), "self"),
    ],
)
def test_picked_options_mean_their_signs(
    boiler_faq: Faq, picked: tuple[str, ...], level: str
) -> None:
    assert assess(boiler_faq, Progress(picked=picked)).level.id == level


def test_an_option_may_mean_a_level_by_itself(boiler_faq: Faq) -> None:
    assert boiler_faq.check
    step = replace(boiler_faq.check.steps[1], options=(Option("hot", "Hot", level="today"),))
    faq = replace(boiler_faq, check=replace(boiler_faq.check, steps=(step,)))
    found = assess(faq, Progress(picked=("hot",)))
    assert (found.level.id, found.signs) == ("today", ())


def test_not_sure_is_one_level_up_and_never_down(boiler_faq: Faq) -> None:
    assert assess(boiler_faq, Progress(unsure=True)).level.id == "week"
    assert assess(boiler_faq, Progress(picked=("water",), unsure=True)).level.id == "today"


def test_so_is_a_lost_answer(boiler_faq: Faq) -> None:
    assert assess(boiler_faq, Progress(lost=True)).level.id == "week"
    assert assess(boiler_faq, Progress(picked=("water",), lost=True)).level.id == "today"


@pytest.mark.parametrize(
    ("floor", "picked", "level"),
    [
        ("today", (), "today"),
        ("today", ("low",), "today"),
        ("week", ("water",), "today"),
        ("gone", (), "self"),
    ],
)
def test_nothing_milder_than_the_floor_is_told(
    boiler_faq: Faq, floor: str, picked: tuple[str, ...], level: str
) -> None:
    assert assess(boiler_faq, Progress(floor=floor, picked=picked)).level.id == level


def test_told_ticked_and_lasting_count_together(boiler_faq: Faq) -> None:
    found = assess(boiler_faq, Progress(told=("flood",), picked=("bangs", "longer")))
    assert found.is_emergency
    assert [sign.id for sign in found.signs] == ["flood", "bang", "lasting"]


@pytest.mark.parametrize(
    ("progress", "mild"),
    [
        (Progress(), True),
        (Progress(picked=("bled", "hours", "is_let")), True),
        (Progress(picked=("drips",)), False),
        (Progress(picked=("is_old",)), False),
        (Progress(floor="week"), False),
        (Progress(unsure=True), False),
        (Progress(lost=True), False),
    ],
    ids=lambda one: repr(one),
)
def test_it_is_mild_where_nothing_is_a_reason_to_be_seen(
    boiler_faq: Faq, progress: Progress, mild: bool
) -> None:
    assert assess(boiler_faq, progress).is_mild == mild


class TestRisks:
    def test_a_ticked_and_a_told_risk_are_one(self, boiler_faq: Faq) -> None:
        found = assess(boiler_faq, Progress(risks=("rented", "gone"), picked=("is_let", "is_old")))
        assert [risk.id for risk in found.risks] == ["old", "rented"]

    def test_it_lifts_the_mildest_level(self, boiler_faq: Faq) -> None:
        found = assess(boiler_faq, Progress(risks=("old",)))
        assert (found.level.id, found.is_lifted) == ("week", True)

    def test_it_lowers_none(self, boiler_faq: Faq) -> None:
        found = assess(boiler_faq, Progress(risks=("old",), picked=("water",)))
        assert (found.level.id, found.is_lifted) == ("today", False)

    def test_one_without_a_level_lifts_nothing(self, boiler_faq: Faq) -> None:
        found = assess(boiler_faq, Progress(risks=("rented",)))
        assert (found.level.id, found.is_lifted) == ("self", False)

    def test_what_harms_with_a_sign_or_a_risk(self, boiler_faq: Faq) -> None:
        found = assess(boiler_faq, Progress(risks=("old",), picked=("water",)))
        assert found.is_harmed_by(("gas", "old"))
        assert found.is_harmed_by(("flood",))
        assert not found.is_harmed_by(("gas", "rented"))
        assert not found.is_harmed_by(())

    def test_so_does_a_sign_that_another_implies(self, boiler_faq: Faq) -> None:
        """Water that runs out drips as well, though only the first is named."""
        found = assess(boiler_faq, Progress(picked=("water",)))
        assert found.is_harmed_by(("drip",))


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


def test_who_has_no_emergency_any_more_is_seen_soonest_of_the_others(
    boiler_faq: Faq, caring_faq: Faq
) -> None:
    assert first_that_is_no_emergency(boiler_faq) == "today"
    assert first_that_is_no_emergency(caring_faq) == "today"
    assert first_that_is_no_emergency(replace(boiler_faq, levels=boiler_faq.levels[:1])) == ""


def test_causes_that_were_ticked_come_before_the_usual_ones(boiler_faq: Faq) -> None:
    def causes(*picked: str) -> list[str]:
        return [cause.intent for cause in likely_causes(boiler_faq, picked)]

    assert causes() == ["bleeding", "service", "age"]
    assert causes("unserviced") == ["service", "bleeding", "age"]
    assert causes("unserviced", "bled") == ["bleeding", "service", "age"]
    assert causes("no_such_option", "drips") == ["bleeding", "service", "age"]


def test_a_sign_that_is_only_likely_raises_the_level_and_is_no_reason(boiler_faq: Faq) -> None:
    found = assess(boiler_faq, Progress(likely=("flood",)))
    assert (found.level.id, found.signs) == ("today", ())


def test_signs_of_a_combination_reach_its_level(faq: Faq) -> None:
    for combination in faq.combinations:
        signs = [id for id in combination.signs if faq.sign(id)]
        risks = tuple(combination.signs - {*signs})
        found = assess(faq, Progress(told=tuple(signs), risks=risks))
        assert found.level.id == combination.level
        alone = min(faq.rank(assessed(faq, [sign]).level.id) for sign in signs)
        raised = faq.rank(combination.level) < alone
        assert found.together == ((combination.because,) if raised else ())
