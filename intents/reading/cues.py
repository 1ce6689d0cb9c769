"""Cues in a message: phrases of a language that change what the words near them mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from intents.languages.folding import Phrase
from intents.languages.language import Cue
from intents.reading.phrase_tree import PhraseTree

Cues = dict[Cue, int]  # of the cues that begin at a word, how many words each has


NO_CUES: Final[Cues] = {}


class CueTree:
    """The cues of a language, or some of them."""

    def __init__(self, phrases: Mapping[Cue, Iterable[Phrase]]) -> None:
        self._tree = PhraseTree(
            (phrase, cue) for cue, found in phrases.items() for phrase in found
        )
        self._first = frozenset(self._tree.first_words)

    def at(self, words: Sequence[str], start: int) -> Cues:
        """Return the length, in words, of the longest cue of each kind that begins here."""
        return {cue: end - start for cue, end in self._tree.at(words, start)}

    def each(self, words: Sequence[str]) -> list[Cues]:
        """Return what `at` says of each word; most begin no cue."""
        first, at = self._first, self.at
        return [at(words, n) if word in first else NO_CUES for n, word in enumerate(words)]
