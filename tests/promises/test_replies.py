"""What people type at a step of the check, labelled by people who had not seen the answers."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Reply, Say
from bot.dialogue.state import DOUBT, Progress, State
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from tests.conftest import NOW, QUESTIONS, utterance

# A length of time is no question of its own: it may be told where the signs are asked about.
STEPS: Final = {"emergency screen": "danger", "how long": "signs", "anything different": "lately"}
TAKEN_AS_MEANT: Final = {"seen.jsonl": 0.95, "kept.jsonl": 0.70}  # of all replies


def replies(name: str) -> list[dict[str, Any]]:
    lines = (QUESTIONS / "replies" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def taken(dialogue: Dialogue, faq: Faq, reply: dict[str, Any]) -> str:
    """Return what a reply was taken for: an emergency, an answer, or nothing (asked again)."""
    step = STEPS[reply["step"]]
    state = State(serial=1, check=Progress(step=step), at=NOW - 60)
    after, said = dialogue.step(state, utterance(reply["text"]))
    if any(isinstance(one, Say) and one.emergency for one in said):
        return "emergency"
    if after.check is None or after.check.step not in (step, "danger", DOUBT):
        return "answer"
    return "answer" if _is_noted(faq, said) else "again"


def _is_noted(faq: Faq, said: tuple[Reply, ...]) -> bool:
    """Tell whether a length of time was taken, though it raises no level."""
    noted = Wording(faq).say("noted_time")
    return any(isinstance(one, Say) and noted in one.text for one in said)


@pytest.mark.parametrize("name", ["seen.jsonl", "kept.jsonl"])
def test_no_doubt_about_an_emergency_passes_for_none(
    dialogue: Dialogue, faq: Faq, name: str
) -> None:
    doubts = [r for r in replies(name) if r["means"] == "yes or not sure"]
    assert doubts
    assert [r["text"] for r in doubts if taken(dialogue, faq, r) == "answer"] == []


def test_what_was_different_and_how_long_is_no_emergency(dialogue: Dialogue, faq: Faq) -> None:
    others = [r for r in replies("seen.jsonl") if STEPS[r["step"]] != "danger"]
    assert others
    assert [r["text"] for r in others if taken(dialogue, faq, r) == "emergency"] == []


@pytest.mark.parametrize("name", ["seen.jsonl", "kept.jsonl"])
def test_most_replies_are_taken_as_meant(dialogue: Dialogue, faq: Faq, name: str) -> None:
    right: Counter[bool] = Counter()
    for reply in replies(name):
        wanted = "emergency" if reply["means"] == "yes or not sure" else "answer"
        right[taken(dialogue, faq, reply) == wanted] += 1
    assert right[True] >= TAKEN_AS_MEANT[name] * right.total()
