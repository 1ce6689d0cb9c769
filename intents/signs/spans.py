"""The stretches of a message that are judged for signs: the whole, its clauses, pairs of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from intents.reading.clauses import Span
from intents.reading.reading import Reading

MOST_CLAUSES: Final = 24  # read one by one; of a longer message those at both ends
SHORTEST_CLAUSE: Final = 2  # words; one by itself ("left") says nothing


def readable(reading: Reading) -> list[Span]:
    """Return the clauses that say something by themselves."""
    return [(start, end) for start, end in _at_the_ends(reading) if end - start >= SHORTEST_CLAUSE]


def spans_of(reading: Reading) -> list[Span]:
    """Return the whole message, its clauses, and each two that follow one another."""
    if not reading.words:
        return []
    pairs = [
        (left[0], right[1])
        for left, right in pairwise(_at_the_ends(reading))
        if left[1] == right[0]
    ]
    return list(dict.fromkeys([(0, len(reading.words)), *readable(reading), *pairs]))


def _at_the_ends(reading: Reading) -> list[Span]:
    """Return the clauses, of an overlong message the first and the last of them."""
    half = MOST_CLAUSES // 2
    clauses = list(reading.clauses)
    return clauses if len(clauses) <= MOST_CLAUSES else clauses[:half] + clauses[-half:]
