"""Read a reply to one of the check's questions: yes, no, not sure, a choice among options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from intents.text import Token, clean, tokens


class Word(StrEnum):
    """What a short reply says by itself."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    BACK = "back"
    STOP = "stop"
    SKIP = "skip"


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in text.split(",") if part.strip())


_REPLIES: Final = {
    Word.STOP: _phrases("stop, cancel, quit, exit, end, stop it, leave it, forget it, no more questions, enough, abort"),
    Word.BACK: _phrases("back, go back, previous, undo, one back, last question, the question before, oops, wait go back"),
    Word.SKIP: _phrases(
        """skip, skip it, skip this, just answer, just answer me, just answer my question, answer my question,
        just tell me, answer please, just the answer, skip the questions, get on with it, next, skip all, pass"""
    ),
    Word.UNSURE: _phrases(
        """not sure, unsure, im not sure, not really sure, maybe, perhaps, possibly, idk, i dont know, dont know,
        dunno, no idea, not certain, hard to say, hard to tell, cant tell, could be, i guess, might be, no clue,
        kind of, kinda, sort of, sorta, a bit, a little, i think so, im unsure, not 100 sure, who knows, ?"""
    ),
    Word.NO: _phrases(
        """no, n, nope, nah, na, nop, none, none of them, none of these, none of those, none of that, no none,
        nope none, nah none, none at all, nothing, nothing like that, nothing at all, no nothing, not any, no to all,
        not at all, neither, no way, zero, nil, nein, non, nada, all good, all fine, im fine, i dont, i dont have any,
        i have none, dont have any, no i dont, none apply, none of those apply, none of these apply, no symptoms,
        no sir, no mam, no thanks, no thank you, none thanks, no none of them, no none of these, no none of those,
        none thank god, thankfully not, thankfully none, luckily not, nothing else, no other, nothing new, nothing different,
        not that i know of, not that i know, no not really, not really, same as always, as usual, no to everything"""
    ),
    Word.YES: _phrases(
        """yes, y, yeah, yep, yup, ya, yea, ye, yh, aye, si, ja, oui, sure, i do, i have, yes i do, yes i have, yes one,
        one of them, one of these, one of those, some, some of them, some of these, a few, at least one, yes one of them,
        yes one or more, one or more, yes some, definitely, of course, correct, true, affirmative, yes please, unfortunately yes"""
    ),
}
_SHORT: Final = 6  # words; in a longer reply the first word alone decides nothing
_ALL: Final = frozenset({"all", "everything", "every", "both"})
_EXCEPT: Final = re.compile(r"\b(?:except|but(?: not)?|apart from|other than|besides|without|not)\b")
_ORDINALS: Final = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "eighth": 7, "8th": 7,
}  # fmt: skip
_ONLY_POSITIONS: Final = frozenset(
    "the and or just only number no nr one ones option options answer tap i have yes also with & plus".split()
)
_PARENTHESES: Final = re.compile(r"\([^)]*\)")
_LABEL_NOISE: Final = frozenset(
    "a an the or and of to in on not no my your one new than usual little lately coming before after".split()
)


def read_word(text: str) -> Word | None:
    """Return what a short reply says; None when it is no such reply."""
    words = [t.word for t in tokens(clean(text))]
    folded = " ".join(words)
    for word, phrases in _REPLIES.items():
        if folded in phrases:
            return word
    if not 0 < len(words) <= _SHORT:
        return None
    for word in (Word.NO, Word.YES):
        if words[0] in _REPLIES[word] and " ".join(words[1:]) not in _REPLIES[Word.YES]:
            return word
    return None


def read_choices(text: str, options: Sequence[tuple[str, ...]]) -> frozenset[int] | None:
    """Return which options a reply picks, by position; None when it picks in no way we know.

    Each option is a tuple of texts that name it: its label and other words for it. Understood are
    numbers ("1 and 3", "the second"), names ("just the numb one"), "all" and "all except …".
    """
    found = tokens(clean(text))
    if not found:
        return None
    by_place = _positions(found, len(options))
    if by_place:
        return by_place
    words = [t.word for t in found]
    if words[0] in _ALL or words[:2] == ["all", "of"]:
        rest = _EXCEPT.split(text.casefold(), maxsplit=1)
        left_out = read_choices(rest[1], options) if len(rest) > 1 and rest[1].strip() else None
        return frozenset(range(len(options))) - (left_out or frozenset())
    return _named(found, options) or None


def _positions(found: Sequence[Token], count: int) -> frozenset[int]:
    """Return the options named by number; empty when other words stand there too."""
    chosen = set()
    for token in found:
        if token.word.isdigit():
            chosen.add(int(token.word) - 1)
        elif token.word in _ORDINALS:
            chosen.add(_ORDINALS[token.word])
        elif token.word == "last":
            chosen.add(count - 1)
        elif token.word not in _ONLY_POSITIONS:
            return frozenset()
    return frozenset(chosen) if chosen and all(0 <= n < count for n in chosen) else frozenset()


def _named(found: Sequence[Token], options: Sequence[tuple[str, ...]]) -> frozenset[int]:
    stems = {t.stem for t in found}
    folded = f" {' '.join(t.stem for t in found)} "
    chosen = set()
    for n, (label, *others) in enumerate(options):
        if _telling(label) & stems or any(f" {_folded(other)} " in folded for other in others):
            chosen.add(n)
    return frozenset(chosen)


def _telling(label: str) -> set[str]:
    """Return the stems of a label's own words, without what stands in parentheses."""
    found = tokens(clean(_PARENTHESES.sub(" ", label)))
    return {t.stem for t in found if t.word not in _LABEL_NOISE and len(t.word) > 2}


def _folded(text: str) -> str:
    return " ".join(t.stem for t in tokens(clean(text)))


