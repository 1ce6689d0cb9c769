"""Decide for each word of a message whether it is affirmed of the patient, now.

The ConText algorithm (Harkema et al. 2009): cue phrases mark the words after (or before) them, up
to the end of their scope, as negated, over, past, somebody else's, or asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from intents.languages.language import Cue, Language
from intents.reading.clauses import Break
from intents.reading.cues import Cues, CueTree
from intents.reading.forms import Form, FormReader
from intents.reading.past import PastReader
from intents.reading.people import PeopleReader
from intents.reading.text import QUESTION_MARK

# What keeps a word from being affirmed, one bit each; plain numbers, for many are made a message.
AFFIRMED: Final = 0
NEGATED: Final = 1
OVER: Final = 2
PAST: Final = 4
OTHER: Final = 8
ASKED: Final = 16

_REACH: Final = 7  # words that a negation covers when nothing ends its scope before
_QUESTION_REACH: Final = 12
_LIST: Final = 30  # words of a list that is denied as a whole
_LIST_ITEM: Final = 4  # words; a longer stretch after a comma is a clause of its own


class ContextReader:
    """Marks words by the cues and the cuts of one language."""

    def __init__(self, language: Language) -> None:
        self.cues = CueTree(language.cues)
        self.clauses = language.clauses
        self.people = language.people
        # What goes on with what was denied: "or" does, "and" may begin a clause.
        self.goes_on = self.clauses.joins - self.clauses.opens_clause

    def marks(self, words: Sequence[str], breaks: Sequence[Break], form: Form) -> list[int]:
        """Return the marks of each word; 0 means that it is affirmed."""
        return _Marker(self, words, breaks, form).mark()


class _Marker:
    """Marks the words of one message, clause by clause."""

    def __init__(
        self, reader: ContextReader, words: Sequence[str], breaks: Sequence[Break], form: Form
    ) -> None:
        self._words = words
        self._lists = reader.clauses
        self._goes_on = reader.goes_on
        self._marks = [AFFIRMED] * len(words)
        self._cues = reader.cues.each(words)
        self._breaks = breaks
        self._starts = [0, *(n for n, found in enumerate(breaks) if found >= Break.ASIDE)]
        told = words, self._cues, breaks
        self._answers = FormReader(*told, self._lists).read(form)
        self._past = PastReader(*told, self._lists)
        self._others = PeopleReader(*told, reader.people).others()

    def mark(self) -> list[int]:
        """Return the marks of each word."""
        for start, end in pairwise([*self._starts, len(self._words)]):
            if any(self._cues[start:end]) or QUESTION_MARK in self._words[start:end]:
                self._mark_clause(start, end)
        for at, cues in enumerate(self._cues):
            if Cue.NEGATION_OF_ALL in cues and self._ends_clause(at + cues[Cue.NEGATION_OF_ALL]):
                self._mark_list_before(at)
        for span in self._answers.affirmed:
            for n in range(*span):
                self._marks[n] &= ~(ASKED | NEGATED)
        for span in self._answers.denied:
            self._mark(range(*span), NEGATED)
        self._mark(self._others, OTHER)
        return self._marks

    def _mark_clause(self, start: int, end: int) -> None:
        if self._asks_in_general(start, end):
            self._mark(range(self._question(start, end), end), ASKED)
        at = start
        while at < end:
            cues = self._cues[at]
            at += self._mark_round(at, cues, start, end) if cues else 1
        for places in self._past.past(start, end):
            self._mark(places, PAST)

    def _mark_round(self, at: int, cues: Cues, start: int, end: int) -> int:
        """Mark what the cues at one word speak of; return how many words they use up."""
        if Cue.IMAGINED in cues:
            self._mark_after(at, end, ASKED, _QUESTION_REACH)
        elif Cue.ASKED in cues and Cue.SCOPE_END not in cues:
            after = at + cues[Cue.ASKED]
            self._mark(range(at, min(after, end)), ASKED)
            self._mark_after(after, end, ASKED, _QUESTION_REACH, until_self=True)
        if at in self._answers.used:
            return 1
        pseudo, negation = cues.get(Cue.NO_NEGATION, 0), cues.get(Cue.NEGATION, 0)
        if pseudo and pseudo >= negation:
            return pseudo
        if negation > 1 and self._cues[at + negation - 1].get(Cue.NO_NEGATION, 0) > 1:
            return negation - 1  # "there's no feeling": what "no" begins decides
        if negation:
            self._mark_after(at + negation, end, NEGATED, _REACH)
        after = at + cues.get(Cue.NEGATION_AFTER, end)
        is_joint = self._words[at] in self._lists.joins and not self._breaks[at]  # "n"
        if self._is_break(after, end) and not is_joint:
            self._mark_before(start, at, NEGATED)  # "swelling no, pain yes"
        if Cue.OVER in cues and not self._past.only_changes(at + cues[Cue.OVER], end):
            self._mark(self._past.over(start, at), OVER)
        return max(negation, 1)

    def _mark(self, places: Iterable[int], mark: int) -> None:
        for n in places:
            self._marks[n] |= mark

    def _mark_after(
        self, start: int, end: int, mark: int, reach: int, until_self: bool = False
    ) -> None:
        """Mark the words that a cue before them covers; a list goes on over its commas."""
        item = start
        for n in range(start, min(end, start + reach * 3)):
            cues = self._cues[n]
            if Cue.SCOPE_END in cues or (until_self and Cue.SELF in cues):
                return
            if self._breaks[n] and n > start and not self._is_list_item(n, end):
                return
            if (self._breaks[n] and mark == NEGATED) or self._words[n] in self._goes_on:
                item = n  # the next of a list: "no fever, dark urine or shortness of breath"
            if (
                n - item >= reach
                and not self._breaks[n]
                and self._words[n] not in self._lists.joins
            ):
                return
            self._marks[n] |= mark

    def _mark_before(self, start: int, at: int, mark: int) -> None:
        """Mark the words that a cue after them covers."""
        for n in range(at - 1, max(start, at - _REACH) - 1, -1):
            if Cue.SCOPE_END in self._cues[n]:
                return
            self._marks[n] |= mark
            if self._breaks[n] and self._words[at] not in self._lists.joins and n < at - 1:
                return

    def _ends_clause(self, at: int) -> bool:
        return self._is_break(at, len(self._words)) or self._words[at] in self._lists.joins

    def _mark_list_before(self, at: int) -> None:
        """Mark a list that is denied as a whole after it: up to a word about the writer."""
        for n in range(at - 1, max(0, at - _LIST) - 1, -1):
            # The end of a sentence may stand between the list and its denial.
            is_cut = n + 1 < at and self._breaks[n + 1] >= Break.SENTENCE
            if is_cut or Cue.SELF in self._cues[n] or Cue.SCOPE_END in self._cues[n]:
                return
            self._marks[n] |= NEGATED

    def _is_break(self, at: int, end: int) -> bool:
        return at == end or (at < end and self._breaks[at] > Break.NONE)

    def _is_list_item(self, at: int, end: int) -> bool:
        """Tell whether a short stretch without a verb or subject of its own begins here."""
        stop = next((n for n in range(at + 1, end) if self._breaks[n]), end)
        if not self._lists.no_list_item.isdisjoint(self._words[at:stop]):
            return False
        cuts = [at, *(n for n in range(at + 1, stop) if self._words[n] in self._goes_on), stop]
        return all(right - left <= _LIST_ITEM + (left > at) for left, right in pairwise(cuts))

    def _asks_in_general(self, start: int, end: int) -> bool:
        """Tell whether a clause asks, without a word about the writer."""
        first = self._cues[start]
        if (
            self._words[end - 1] != QUESTION_MARK
            and Cue.ASKED not in first
            and Cue.IMAGINED not in first
        ):
            return False
        return not any(Cue.SELF in cues or Cue.OTHERS in cues for cues in self._cues[start:end])

    def _question(self, start: int, end: int) -> int:
        """Return where the question in a clause begins: "leg numb and tight, and what helps?"."""
        if self._words[start] in self._lists.opens_question:
            return start
        for n in range(start + 1, end - 1):
            joined = self._words[n] in self._lists.joins
            if (joined or self._breaks[n]) and self._words[
                n + joined
            ] in self._lists.opens_question:
                return n
        return start
