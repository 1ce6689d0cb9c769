"""The tables of a language file: phrases, words, numbers; what is absent or empty is a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intents.languages.folding import Phrase, fold_phrase
from intents.yaml_files.faults import Faults
from intents.yaml_files.text import parse
from intents.yaml_files.tree import Entry


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time."""

    words: frozenset[str]
    plurals: frozenset[str]  # of those words; each by itself means several ("for weeks")
    hours: float  # how long one is
    several: float  # how many hours the bare plural means
    numbered: bool  # may come before its number: "day 9"


class Tables:
    """One language file, which notes every fault in it."""

    def __init__(self, path: Path, faults: list[Faults]) -> None:
        noted = Faults(str(path))
        faults.append(noted)
        self._entry: Entry | None = None
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            noted.add(
                1,
                "This file of the language is missing, or is not text in UTF-8.",
                "Copy the one of that name from another language and translate it.",
            )
        else:
            self._entry = parse(text, noted)

    def text(self, name: str) -> str:
        """Return a text."""
        return self._entry.text(name) if self._entry else ""

    def texts(self) -> dict[str, str]:
        """Return every name with its text."""
        entry = self._entry
        return {name: entry.text(name) for name in entry.names()} if entry else {}

    def names_of_words(self) -> dict[str, str]:
        """Return every word of a file that names words, with the name it stands behind."""
        return {
            word: name
            for name, text in self.texts().items()
            for phrase in _split(text)
            for word in phrase
        }

    def number(self, name: str) -> float:
        """Return a number."""
        return (self._entry.number(name) if self._entry else None) or 0.0

    def text_for(self, name: str, code: str) -> str:
        """Return the text of a block that is for one language; empty where there is none."""
        block = self._entry.entry(name) if self._entry else None
        return {one: block.text(one) for one in block.names()}.get(code, "") if block else ""

    def phrases(self, name: str) -> tuple[Phrase, ...]:
        """Return the phrases of a table, each once; commas part those that share a line."""
        entry = self._entry
        lines = entry.texts(name) if entry else ()
        found = tuple(dict.fromkeys(phrase for line in lines for phrase in _split(line)))
        if entry and not found:
            self._missing(entry, name)
        return found

    def words(self, name: str) -> frozenset[str]:
        """Return the words of a table, in which no phrase may stand."""
        found = self.phrases(name)
        entry = self._entry
        for phrase in found:
            if len(phrase) > 1 and entry:
                entry.fault(
                    f'"{name}" holds "{" ".join(phrase)}", and only single words may stand there.',
                    "Put a comma between the words, or remove it.",
                    entry.line_of(name),
                )
        return frozenset(phrase[0] for phrase in found)

    def numbers(self, name: str) -> dict[str, float]:
        """Return words with their numbers; the file has the words behind each number."""
        return {
            word: number
            for entry, number in self._numbered(name)
            for phrase in _split(entry)
            for word in phrase
        }

    def phrase_numbers(self, name: str) -> dict[Phrase, float]:
        """Return phrases with their numbers; the file has the phrases behind each number."""
        return {
            phrase: number for entry, number in self._numbered(name) for phrase in _split(entry)
        }

    def units(self, name: str) -> tuple[Unit, ...]:
        """Return the units of time."""
        block = self._entry.entry(name) if self._entry else None
        found = (
            tuple(_unit(unit) for id in block.names() if (unit := block.entry(id)))
            if block
            else ()
        )
        if self._entry and not found:
            self._missing(self._entry, name)
        return found

    def _numbered(self, name: str) -> Iterator[tuple[str, float]]:
        if self._entry is None:
            return
        block = self._entry.entry(name)
        if block is None or not list(block.names()):
            self._missing(self._entry, name)
            return
        for number in block.names():
            try:
                yield block.text(number), float(number)
            except ValueError:
                block.fault(
                    f'"{number}" stands where a number belongs.',
                    'Write the number first, then the words for it: "3: three, few".',
                    block.line_of(number),
                )

    def fault(self, name: str, what: str, remedy: str) -> None:
        """Note that something about a name is wrong."""
        if self._entry:
            self._entry.fault(what, remedy, self._entry.line_of(name))

    @staticmethod
    def _missing(entry: Entry, name: str) -> None:
        entry.fault(
            f'The table "{name}" is missing or empty.',
            "Write what belongs there, as in the file of another language; without it people are"
            " misread.",
            entry.line_of(name),
        )

    def close(self) -> None:
        """Note what nothing asked for."""
        if self._entry:
            self._entry.reject_unknown()


def _unit(entry: Entry) -> Unit:
    unit = Unit(
        frozenset(word for (word,) in _split(entry.text("words"))),
        frozenset(word for (word,) in _split(entry.text("plurals", ""))),
        entry.number("hours") or 0.0,
        entry.number("several") or 0.0,
        entry.flag("numbered"),
    )
    entry.reject_unknown()
    return unit


def _split(line: str) -> Iterator[Phrase]:
    """Yield the phrases of a line, which commas part."""
    yield from filter(None, map(fold_phrase, line.split(",")))
