"""Decide for each word of a message whether it is affirmed of the patient, now.

The ConText algorithm (Harkema et al. 2009): cue phrases mark the words after (or before) them, up to
the end of their scope, as negated, over, past, somebody else's, or asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Flag, auto
from typing import Final

from intents import cues
from intents.text import Token

_REACH: Final = 7  # words that a negation covers when nothing ends its scope before
_LIST_ITEM: Final = 4  # words; a longer stretch after a comma is a clause of its own
_CLAUSE: Final = re.compile(r"[.;!?\n()]|\s[-–—]+\s|\.\.")  # noqa: RUF001
_NOT_IN_LISTS: Final = frozenset(
    "i im ive my mine me it its is are was were has have had he she they the got get gets just only".split()
)
_LONGEST_CUE: Final = 4


class Context(Flag):
    """What keeps a word from being affirmed; no flag at all means that it is."""

    AFFIRMED = 0
    NEGATED = auto()
    OVER = auto()
    PAST = auto()
    OTHER = auto()
    ASKED = auto()


def contexts(text: str, tokens: Sequence[Token]) -> list[Context]:
    """Return the context of each word."""
    words = [token.word for token in tokens]
    flags = [Context.AFFIRMED] * len(words)
    breaks = _breaks(text, tokens)
    starts = [0, *[n for n, mark in enumerate(breaks) if mark == "clause"], len(words)]
    for start, end in zip(starts, starts[1:], strict=False):
        if start < end:
            _mark_clause(words, breaks, flags, start, end)
    _mark_others(words, starts, flags)
    return flags


def _breaks(text: str, tokens: Sequence[Token]) -> list[str]:
    """Tell what stands before each word: "clause", "comma" or nothing."""
    found = []
    for n, token in enumerate(tokens):
        between = text[tokens[n - 1].end : token.start] if n else ""
        ended = n > 0 and tokens[n - 1].word == "?"
        if ended or _CLAUSE.search(between):
            found.append("clause")
        else:
            found.append("comma" if re.search("[,/:]", between) else "")
    return found


def _cue(words: Sequence[str], at: int, end: int, *lists: frozenset[tuple[str, ...]]) -> int:
    """Return how many words of the longest cue of these lists stand here; 0 for none."""
    for length in range(min(_LONGEST_CUE, end - at), 0, -1):
        phrase = tuple(words[at : at + length])
        if any(phrase in phrases for phrases in lists):
            return length
    return 0


def _mark_clause(
    words: Sequence[str], breaks: Sequence[str], flags: list[Context], start: int, end: int
) -> None:
    at = start
    asked = _is_question(words, start, end)
    while at < end:
        pseudo = _cue(words, at, end, cues.PSEUDO_NEGATION)
        negation = _cue(words, at, end, cues.NEGATION)
        if pseudo and pseudo >= negation:
            at += pseudo
            continue
        if negation:
            for n in _scope(words, breaks, at + negation, end):
                flags[n] |= Context.NEGATED
            if at + negation == end or breaks[at + negation]:  # "swelling no, pain yes"
                _mark_before(words, flags, start, at, Context.NEGATED)
        if length := _cue(words, at, end, cues.NEGATED_BEFORE):
            if at + length == end or breaks[at + length]:
                _mark_before(words, flags, start, at, Context.NEGATED)
        if _cue(words, at, end, cues.OVER):
            _mark_before(words, flags, start, at, Context.OVER)
        if _cue(words, at, end, cues.PAST):
            for n in range(start, end):
                flags[n] |= Context.PAST
        if asked or _cue(words, at, end, cues.ASKED):
            flags[at] |= Context.ASKED
            for n in _scope(words, breaks, at, end, reach=12):
                flags[n] |= Context.ASKED
        at += max(negation, 1)


def _scope(
    words: Sequence[str], breaks: Sequence[str], start: int, end: int, reach: int = _REACH
) -> Iterator[int]:
    """Yield the words that a cue before them covers; a list goes on over its commas."""
    for n in range(start, min(end, start + reach * 3)):
        if _cue(words, n, end, cues.SCOPE_END):
            return
        if breaks[n] == "comma" and not _is_list_item(words, breaks, n, end):
            return
        if n - start >= reach and not breaks[n]:
            return
        yield n


def _is_list_item(words: Sequence[str], breaks: Sequence[str], at: int, end: int) -> bool:
    """Tell whether a short stretch without a verb or subject of its own begins here."""
    stop = next((n for n in range(at + 1, end) if breaks[n]), end)
    return stop - at <= _LIST_ITEM and not _NOT_IN_LISTS & set(words[at:stop])


def _mark_before(
    words: Sequence[str], flags: list[Context], start: int, at: int, flag: Context
) -> None:
    for n in range(at - 1, max(start, at - _REACH) - 1, -1):
        if _cue(words, n, at, cues.SCOPE_END):
            return
        flags[n] |= flag


def _is_question(words: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a clause asks in general: a question without a word about the writer."""
    if words[end - 1] != "?" and _cue(words, start, end, cues.ASKED) == 0:
        return False
    return not any((word,) in cues.SELF for word in words[start:end])


def _mark_others(words: Sequence[str], starts: Sequence[int], flags: list[Context]) -> None:
    """Mark clauses about somebody else, until one in which the writer speaks of themselves."""
    everywhere = range(len(words))
    if any(_cue(words, n, len(words), cues.WARDS) for n in everywhere):
        return
    about_other = False
    for start, end in zip(starts, starts[1:], strict=False):
        if any(_cue(words, n, end, cues.OTHERS) for n in range(start, end)):
            about_other = True
        elif any((word,) in cues.SELF for word in words[start:end]):
            about_other = False
        if about_other:
            for n in range(start, end):
                flags[n] |= Context.OTHER
