"""The options of an open question, read once, so that replies can be held against them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from intents.languages.folding import Phrase
from intents.languages.language import Replies, Word
from intents.reading.context import NEGATED
from intents.reading.reading import Reader, Reading
from intents.reading.text import QUESTION_MARK
from intents.reading.times.told_times import TimeReader

_TELLING: Final = 2  # letters that a word must exceed to tell one label from another


class Option(NamedTuple):
    """Something that can be picked, and what people call it."""

    labels: tuple[str, ...]  # any telling word of one may name it in a brief reply
    words: tuple[str, ...] = ()  # each names it by itself


class Named(NamedTuple):
    """An option as read: each of its labels and words is a set of stems that tell it."""

    exact: frozenset[tuple[str, ...]]  # its labels, all their stems in order
    labels: tuple[frozenset[tuple[str, bool]], ...]  # telling stems, and whether they are denied
    words: tuple[tuple[tuple[str, bool], ...], ...]  # the same of its words, in order


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an open question, and by their stems the buttons beside them."""

    named: tuple[Named, ...]
    controls: Mapping[tuple[str, ...], Word]
    replies: Replies
    times: TimeReader


class OptionReader:
    """Reads what options and buttons are called, once, in one language."""

    def __init__(self, reader: Reader, controls: Mapping[str, Word]) -> None:
        """Take the labels of the buttons that stand beside options, with what each says."""
        self._reader = reader
        self._replies = reader.language.replies
        self._times = TimeReader(reader.language)
        self._controls = {
            stems_of(reader.read(label, mend=False)): word for label, word in controls.items()
        }

    def named(self, option: Option) -> Named:
        """Return what an option is called."""
        return _as_named(option, self._reader, self._replies.label_noise)

    def options(self, named: Iterable[Named]) -> Options:
        """Return the options of a question, in the order in which they are shown."""
        return Options(tuple(named), self._controls, self._replies, self._times)


def _as_named(option: Option, reader: Reader, noise: Collection[Phrase]) -> Named:
    labels = [reader.read(label, mend=False) for label in option.labels]
    return Named(
        frozenset(stems_of(label) for label in labels),
        tuple(_telling(label, noise) for label in labels),
        tuple(told for word in option.words if (told := _told(reader.read(word, mend=False)))),
    )


def _telling(label: Reading, noise: Collection[Phrase]) -> frozenset[tuple[str, bool]]:
    """Return the stems of a label's own words; what stands in parentheses only explains it."""
    found = set()
    inside = 0
    at = 0
    for word, mark in zip(label.words, label.marks, strict=True):
        gap = label.text[at : word.token.start]
        inside = max(0, inside + gap.count("(") - gap.count(")"))
        at = word.token.end
        plain = word.token.word
        if not inside and (plain,) not in noise and len(plain) > _TELLING:
            found.add((word.stem, bool(mark & NEGATED)))
    return frozenset(found)


def _told(reading: Reading) -> tuple[tuple[str, bool], ...]:
    """Return the stems of some words in order, and whether each is denied."""
    return tuple(
        (word.stem, bool(mark & NEGATED))
        for word, mark in zip(reading.words, reading.marks, strict=True)
    )


def stems_of(reading: Reading) -> tuple[str, ...]:
    return tuple(word.token.stem for word in reading.words if word.token.word != QUESTION_MARK)
