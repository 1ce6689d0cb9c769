"""Short replies to one of the check's questions: yes, no, not sure, done, back, stop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from intents.reading.text import clean, tokens


class Word(StrEnum):
    """What a short reply says by itself."""

    YES = "yes"
    NO = "no"
    SAME = "same"  # nothing has changed
    UNSURE = "unsure"
    DONE = "done"
    BACK = "back"
    STOP = "stop"
    SKIP = "skip"


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in text.split(",") if part.strip())


_REPLIES: Final = {
    Word.STOP: _phrases(
        """stop, cancel, quit, exit, end, stop it, leave it, forget it, no more questions, enough,
        abort, stop asking, stop the check, cancel the check, i want to stop"""
    ),
    Word.BACK: _phrases(
        """back, go back, previous, undo, one back, last question, the question before, oops,
        wait go back, go back please, back please"""
    ),
    Word.SKIP: _phrases(
        """skip, skip it, skip this, just answer, just answer me, just answer my question,
        answer my question, just tell me, answer please, just the answer, skip the questions,
        get on with it, skip all, pass, just answer please"""
    ),
    Word.DONE: _phrases(
        """done, im done, thats all, thats it, that is all, that is it, thats all of them, ready,
        finished, all done, next, continue, go on, ok, okay, ok done"""
    ),
    Word.UNSURE: _phrases(
        """not sure, unsure, im not sure, not really sure, maybe, perhaps, possibly, idk,
        i dont know, dont know, dunno, no idea, not certain, hard to say, hard to tell, cant tell,
        could be, i guess, might be, no clue, kind of, kinda, sort of, sorta, a bit, a little,
        i think so, im unsure, not 100 sure, who knows, i cant tell, not sure sorry, maybe one"""
    ),
    Word.SAME: _phrases(
        """same as always, as usual, same as usual, nothing new, nothing different, no change,
        nothing changed, nothing has changed, nothing special, nothing unusual"""
    ),
    Word.NO: _phrases(
        """no, n, nope, nah, na, nop, none, none of them, none of these, none of those,
        none of that, no none, nope none, nah none, none at all, nothing, nothing like that,
        nothing at all, no nothing, not any, no to all, not at all, neither, no way, zero, nil,
        nein, non, nada, all good, all fine, im fine, i dont, i dont have any, i have none,
        dont have any, no i dont, none apply, none of those apply, none of these apply,
        no symptoms, no sir, no mam, no thanks, no thank you, none thanks, no none of them,
        no none of these, no none of those, none thank god, thankfully not, thankfully none,
        luckily not, nothing else, no other, not that i know of, not that i know, no not really,
        not really, no to everything, im good, no im fine, no im good"""
    ),
    Word.YES: _phrases(
        """yes, y, yeah, yep, yup, ya, yea, ye, yh, aye, si, ja, oui, sure, i do, i have, yes i do,
        yes i have, yes one, one of them, one of these, one of those, some, some of them,
        some of these, a few, at least one, yes one of them, yes one or more, one or more,
        yes some, definitely, of course, correct, true, affirmative, yes please,
        unfortunately yes"""
    ),
}
# What turns a "no" beside it into "not sure", wherever it stands in the reply …
_DOUBTS: Final = _phrases(
    """not sure, unsure, not really sure, not certain, not 100, not totally sure, not entirely
    sure, maybe, mabye, perhaps, possibly, idk, dont know, dont no, dunno, no idea, no clue, not
    a clue, hard to say, hard to tell, cant tell, cant say, could be, might, may be, who knows,
    scratch that, i lied, take that back, yes and no, depends"""
)
# … and what leaves it open, so that the question is put again.
_HESITATIONS: Final = _phrases(
    """wait, hang on, hold on, actually, well, hmm, hm, um, erm, i guess, i suppose, i think, i
    mean, i meant, unless, or is it, or am i, kind of, kinda, sort of, sorta, probably"""
)
# What holds one of these words and denies all the same.
_DENIALS: Final = _phrases(
    """dont think so, do not think so, dont think i do, dont think i have, i guess not, i think
    not, i suppose not, probably not, not that i know, well no, wait no, i mean no, i meant no,
    actually no, think im fine, think im ok, i mean none"""
)
_SHORT: Final = 6  # words; in a longer reply the first word alone decides nothing
_EXCEPTION: Final = re.compile(
    r"^\W*(?:no|nope|nah|none|nothing|not)\b.*?"
    r"\b(?:except|but|apart from|other than|besides|only|just)\b(.+)",
    re.DOTALL,
)


def read_word(text: str) -> Word | None:
    """Return what a reply says by itself, as a whole; None when it is no such reply."""
    folded = " ".join(_words(text))
    return next((word for word, phrases in _REPLIES.items() if folded in phrases), None)


def leading_word(text: str) -> Word | None:
    """Return the yes or no that a short reply begins with ("no, it only aches").

    A "no" with a doubt or a "yes" beside it is not sure; with a hesitation it says nothing.
    """
    words = _words(text)
    if not 0 < len(words) <= _SHORT:
        return None
    if words[0] in _REPLIES[Word.NO]:
        rest = _without(words, _DENIALS)
        if _holds(rest, _DOUBTS) or any(word in _REPLIES[Word.YES] for word in rest):
            return Word.UNSURE
        return None if _holds(rest, _HESITATIONS) else Word.NO
    return Word.YES if words[0] in _REPLIES[Word.YES] else None


def exception(text: str) -> str:
    """Return what "none except …", "no, just …" leaves over; empty when it excepts nothing."""
    match = _EXCEPTION.match(clean(text).casefold())
    return match[1].strip() if match else ""


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(clean(text)) if token.word != "?"]


def _holds(words: Sequence[str], phrases: frozenset[str]) -> bool:
    return len(_without(words, phrases)) < len(words)


def _without(words: Sequence[str], phrases: frozenset[str]) -> list[str]:
    """Return words without the phrases among them."""
    left, at = [], 0
    while at < len(words):
        end = next(
            (end for end in range(len(words), at, -1) if " ".join(words[at:end]) in phrases), at
        )
        if end == at:
            left.append(words[at])
        at = max(end, at + 1)
    return left
