"""What lines teach, in numbers: readings of all lines together would be most of the memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from intents.learning.lists import Lists
from intents.learning.table import Tally
from intents.matcher import piece
from intents.reading.reading import Reader, Reading
from intents.signs.phrases import heavy_stems
from intents.signs.spans import readable_clauses
from intents.signs.spotter import piece_of


class Use(NamedTuple):
    """What is learned from some lines; their words are known to the content in any case."""

    topics: bool = False
    signs: bool = False
    clauses: bool = False  # each by itself as well, for the signs
    phrases: bool = False  # as phrases that are looked for


class Lessons:
    """Takes lines one by one, of one use or of several, and holds what they teach."""

    def __init__(self) -> None:
        self.topics, self.signs = Tally(), Tally()
        self.words, self.phrases = Lists(), Lists()

    @classmethod
    def read(cls, texts: Iterable[str], use: Use, reader: Reader) -> Lessons:
        """Read a content's own lines as they stand: their misspellings teach as they are."""
        found = cls()
        for text in texts:
            found.add(reader.read(text, mend=False), use, reader.language.small)
        for one in found.lists():
            one.close()
        return found

    def add(self, reading: Reading, use: Use, small: frozenset[str]) -> None:
        """Take a line; `small` are the words that say nothing by themselves."""
        self.words.add(reading.plain)
        if use.topics:
            self.topics.add(piece(reading))
        if use.phrases and (heavy := heavy_stems(reading, small)):
            self.phrases.add(heavy)
        if not use.signs:
            return
        # What is rare is counted by whole messages.
        self.signs.add(piece_of(reading, 0, len(reading.words)))
        if use.clauses and len(reading.clauses) > 1:
            for clause in readable_clauses(reading):
                self.signs.add(piece_of(reading, *clause), is_part=True)

    def lists(self) -> tuple[Lists, ...]:
        """Return all lists, in one order."""
        return (*self.topics.lists, *self.signs.lists, self.words, self.phrases)
