"""Forms and dialogue: "chest pain: no", "numb? nope", "❌ chest pain", "swelling no, pain yes"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from intents.languages.language import Clauses, Cue
from intents.reading.clauses import Break, Span
from intents.reading.cues import Cues
from intents.reading.text import QUESTION_MARK, Token

_ITEM: Final = 6  # words of what is asked at most; longer ones tell something
_LINK: Final = re.compile(r"\s*(?::|[-–—=]+>?|→)\s*")  # joins what is asked and what is answered
_BEFORE_A_SIGN: Final = ".:;!?"


class Stamp(NamedTuple):
    """A sign that is no word, such as a cross; `at` is the word that follows it."""

    at: int
    denies: bool


class Form(NamedTuple):
    """How a message is laid out: its signs, and where an answer may follow what it answers."""

    stamps: tuple[Stamp, ...] = ()
    are_before: bool = True  # the signs, before what they speak of
    links: frozenset[int] = frozenset()  # words before which a colon or a dash stands


class Answers(NamedTuple):
    """Which words a form denies and affirms, and which words are its answers."""

    denied: list[Span]
    affirmed: list[Span]
    used: set[int]


def form_of(text: str, tokens: Sequence[Token], signs: Mapping[str, bool]) -> Form:
    """Return the layout of a message; of each sign it is told whether it denies."""
    links = frozenset(
        n
        for n, (before, after) in enumerate(pairwise(tokens), start=1)
        if (gap := text[before.end : after.start]) != " " and _LINK.fullmatch(gap)
    )
    found = list(_any_of(tuple(signs)).finditer(text)) if tokens else []
    if not found:
        return Form(links=links)
    starts = [token.start for token in tokens]
    stamps = tuple(Stamp(bisect_left(starts, m.start()), signs[m.group()]) for m in found)
    first = stamps[0].at
    gap = text[tokens[first - 1].end : found[0].start()] if first else ""
    return Form(stamps, not first or _ends_line(gap), links)


def _ends_line(gap: str) -> bool:
    """Tell whether a line, or what is asked, ends before a sign."""
    before = gap.rstrip()
    return before.endswith(tuple(_BEFORE_A_SIGN)) or "\n" in gap[len(before) :]


@lru_cache(maxsize=16)
def _any_of(signs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, signs)))


class FormReader:
    """Reads the answers of one message."""

    def __init__(
        self, words: Sequence[str], cues: Sequence[Cues], breaks: Sequence[Break], lists: Clauses
    ) -> None:
        self._words = words
        self._cues = cues
        self._breaks = breaks
        self._lists = lists
        self._found = Answers([], [], set())

    def read(self, form: Form) -> Answers:
        """Return what the answers and the signs of a form say."""
        if not form.stamps and not any(
            Cue.AFFIRMATION in cues or Cue.NEGATION_AFTER in cues for cues in self._cues if cues
        ):
            return self._found
        before = part = 0
        for n in range(len(self._words)):
            asked = n > 0 and self._words[n - 1] == QUESTION_MARK
            if n in form.links and self._is_letter_after_question(part, n):
                self._answer((before, part), n, True, True)  # "Q: pain? A: none"
            if n and (self._breaks[n] or asked):
                self._answer((part, n), n, asked, n in form.links)
                before, part = part, n
            elif n > part:
                self._affirm_before((part, n), n)
        self._read_stamps(form)
        return self._found

    def _is_letter_after_question(self, start: int, end: int) -> bool:
        return (
            start > 0
            and end - start == len(self._words[start]) == 1
            and self._words[start - 1] == QUESTION_MARK
        )

    def _answer(self, item: Span, at: int, asked: bool, linked: bool) -> None:
        """Note what an answer says of the item before it."""
        no, yes = self._length(at, Cue.NEGATION_AFTER), self._length(at, Cue.AFFIRMATION)
        if not asked and not (linked and self._is_item(*item)):
            return
        if no and self._ends(at + no):
            self._found.denied.append(item)
            self._found.used.update(range(at, at + no))
        elif yes and (asked or self._ends(at + yes)):
            self._found.affirmed.append(item)

    def _affirm_before(self, item: Span, at: int) -> None:
        """Note a "yes" that ends the item before it: "numbness yes"."""
        yes = self._length(at, Cue.AFFIRMATION)
        if yes and self._ends(at + yes) and self._is_item(*item):
            self._found.affirmed.append(item)

    def _read_stamps(self, form: Form) -> None:
        """Note what a cross denies; a tick by itself says nothing that is not affirmed."""
        places = [stamp.at for stamp in form.stamps]
        for n, (at, denies) in enumerate(form.stamps):
            if not denies:
                continue
            if form.are_before:
                after = places[n + 1] if n + 1 < len(places) else len(self._words)
                item = at, self._end(at, after)
            else:
                item = self._start(at, places[n - 1] if n else 0), at
            if item[0] < item[1] <= item[0] + _ITEM and not self._tells(*item):
                self._found.denied.append(item)

    def _start(self, at: int, first: int) -> int:
        """Return where the item begins that ends at a word."""
        lowest = max(first, at - _ITEM - 1)
        return next((n for n in range(at - 1, lowest, -1) if self._breaks[n]), lowest)

    def _end(self, at: int, last: int) -> int:
        """Return where the item or the list ends that begins at a word."""
        highest = min(last, at + _ITEM + 1)
        ends = (n for n in range(at + 1, highest) if self._breaks[n] >= Break.ASIDE)
        return next(ends, highest)

    def _length(self, at: int, cue: Cue) -> int:
        return self._cues[at].get(cue, 0)

    def _ends(self, at: int) -> bool:
        """Tell whether an answer ends here, with a friendly word behind it or none."""
        if at < len(self._words) and not self._breaks[at]:
            at += self._words[at] in self._lists.after_answers
        return at == len(self._words) or self._breaks[at] > Break.NONE

    def _is_item(self, start: int, end: int) -> bool:
        return start < end <= start + _ITEM and self._lists.no_list_item.isdisjoint(
            self._words[start:end]
        )

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether the writer speaks of themselves, so that a sign only stresses it."""
        return any(Cue.SELF in self._cues[n] for n in range(start, end))
