"""What people type at a step of the check, labelled by people who had not seen the answers."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Say
from bot.dialogue.state import Progress, State, Step
from tests.conftest import NOW, QUESTIONS, utterance

STEPS: Final = {
    "emergency screen": Step.HAZARD,
    "how long": Step.DURATION,
    "anything different": Step.FACTORS,
}
TAKEN_AS_MEANT: Final = {"seen.jsonl": 0.70, "kept.jsonl": 0.50}  # of all replies


def replies(name: str) -> list[dict[str, Any]]:
    lines = (QUESTIONS / "replies" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def taken(dialogue: Dialogue, reply: dict[str, Any]) -> str:
    """Return what a reply was taken for: an emergency, an answer, or nothing (asked again)."""
    step = STEPS[reply["step"]]
    state = State(serial=1, check=Progress(step=step), at=NOW - 60)
    after, said = dialogue.step(state, utterance(reply["text"]))
    if any(isinstance(one, Say) and one.emergency for one in said):
        return "emergency"
    return "answer" if after.check is None or after.check.step != step else "again"


@pytest.mark.parametrize("name", ["seen.jsonl", "kept.jsonl"])
def test_no_doubt_about_an_emergency_passes_for_none(dialogue: Dialogue, name: str) -> None:
    doubts = [r for r in replies(name) if r["means"] == "yes or not sure"]
    assert doubts
    assert [r["text"] for r in doubts if taken(dialogue, r) == "answer"] == []


@pytest.mark.parametrize("name", ["seen.jsonl", "kept.jsonl"])
def test_most_replies_are_taken_as_meant(dialogue: Dialogue, name: str) -> None:
    right: Counter[bool] = Counter()
    for reply in replies(name):
        wanted = "emergency" if reply["means"] == "yes or not sure" else "answer"
        right[taken(dialogue, reply) == wanted] += 1
    assert right[True] >= TAKEN_AS_MEANT[name] * right.total()
