"""Find known phrases in a message: word by word, in order, with small gaps between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from intents.reading.reading import Reading

LONGEST: Final = 7  # words; a longer example is for the classifier alone
_FEW: Final = 3  # words of a message in which a phrase of one word counts
_GAP: Final = 2  # words that may stand between two words of a phrase


class PhraseMatch(NamedTuple):
    """A label and the words, by position, end excluded, that made its phrase."""

    label: str
    start: int
    end: int
    words: tuple[int, ...]


Entry = tuple[str, tuple[str, ...]]  # a label and the stems of one of its phrases, in order


def heavy_stems(reading: Reading, small: frozenset[str]) -> tuple[str, ...]:
    """Return the stems of a phrase that must be there: its words, but for the `small` ones.

    None of a long phrase, nor of one of which too little is left.
    """
    if len(reading.words) > LONGEST:
        return ()
    heavy = tuple(word.stem for word in reading.words if word.token.word not in small)
    return heavy if len(heavy) >= 2 or len(reading.words) == 1 else ()


class PhraseIndex:
    """Looks phrases up by their rarest word."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take labels with the stems of their phrases, as `heavy_stems` returns them."""
        entries = list(entries)
        frequency = Counter(stem for _, heavy in entries for stem in set(heavy))
        self._by_rarest: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for label, heavy in entries:
            rarest = min(heavy, key=lambda stem: (frequency[stem], stem))
            self._by_rarest.setdefault(rarest, []).append((label, heavy))

    def find(self, reading: Reading) -> Iterator[PhraseMatch]:
        """Yield every phrase that stands in a message."""
        stems = reading.stems
        positions: dict[str, list[int]] = {}
        for n, stem in enumerate(stems):
            positions.setdefault(stem, []).append(n)
        for rarest in positions:
            for label, heavy in self._by_rarest.get(rarest, ()):
                if len(heavy) == 1 and len(stems) > _FEW:
                    continue  # one word is a message of its own, not a part of any
                if all(stem in positions for stem in heavy):
                    words = _in_order(heavy, stems, positions[heavy[0]])
                    if words:
                        yield PhraseMatch(label, words[0], words[-1] + 1, words)


def _in_order(
    heavy: Sequence[str], stems: Sequence[str], starts: Iterable[int]
) -> tuple[int, ...]:
    """Return where a phrase's words stand in a message; empty when order or a gap forbids."""
    for start in starts:
        words = [start]
        for wanted in heavy[1:]:
            reach = range(words[-1] + 1, min(len(stems), words[-1] + 2 + _GAP))
            following = next((n for n in reach if stems[n] == wanted), None)
            if following is None:
                break
            words.append(following)
        if len(words) == len(heavy):
            return tuple(words)
    return ()
