"""What people type at a step of the check, labelled by people who had not seen the answers."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Reply, Say
from bot.dialogue.state import DOUBT, Progress, State
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from tests.conftest import NOW, QUESTIONS, utterance

# A length of time is no question of its own: it may be told where the signs are asked about.
STEPS: Final = {
    "emergency screen": "danger",
    "how long": "signs",
    "signs": "signs",
    "anything different": "lately",
    "doubt": DOUBT,
}
TAKEN_AS_MEANT: Final = {  # of all replies
    "seen.jsonl": 0.98,
    "kept.jsonl": 0.88,
    "many.jsonl": 0.9,
    "midnight.jsonl": 0.95,
    "midnight_kept.jsonl": 0.75,
}
YES: Final = "yes or not sure"


class Taken(NamedTuple):
    """What a reply was taken for: an emergency, an answer, or nothing (asked again)."""

    kind: str
    signs: frozenset[str] = frozenset()


def replies(name: str) -> list[dict[str, Any]]:
    lines = (QUESTIONS / "replies" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def taken(dialogue: Dialogue, faq: Faq, reply: dict[str, Any]) -> Taken:
    step = STEPS[reply["step"]]
    doubt = reply.get("sign", "chest_pain") if step == DOUBT else ""
    state = State(serial=1, check=Progress(step=step, doubt=doubt), at=NOW - 60)
    after, said = dialogue.step(state, utterance(reply["text"]))
    if any(isinstance(one, Say) and one.emergency for one in said):
        return Taken("emergency")
    if after.check is None:
        return Taken("answer")
    again = {step, "danger", DOUBT} - ({"danger"} if step == DOUBT else set())
    signs = frozenset(
        sign
        for option in (faq.check.options(after.check.picked) if faq.check else ())
        for sign in option.signs
    )
    if step == DOUBT and after.check.step == "danger" and not _is_new(faq, said):
        return Taken("again")
    if after.check.step not in again:
        return Taken("answer", signs)
    return Taken("answer" if _holds(faq, said, "noted_time") else "again", signs)


def is_as_meant(found: Taken, reply: dict[str, Any]) -> bool:
    means = reply["means"]
    if isinstance(means, list):
        return found.kind != "emergency" and found.signs >= set(means)
    if means == YES:
        return found.kind == "emergency"
    if reply["step"] == "signs":
        is_open = means == "not known"  # it goes on as not known, or asks again
        return found.kind != "emergency" and (is_open or found == Taken("answer"))
    return found.kind == "answer"


def _is_new(faq: Faq, said: tuple[Reply, ...]) -> bool:
    """Tell whether the question that follows is the next one, and no suspicion."""
    return not _holds(faq, said, "suspected")


def _holds(faq: Faq, said: tuple[Reply, ...], name: str) -> bool:
    sentence = Wording(faq).say(name)
    return any(isinstance(one, Say) and sentence in one.text for one in said)


@pytest.mark.parametrize("name", TAKEN_AS_MEANT)
def test_no_doubt_about_an_emergency_passes_for_none(
    dialogue: Dialogue, faq: Faq, name: str
) -> None:
    doubts = [r for r in replies(name) if r["means"] == YES]
    assert doubts
    assert [r["text"] for r in doubts if taken(dialogue, faq, r).kind == "answer"] == []


def test_what_was_different_and_how_long_is_no_emergency(dialogue: Dialogue, faq: Faq) -> None:
    others = [r for r in replies("seen.jsonl") if STEPS[r["step"]] != "danger"]
    assert others
    assert [r["text"] for r in others if taken(dialogue, faq, r).kind == "emergency"] == []


@pytest.mark.parametrize("name", TAKEN_AS_MEANT)
def test_most_replies_are_taken_as_meant(dialogue: Dialogue, faq: Faq, name: str) -> None:
    right = [is_as_meant(taken(dialogue, faq, reply), reply) for reply in replies(name)]
    assert sum(right) >= TAKEN_AS_MEANT[name] * len(right)
