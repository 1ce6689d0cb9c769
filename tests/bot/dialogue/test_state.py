"""What is kept between two messages."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.state import Alarm, Progress, State

CHECK = Progress(
    step="signs",
    doubt="gas",
    asked=("age",),
    guesses=("why", "service"),
    told=("lasting",),
    picked=("drips", "low"),
    read=("low",),
    risks=("old",),
    shown=("danger", "signs"),
    floor="week",
    of_other=True,
    only_danger=True,
    unsure=True,
    lost=True,
)
FULL = State(
    serial=7,
    check=CHECK,
    result=Progress(picked=("drips",)),
    alarm=Alarm(("gas",), 3.5, ("age",), ("why",), of_other=True),
    checked_at=1.5,
    at=2.5,
    topic="service",
    offered=("age", "why"),
)
# What the version before this one kept.
OLD = """{"serial":7,"check":{"step":"signs","asked":["age"],"told":["drip"],"mentioned":["gas"],
"signs":["flood"],"duration":"days","known_duration":true,"factors":["bled"],"unsure":true,
"lost":false,"brief":true},"checked_at":1.5,"at":5,"topic":"service"}"""


@pytest.mark.parametrize("state", [State(), FULL], ids=["empty", "full"])
def test_it_comes_back_as_it_was(state: State) -> None:
    assert State.from_json(state.to_json()) == state


def test_only_what_differs_from_an_empty_one_is_written() -> None:
    assert State().to_json() == "{}"
    assert State(check=Progress(step="signs")).to_json() == '{"check":{"step":"signs"}}'


def test_one_of_an_earlier_version_is_read() -> None:
    """Its signs are kept as told: a step of the check that ticks them may not be there."""
    assert State.from_json(OLD) == State(
        serial=7,
        check=Progress(step="signs", asked=("age",), told=("drip", "flood"), unsure=True),
        checked_at=1.5,
        at=5.0,
        topic="service",
    )


def test_one_before_topics_and_lost_answers_is_read() -> None:
    older = '{"serial":2,"check":{"step":"pets","told":["drip"]},"checked_at":0.0,"at":5}'
    assert State.from_json(older) == State(
        serial=2, check=Progress(step="pets", told=("drip",)), at=5.0
    )


def test_a_check_that_names_no_step_has_none_open() -> None:
    assert State.from_json('{"check":{}}') == State(check=Progress())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("serial", True), ("serial", "7"), ("at", "now"), ("topic", None), ("check", 5)),
        *(("checked_at", False), ("check", {"step": 1}), ("result", {"step": 1}), ("alarm", 5)),
        *(("alarm", {"at": "now"}), ("alarm", {"signs": "gas"}), ("alarm", {"of_other": 1})),
        *(("alarm", {"asked": [1]}), ("offered", "age"), ("offered", [None])),
    ],
)
def test_a_damaged_one_is_empty(field: str, value: object) -> None:
    raw = json.loads(FULL.to_json())
    assert State.from_json(json.dumps({**raw, field: value})) == State()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("step", 1), ("doubt", None), ("told", "drip"), ("told", [1]), ("picked", None)),
        *(("signs", None), ("floor", 2), ("unsure", None), ("lost", 1), ("of_other", "no")),
    ],
)
def test_so_is_one_with_a_damaged_check(field: str, value: object) -> None:
    raw = json.loads(FULL.to_json())
    raw["check"][field] = value
    assert State.from_json(json.dumps(raw)) == State()


@pytest.mark.parametrize("text", ["", "{", "5", "null", "[5]", "[" * 100_000])
def test_what_is_no_state_is_an_empty_one(text: str) -> None:
    assert State.from_json(text) == State()


def test_the_number_of_keyboards_starts_anew_after_ten_thousand() -> None:
    assert State(serial=7).renewed() == State(serial=8)
    assert State(serial=9999).renewed() == State()


def test_after_an_emergency_only_that_and_the_number_are_kept() -> None:
    alarm = Alarm(("alarm",))
    assert FULL.alarmed(alarm) == State(serial=8, alarm=alarm)
