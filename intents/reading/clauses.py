"""The clauses of a message: a sign in half a sentence must not drown in the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from intents.reading.cues import word_set
from intents.reading.reading import Reading

MOST_CLAUSES: Final = 24  # read one by one; of a longer message those at both ends
SHORTEST_CLAUSE: Final = 2  # words; one by itself ("left") says nothing
_CLAUSE_WORDS: Final = word_set("but and n though then so also while plus")
_BREAK: Final = re.compile(r"[.;!?…\n,:()—]|\s[-–]+\s")


def clauses_of(reading: Reading) -> list[tuple[int, int]]:
    """Return where the clauses of a message begin and end."""
    words, cuts = reading.words, [0]
    for n in range(1, len(words)):
        before = words[n - 1].token
        gap = reading.text[before.end : words[n].token.start]
        opens = words[n].token.word in _CLAUSE_WORDS or before.word == "?"
        if opens or (gap != " " and _BREAK.search(gap)):
            cuts.append(n)
    found = list(pairwise([*cuts, len(words)]))
    if len(found) > MOST_CLAUSES:
        half = MOST_CLAUSES // 2
        found = found[:half] + found[-half:]
    return found


def readable(clauses: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the clauses that say something by themselves."""
    return [(start, end) for start, end in clauses if end - start >= SHORTEST_CLAUSE]


def spans_of(reading: Reading) -> list[tuple[int, int]]:
    """Return the whole message, its clauses, and each two that follow one another."""
    if not reading.words:
        return []
    clauses = clauses_of(reading)
    pairs = [(left[0], right[1]) for left, right in pairwise(clauses) if left[1] == right[0]]
    return list(dict.fromkeys([(0, len(reading.words)), *readable(clauses), *pairs]))
