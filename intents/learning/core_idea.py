"""Which concept a content is about, told from its own messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from math import log

Concepts = Collection[str]


def core_idea(examples: Sequence[Concepts], others: Sequence[Concepts]) -> str:
    """Return the concept that tells a content's messages best from others; empty for none.

    It stands in many of them and is rare elsewhere: its share, times the logarithm of how much it
    is raised, is the highest. Each message is given by the concepts in it.
    """
    if not others:
        return ""
    inside, outside = _shares(examples), _shares(others)
    never = 1 / (len(others) + 1)
    found = {one: share * log(share / outside.get(one, never)) for one, share in inside.items()}
    best = max(found, key=lambda one: found[one], default="")
    return best if found.get(best, 0.0) > 0 else ""


def _shares(messages: Sequence[Concepts]) -> dict[str, float]:
    """Return in which share of some messages each concept stands, one message added to all."""
    counts = Counter(concept for message in messages for concept in set(message))
    return {concept: (count + 1) / (len(messages) + 1) for concept, count in counts.items()}
