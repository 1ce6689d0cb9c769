"""Signs said in plain words, alone and inside messages: above all no emergency is missed."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

import pytest

from intents.screening import meets_emergency
from intents.understanding import Understanding, Understood
from tests.conftest import QUESTIONS

PLAIN: Final = QUESTIONS / "plain"
EMERGENCY: Final = "emergency"
# The share of the signs said that must be named; what is not named is asked about.
# Of lesser signs precision counts first: what is not named is asked about in the check anyway.
NAMED_ALONE: Final = 0.97
LESSER_ALONE: Final = 0.90
NAMED_IN_MESSAGES: Final = 0.80
NAMED_EMERGENCIES: Final = 0.93  # one of no kind that can be told is asked about instead

Told = tuple[dict[str, Any], Understood]


@pytest.fixture(name="statements", scope="module")
def _statements() -> list[dict[str, Any]]:
    lines = (PLAIN / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(name="in_messages", scope="module")
def _in_messages(understanding: Understanding, statements: list[dict[str, Any]]) -> list[Told]:
    frames = (PLAIN / "frames.txt").read_text(encoding="utf-8").splitlines()
    return [
        (one, understanding.understand(frame.format(one["text"])))
        for one in statements
        for frame in frames
    ]


def share_named(told: list[Told], wanted: bool) -> float:
    """Return the share of emergencies, or of other signs, that were named."""
    named: Counter[bool] = Counter()
    for one, understood in told:
        found = {sign.id for sign in understood.signs.found}
        for sign in one["warnings"]:
            if (sign == EMERGENCY) is wanted:
                named[sign in found] += 1
    return named[True] / named.total()


def test_alone_nearly_every_sign_is_named(
    understanding: Understanding, statements: list[dict[str, Any]]
) -> None:
    told = [(one, understanding.understand(one["text"])) for one in statements]
    assert share_named(told, wanted=True) >= NAMED_ALONE
    assert share_named(told, wanted=False) >= LESSER_ALONE


def test_every_emergency_is_met_in_any_message(
    understanding: Understanding, in_messages: list[Told]
) -> None:
    unmet = [
        understood.reading.text
        for one, understood in in_messages
        if EMERGENCY in one["warnings"] and not meets_emergency(understanding.faq, understood)
    ]
    assert unmet == []


@pytest.mark.parametrize("joint", [" — ", " – ", "… ", "...", "\n"], ids=repr)
def test_emergencies_are_named_however_sentences_are_joined(
    understanding: Understanding, statements: list[dict[str, Any]], joint: str
) -> None:
    """Phones turn three dots into one sign and two hyphens into a dash."""
    frames = (PLAIN / "frames.txt").read_text(encoding="utf-8").splitlines()
    told = [
        (one, understanding.understand(frame.replace(". ", joint).format(one["text"])))
        for one in statements[::3]
        if EMERGENCY in one["warnings"]
        for frame in frames
        if ". " in frame
    ]
    assert share_named(told, wanted=True) >= NAMED_EMERGENCIES
    assert all(meets_emergency(understanding.faq, understood) for _, understood in told)


def test_most_signs_are_named_in_any_message(in_messages: list[Told]) -> None:
    assert share_named(in_messages, wanted=True) >= NAMED_EMERGENCIES
    assert share_named(in_messages, wanted=False) >= NAMED_IN_MESSAGES
