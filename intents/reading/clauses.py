"""The one place where a message is cut: into sentences, and these into clauses.

All who read a message read it by these cuts: what a negation covers, where a question begins, what
belongs to a length of time, which half of a sentence tells a sign.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Final, NamedTuple

from intents.reading.text import QUESTION_MARK, Token

Span = tuple[int, int]  # words of a message by position, end excluded

_DASH: Final = re.compile(r"\s[-–]+\s|—")
_ABBREVIATION: Final = 1  # letters before a point that ends no sentence: "p.m", "e.g"


class Break(IntEnum):
    """How strongly two neighbouring words are parted."""

    NONE = 0
    ITEM = 1  # a stroke: items of a list
    COMMA = 2
    ASIDE = 3  # a parenthesis
    SENTENCE = 4  # the end of a sentence or a line, dashes and three dots among them


_STRENGTH: Final = {
    **dict.fromkeys("/", Break.ITEM),
    **dict.fromkeys(",:،、", Break.COMMA),
    **dict.fromkeys("()[]", Break.ASIDE),
    **dict.fromkeys(".!;…\n\r。؛¡¿", Break.SENTENCE),
}


class Cuts(NamedTuple):
    """Where a message is cut; `breaks` tells of each word how it is parted from the one before."""

    breaks: tuple[Break, ...]
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]


def cut(
    text: str,
    tokens: Sequence[Token],
    opens_clause: frozenset[str],
    parted: Collection[int] = (),
) -> Cuts:
    """Cut a message at its punctuation, and before the words with which a clause opens.

    Before the words `parted` stands a sign that parts like the end of a sentence.
    """
    if not tokens:
        return Cuts((), (), ())
    breaks = [Break.NONE]
    for before, after in pairwise(tokens):
        together = text[before.end : after.start] == " " and before.word != QUESTION_MARK
        breaks.append(Break.NONE if together else _between(text, before, after))
    for n in parted:
        if 0 < n < len(breaks):
            breaks[n] = Break.SENTENCE
    sentences = [n for n, found in enumerate(breaks) if found is Break.SENTENCE]
    clauses = [
        n
        for n, found in enumerate(breaks)
        if n and ((found and found >= Break.COMMA) or tokens[n].word in opens_clause)
    ]
    end = len(tokens)
    return Cuts(
        tuple(breaks),
        tuple(pairwise([0, *sentences, end])),
        tuple(pairwise([0, *clauses, end])),
    )


def stretch(words: Sequence[str], cuts: Sequence[Break], at: int, turns: frozenset[str]) -> Span:
    """Return what stands round a word between commas, ends of sentences and words that turn it.

    A wider piece than a clause: "and", "then" do not end it, nor does a parenthesis.
    """

    def ends(n: int) -> bool:
        return cuts[n] in (Break.COMMA, Break.SENTENCE) or words[n] in turns

    start = next((n for n in range(at, 0, -1) if ends(n)), 0)
    end = next((n for n in range(at + 1, len(words)) if ends(n)), len(words))
    return start, end


def _between(text: str, before: Token, after: Token) -> Break:
    """Return how two neighbours are parted."""
    if before.word == QUESTION_MARK:
        return Break.SENTENCE if after.word != QUESTION_MARK else Break.NONE
    gap = text[before.end : after.start]
    if gap in ("", " "):
        return Break.NONE
    if gap == "." and before.end - before.start == _ABBREVIATION:
        return Break.NONE
    if _DASH.search(gap):
        return Break.SENTENCE
    return max((_STRENGTH.get(sign, Break.NONE) for sign in gap), default=Break.NONE)
