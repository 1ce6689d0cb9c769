"""What is kept between two messages."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.state import Progress, State, Step

FULL = State(
    serial=7,
    check=Progress(
        step=Step.FACTORS,
        asked=("age",),
        told=("drip",),
        mentioned=("bang",),
        signs=("flood",),
        duration="days",
        known_duration=True,
        factors=("bled",),
        unsure=True,
        lost=True,
        brief=True,
    ),
    checked_at=1.5,
    at=2.5,
    topic="service",
)
OLD = """{"serial":7,"check":{"step":"signs","asked":[],"told":["drip"],"mentioned":[],"signs":[],
"duration":"","known_duration":false,"factors":[],"unsure":false,"brief":false},
"checked_at":0.0,"at":5}"""


@pytest.mark.parametrize("state", [State(), FULL], ids=["empty", "full"])
def test_it_comes_back_as_it_was(state: State) -> None:
    assert State.from_json(state.to_json()) == state


def test_one_of_an_earlier_version_is_read() -> None:
    """It knew of no topic and of no lost answers."""
    assert State.from_json(OLD) == State(
        serial=7, check=Progress(step=Step.SIGNS, told=("drip",)), at=5.0
    )


def test_a_step_of_another_version_is_no_reason_to_lose_what_was_told() -> None:
    state = State.from_json(OLD.replace('"signs","asked"', '"pets","asked"'))
    assert state.check == Progress(step="pets", told=("drip",))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("serial", True), ("serial", "7"), ("at", "now"), ("topic", None), ("check", 5)),
        *(("checked_at", False), ("check", {}), ("check", {"step": 1})),
    ],
)
def test_a_damaged_one_is_empty(field: str, value: object) -> None:
    raw = json.loads(FULL.to_json())
    assert State.from_json(json.dumps({**raw, field: value})) == State()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("step", 1), ("told", "drip"), ("told", [1]), ("signs", None), ("duration", None)),
        *(("known_duration", 0), ("unsure", None), ("lost", 1), ("brief", "no")),
    ],
)
def test_so_is_one_with_a_damaged_check(field: str, value: object) -> None:
    raw = json.loads(FULL.to_json())
    raw["check"][field] = value
    assert State.from_json(json.dumps(raw)) == State()


def test_the_number_of_keyboards_starts_anew_after_ten_thousand() -> None:
    assert State(serial=7).renewed() == State(serial=8)
    assert State(serial=9999).renewed() == State()


def test_after_an_emergency_only_that_number_is_kept() -> None:
    assert FULL.ended() == State(serial=8)
