"""Short replies to an open question: yes, no, not sure, a choice among options, a length of time.

A reply is read by the same reading as any message, so what is denied, past, or only asked about is
no choice. A "no" is one only where nothing in the reply doubts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intents.languages.folding import holds_phrase, phrase_at
from intents.languages.language import Replies, Word
from intents.options import Named, Options, stems_of
from intents.reading.clauses import Span
from intents.reading.context import NEGATED, PAST
from intents.reading.reading import Reading
from intents.reading.reading import Word as ReadWord
from intents.reading.text import QUESTION_MARK
from intents.yes_or_no import Answer, nearly, whole, without, yes_or_no

_LONGEST: Final = 24  # words; who writes more tells a story
_BRIEF: Final = 2  # words; so brief a reply names an option by any word of its label
_LONG_AGO: Final = 72.0  # hours
_LONGEST_TIME: Final = 8  # words; a longer reply may name a length of time for other reasons


@dataclass(frozen=True, slots=True)
class Said:
    """What a reply says to an open question."""

    word: Word | None = None
    picked: frozenset[int] = frozenset()  # options, by position
    left_out: frozenset[int] = frozenset()  # options that are denied or excepted
    hours: float | None = None
    takes_all: bool = False  # all options, or all but a few
    is_bare: bool = False  # it holds nothing but the word, or the choice
    is_plain: bool = False  # a "no" in so many words, with no "but" beside it
    is_hedged: bool = False  # … with a "but"
    is_of_all: bool = False  # a "no" to everything that was asked
    is_deliberate: bool = False  # the choice is made by place, by pointing, or in a word or two


def read_reply(reading: Reading, options: Options) -> Said:
    """Return what a reply says to the question with these options."""
    found = _Reply(reading, options).said()
    words = len(reading.words)
    if words and words <= _LONGEST_TIME and QUESTION_MARK not in reading.plain:
        hours = options.times.length(reading)
        found = replace(found, hours=hours)
    return found


def denies(reading: Reading, options: Options, hours: float | None) -> bool:
    """Tell whether a reply denies the one thing that is asked about: not so, or long ago."""
    if holds_phrase(reading.plain, options.replies.not_meant):
        return True
    stems = {stem for named in options.named for label in named.labels for stem, _ in label}
    told = zip(reading.words, reading.marks, strict=True)
    marks = [mark for word, mark in told if word.stem in stems]
    is_past = any(mark & PAST for mark in reading.marks)
    if is_past and hours is not None and hours >= _LONG_AGO:
        return True
    return bool(marks) and all(mark & NEGATED for mark in marks)


def has_called(reading: Reading, replies: Replies) -> bool:
    """Tell whether somebody says that help has been called, or is there."""
    words = reading.plain
    return any(
        length and not any(reading.marks[n : n + length])
        for n in range(len(words))
        for length in (phrase_at(words, n, replies.called),)
    )


class _Reply:
    """One reply, read against the options of its question."""

    def __init__(self, reading: Reading, options: Options) -> None:
        self._reading = reading
        self._options = options
        self._tables: Replies = options.replies
        self._words = [word for word in reading.plain if word != QUESTION_MARK]
        self._stems = [_either(word) for word in reading.words]
        self._places: dict[str, list[int]] = {}  # of each stem
        for n, stems in enumerate(self._stems):
            for stem in dict.fromkeys(stems):
                self._places.setdefault(stem, []).append(n)

    def said(self) -> Said:
        if not self._words:
            return self._picture()
        stems = stems_of(self._reading)
        exact = frozenset(n for n, o in enumerate(self._options.named) if stems in o.exact)
        if exact:
            return Said(picked=exact, is_bare=True, is_deliberate=True)
        word = self._options.controls.get(stems) or whole(self._words, self._tables)
        word = word or nearly(self._words, self._tables)
        if word:
            return Said(word, is_bare=True)
        if len(self._reading.words) <= _LONGEST and (found := self._all_or_none()):
            return found
        found = self._choice((0, len(self._reading.words)))
        if found.picked and found.is_deliberate:
            return found
        answer = self._yes_or_no()
        word = answer.word
        if word in (None, Word.NO) and self._begins_with(Word.WRONG):
            word = Word.WRONG  # "that's not what I meant, it is only …"
        if word is None and not found.picked and self._is_all_denied(len(found.left_out)):
            word = Word.NO
        is_plain = answer.word is Word.NO and not answer.is_hedged
        is_of_all = holds_phrase(self._reading.plain, self._tables.none_anywhere)
        found = replace(found, is_plain=is_plain, is_hedged=answer.is_hedged)
        return replace(found, word=word, is_of_all=is_of_all)

    def _begins_with(self, word: Word) -> bool:
        """Tell whether the first clause says a word as a whole."""
        first = self._reading.plain[slice(*self._reading.clauses[0])]
        return whole(first, self._tables) is word

    def _yes_or_no(self) -> Answer:
        reading = self._reading
        plain = reading.plain
        parts = [plain[slice(*span)] for span in reading.sentences]
        clause = plain[slice(*reading.clauses[-1])] if reading.clauses else []
        sentences = [[word for word in words if word != QUESTION_MARK] for words in parts]
        return yes_or_no(sentences, clause, self._tables)

    def _is_all_denied(self, left_out: int) -> bool:
        """Tell whether a reply says of most things that they are not so: "no faint, pee fine"."""
        reading = self._reading
        said = [reading.marks[slice(*span)] for span in reading.clauses]
        denied = sum(any(mark & NEGATED for mark in marks) for marks in said)
        doubts = self._tables.doubts | self._tables.hesitations | self._tables.contrasts
        is_sure = not holds_phrase(reading.plain, doubts) and QUESTION_MARK not in reading.plain
        return is_sure and (left_out > 1 or (denied > 1 and 2 * denied >= len(said)))

    def _picture(self) -> Said:
        text = self._reading.text.strip()[:1]
        for word, table in (
            (Word.NO, self._tables.no_signs),
            (Word.UNSURE, self._tables.unsure_signs),
        ):
            if (text,) in table:
                return Said(word, is_bare=True)
        return Said()

    # A choice

    def _all_or_none(self) -> Said | None:
        """Read "all of them", "all except …" and "none except …"; None for anything else."""
        tables, words = self._tables, self._reading.plain
        if (words[0],) in tables.nothing:
            for n in range(1, len(words) - 1):
                if length := phrase_at(words, n, tables.exceptions):
                    rest = self._choice((n + length, len(words)))
                    before = self._named((0, n), denied=False, is_brief=False)
                    picked = rest.picked | before.picked  # "not serviced, but bled" is both
                    is_made = bool(rest.picked)
                    return replace(rest, picked=picked, is_deliberate=True) if is_made else None
        at = 1 if (words[0],) in self._tables.words[Word.YES] else 0
        length = phrase_at(words, at, tables.all)
        if not length:
            return None
        at += length
        while at < len(words) and (length := phrase_at(words, at, tables.of_them)):
            at += length
        everything = frozenset(range(len(self._options.named)))
        if at == len(words):
            return Said(picked=everything, takes_all=True, is_bare=True)
        length = phrase_at(words, at, tables.all_but)
        if not length or at + length == len(words):
            return None
        left_out = self._choice((at + length, len(words)), denied=True).picked
        return Said(picked=everything - left_out, left_out=left_out, takes_all=True)

    def _choice(self, span: Span, denied: bool = False) -> Said:
        """Return which options a stretch of the reply picks; `denied` where it denies them all."""
        placed = self._by_place(without(self._reading.plain[slice(*span)], self._tables.doubts))
        if placed:
            return Said(picked=placed, is_bare=True, is_deliberate=True)
        name = self._pointed(span)
        if name:
            words = self._reading.words[slice(*name)]
            is_bare = any(
                all(any((stem, False) in label for stem in _either(word)) for word in words)
                for option in self._options.named
                for label in option.labels
            )
            return self._named(name, denied, is_brief=True, is_bare=is_bare)
        count = span[1] - span[0] - (QUESTION_MARK in self._reading.plain[slice(*span)])
        is_brief = count <= _BRIEF and not any(self._reading.marks[slice(*span)])
        return self._named(span, denied, is_brief)

    def _by_place(self, words: Sequence[str]) -> frozenset[int]:
        """Return the options named by number; empty when other words stand there too."""
        chosen: set[int] = set()
        for word in words:
            parts = word.replace(".", ",").split(",")
            if all(part.isdecimal() and len(part) < 3 for part in parts):
                chosen.update(int(part) - 1 for part in parts)
            elif word in self._tables.ordinals:
                chosen.add(int(self._tables.ordinals[word]) - 1)
            elif (word,) in self._tables.last:
                chosen.add(len(self._options.named) - 1)
            elif (word,) not in self._tables.around_places:
                return frozenset()
        fits = all(0 <= n < len(self._options.named) for n in chosen)
        return frozenset(chosen) if fits else frozenset()

    def _pointed(self, span: Span) -> Span | None:
        """Return where the name stands in "the numb one", "yes, just the dizzy ones"."""
        tables, (start, end) = self._tables, span
        words = self._reading.plain
        while start < end and (words[start],) in tables.before_pointing:
            start += 1
        if end - start < 3 or (words[start],) not in tables.pointing:  # the, a name, one
            return None
        return (start + 1, end - 1) if (words[end - 1],) in tables.pointed else None

    def _named(self, span: Span, denied: bool, is_brief: bool, is_bare: bool = False) -> Said:
        """Return the options named by their own words, and those that are denied."""
        picked: set[int] = set()
        left_out: set[int] = set()
        told = self._told(span)
        for n, option in enumerate(self._options.named):
            names = self._names(span, told, option, is_brief)
            if names is not None:
                (picked if names or denied or is_brief else left_out).add(n)
        return Said(
            picked=frozenset(picked),
            left_out=frozenset(left_out - picked),
            is_bare=is_bare,
            is_deliberate=is_brief,
        )

    def _names(
        self, span: Span, told: frozenset[tuple[str, bool]], option: Named, is_brief: bool
    ) -> bool | None:
        """Tell whether an option is named as it is meant (True) or denied (False); None: not."""
        marks = self._reading.marks
        found = [
            all(
                mark == NEGATED * no
                for (_, no), mark in zip(phrase, marks[n : n + len(phrase)], strict=True)
            )
            for phrase in option.words
            for n in self._standing(phrase, span)
        ]
        for n, label in enumerate(option.labels):
            # Any word of its own name tells an option, but not any word that explains it.
            is_enough = is_brief or len(label) < 3 if n == 0 else len(label) == 1
            needed = 1 if is_enough else 2
            for as_meant in (True, False):
                wanted = label if as_meant else {(stem, not no) for stem, no in label}
                if len(told & wanted) >= needed:
                    found.append(as_meant)
        return any(found) if found else None

    def _standing(self, phrase: Sequence[tuple[str, bool]], span: Span) -> Iterator[int]:
        """Yield where the words of a phrase stand one after another in a stretch."""
        last = span[1] - len(phrase)
        for n in self._places.get(phrase[0][0], ()):
            if span[0] <= n <= last and all(
                stem in self._stems[at] for at, (stem, _) in enumerate(phrase, start=n)
            ):
                yield n

    def _told(self, span: Span) -> frozenset[tuple[str, bool]]:
        """Return the stems of a stretch that are told of now, and whether each is denied."""
        words, marks = self._reading.words[slice(*span)], self._reading.marks[slice(*span)]
        return frozenset(
            (stem, bool(mark & NEGATED))
            for word, mark in zip(words, marks, strict=True)
            if mark & ~NEGATED == 0
            for stem in _either(word)
        )


def _either(word: ReadWord) -> tuple[str, str]:
    """Return the stems of a word, mended and as written: a label may hold either."""
    return word.stem, word.token.stem
