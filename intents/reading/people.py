"""Of whom a message speaks, word by word: of the writer, or of somebody else.

What is told of somebody else goes on until the writer speaks of themselves again. A patient who is
not the writer counts as the writer does: the help is for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

from intents.languages.language import Cue, People
from intents.reading.clauses import Break
from intents.reading.cues import Cues

_BETWEEN: Final = 3  # words from a "my" or "the" to the person, the person included
_NEAR: Final = 20  # words between a person and a cry for help that is meant for them
_SOON: Final = 3  # words after a person in which it shows what they do


class _Whom(IntEnum):
    NOBODY = 0  # so far, or nobody can tell
    SELF = 1
    OTHER = 2
    PATIENT = 3
    CARER = 4  # tells of the patient


_NO_PERSON: Final = (_Whom.NOBODY, 0)


class PeopleReader:
    """Finds the words of one message that speak of somebody else."""

    def __init__(
        self, words: Sequence[str], cues: Sequence[Cues], breaks: Sequence[Break], people: People
    ) -> None:
        self._words = words
        self._cues = cues
        self._breaks = breaks
        self._people = people
        self._persons = [
            self._person(n) if found or words[n] in people.determiners else _NO_PERSON
            for n, found in enumerate(cues)
        ]
        self._named = _Whom.NOBODY  # the person named last, whom "he" and "she" mean
        self._is_self_subject = False  # in this part of a sentence

    def others(self) -> list[int]:
        """Return the positions of the words about somebody else."""
        persons = [n for n, (_, length) in enumerate(self._persons) if length]
        if not persons or self._is_help_wanted(persons):
            return []
        found: list[int] = []
        whom, n = _Whom.NOBODY, 0
        is_met = False  # the writer, by somebody in this part: "she showed me", "he beat me"
        while n < len(self._words):
            if n == 0 or self._breaks[n] or self._words[n] in self._people.turns:
                self._is_self_subject &= not self._changes_subject(n)
            if is_met and self._breaks[n]:
                whom, is_met = _Whom.NOBODY, False
            is_met |= self._words[n] in self._people.objects
            kind, length = self._persons[n]
            if length:
                whom = self._of_person(whom, kind, n, n + length)
            elif whom is _Whom.OTHER and Cue.SELF not in self._cues[n] and self._relation(n):
                length = self._relation(n)  # "in the lane beside mine"
            elif self._is_self(n):
                whom, self._is_self_subject = _Whom.SELF, True
            end = n + max(length, 1)
            if length:
                end += self._relation(end)
            if whom is _Whom.OTHER:
                found += range(n, end)
            n = end
        return found

    def _changes_subject(self, n: int) -> bool:
        """Tell whether at a break, or an "and", somebody else may become the subject."""
        return bool(self._breaks[n] or n == 0 or Cue.OTHERS in self._at(n + 1))

    def _of_person(self, whom: _Whom, kind: _Whom, start: int, end: int) -> _Whom:
        """Return of whom a message speaks once it has named a person."""
        is_pronoun = kind is _Whom.NOBODY
        if is_pronoun:
            kind = self._named if self._named > _Whom.SELF else _Whom.OTHER
        else:
            self._named = kind
        if self._is_beside(start, end) or (self._is_self_subject and not self._is_met(start, end)):
            return whom
        if kind is _Whom.OTHER and not is_pronoun and self._tells_of_writer(end):
            return _Whom.NOBODY
        self._is_self_subject = False
        return kind

    def _is_met(self, start: int, end: int) -> bool:
        """Tell whether the writer tells of a person they know or saw: "I know a guy who"."""
        if self._words[start] in self._people.pronouns:
            return False
        is_seen = start > 0 and self._words[start - 1] in self._people.meeting
        return is_seen or self._word(end) in self._people.relatives

    def _is_beside(self, start: int, end: int) -> bool:
        """Tell whether a person is only beside the writer: "me and my mate", "with my dad"."""
        before = self._words[start - 1] if start and not self._breaks[start] else ""
        if before in self._people.companions:
            return self._word(end) not in self._people.relatives
        return start > 1 and before in self._people.joins and Cue.SELF in self._cues[start - 2]

    def _tells_of_writer(self, at: int) -> bool:
        """Tell whether a person speaks of the writer: "my wife says it looks …"."""
        for n in range(at, min(at + 2, len(self._words))):
            if self._words[n] in self._people.noticing:
                return True
            if self._words[n] in self._people.telling:
                return any(
                    self._word(m) in self._people.told_of for m in range(n + 1, n + 1 + _SOON)
                )
        return False

    def _is_self(self, n: int) -> bool:
        """Tell whether the writer comes back as the one spoken of; "told me" is not that."""
        if Cue.SELF not in self._cues[n]:
            return False
        word = self._words[n]
        if word in self._people.objects:
            return bool(n == 0 or self._breaks[n] or self._breaks_at(n + 1))
        if word in self._people.possessives:
            return self._people.surroundings.isdisjoint(self._words[n + 1 : n + 1 + _BETWEEN])
        return True

    def _relation(self, at: int) -> int:
        """Return how many words tie a person to the writer: "next to me", "I train with"."""
        return self._at(at).get(Cue.RELATION, 0)

    def _person(self, n: int) -> tuple[_Whom, int]:
        """Return what the person is who is named at a word, and in how many words."""
        cues = self._cues[n]
        known, shaped = cues.get(Cue.OTHERS, 0), self._shape(n)
        if cues.get(Cue.PATIENTS, 0) >= max(known, shaped, 1):
            return _Whom.PATIENT, cues[Cue.PATIENTS]
        length = max(known, shaped)
        if not length:
            return _Whom.NOBODY, 0
        if self._words[n + length - 1] in self._people.carers:
            return _Whom.CARER, length
        is_pronoun = length == 1 and self._words[n] in self._people.pronouns
        return (_Whom.NOBODY if is_pronoun else _Whom.OTHER), length

    def _shape(self, n: int) -> int:
        """Return the length of a person by shape: "the old lad", "my flatmate's brother"."""
        if self._words[n] not in self._people.determiners:
            return 0
        found, people = 0, self._people
        for m in range(n + 1, min(n + 1 + _BETWEEN, len(self._words))):
            word = self._words[m]
            if self._breaks[m] or word in people.no_part:
                break
            if word in people.nouns or (word in people.addressed and self._is_described(n + 1, m)):
                found = m + 1 - n
        while found and self._words[n + found - 1] in self._people.owners:
            at = n + found
            further = next((m for m in self._within(at, at + 1) if self._is_person(m)), None)
            if further is None:
                break
            found = further + 1 - n
        return found

    def _within(self, start: int, last: int) -> Iterator[int]:
        """Yield the positions that may belong to the name of a person."""
        for m in range(start, min(last + 1, len(self._words))):
            if self._breaks[m] or self._words[m] in self._people.no_part:
                return
            yield m

    def _is_person(self, n: int) -> bool:
        return self._words[n] in self._people.nouns or self._words[n] in self._people.addressed

    def _is_described(self, start: int, end: int) -> bool:
        """Tell whether only words for people stand between: "mate" may address the reader."""
        return all(self._words[m] in self._people.describing for m in range(start, end))

    def _is_help_wanted(self, persons: Sequence[int]) -> bool:
        """Tell whether somebody else needs help now: "he's on the floor", "what do I do"."""
        for n, cues in enumerate(self._cues):
            if Cue.HELP not in cues:
                continue
            end = n + cues[Cue.HELP]
            before = bisect_left(persons, n)
            is_near = (before and n - persons[before - 1] <= _NEAR) or (
                before < len(persons) and persons[before] - end <= _NEAR
            )
            is_tie = cues.get(Cue.RELATION, 0) == cues[Cue.HELP] and not any(
                self._word(m) in self._people.present for m in range(end, end + _SOON)
            )
            if is_near and not (is_tie and self._ends_person(n, persons, before)):
                return True
        return False

    def _ends_person(self, n: int, persons: Sequence[int], before: int) -> bool:
        """Tell whether the name of a person ends right before a word."""
        if not before:
            return False
        start = persons[before - 1]
        return start + self._persons[start][1] == n

    def _at(self, n: int) -> Cues:
        return self._cues[n] if n < len(self._cues) else {}

    def _word(self, n: int) -> str:
        return self._words[n] if n < len(self._words) else ""

    def _breaks_at(self, n: int) -> bool:
        return n >= len(self._words) or self._breaks[n] > Break.NONE
