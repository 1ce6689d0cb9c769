"""Cues in a message: phrases of a language that change what the words near them mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from intents.languages.folding import Phrase
from intents.languages.language import Cue

Cues = dict[Cue, int]  # of the cues that begin at a word, how many words each has
_NONE: Final[Cues] = {}  # at most words no cue begins


class CueTree:
    """Cue phrases by their first word, then their second …: one walk finds all that begin here."""

    __slots__ = ("_next", "ends")

    def __init__(self) -> None:
        self._next: dict[str, CueTree] = {}
        self.ends: list[Cue] = []  # the kinds of the phrases that end at this word

    @classmethod
    def of(cls, phrases: Mapping[Cue, Iterable[Phrase]]) -> CueTree:
        """Build the tree of a language's cues."""
        tree = cls()
        for cue, found in phrases.items():
            for phrase in found:
                node = tree
                for word in phrase:
                    node = node._next.setdefault(word, cls())
                if cue not in node.ends:
                    node.ends.append(cue)
        return tree

    def at(self, words: Sequence[str], start: int) -> Cues:
        """Return the length, in words, of the longest cue of each kind that begins here."""
        tree = self._next.get(words[start])
        if tree is None:
            return _NONE
        found: Cues = {}
        end = start + 1
        while tree is not None:
            for cue in tree.ends:
                found[cue] = end - start
            tree = tree._next.get(words[end]) if end < len(words) else None
            end += 1
        return found
