"""The folder of example messages: one text file a topic, one message a line, `#` for comments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from intents.content.faq import Concept, Patterns
from intents.content.pattern_file import read_patterns
from intents.languages.folding import Phrase, fold_phrase
from intents.languages.language import Cue, TopicWords
from intents.yaml_files.faults import Fault, Faults
from intents.yaml_files.text import parse
from intents.yaml_files.tree import Entry, is_id

_WORD: Final = re.compile(r"[^\W_]+")
OUT_OF_SCOPE: Final = "out_of_scope.txt"
NOT_AFFIRMED: Final = "not_affirmed.txt"
ORDINARY: Final = "ordinary.txt"
DANGERS: Final = "dangers.txt"
PATTERNS: Final = "patterns.yaml"
CONCEPTS: Final = "concepts.yaml"
TOPIC_WORDS: Final = "topic_words.yaml"
SIGNS: Final = "signs"
_TOPIC_CUES: Final = {
    "told_by_no": Cue.NO_NEGATION,
    "patients": Cue.PATIENTS,
    "others": Cue.OTHERS,
    "asked": Cue.ASKED,
    "help": Cue.HELP,
    "grave": Cue.GRAVE,
}
_TOPIC_CONCEPTS: Final = ("complaint", "places", "other_things")


class ExampleFiles:
    """Reads example files as the content asks for them, and notes every fault in them."""

    def __init__(self, faults: Faults, folder: Path | None, line: int = 1) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._content = faults
        self._folder = folder
        self._used: set[Path] = set()
        self._concepts: set[str] = set()
        self._owner: dict[str, tuple[str, str]] = {}  # folded example -> (topic, place)
        if folder is not None and not _is_there(folder / "."):
            faults.add(
                line,
                f'The examples folder "{folder}" does not exist.',
                'Mend the path behind "examples:"; it starts from this file\'s folder.',
            )
            self._folder = None

    def intent(self, id: str, entry: Entry) -> tuple[str, ...]:
        """Return a topic's examples: those in its block, then those in its file."""
        lines = [(text, self._content.file, line) for text, line in entry.lines("examples")]
        if self._folder and self._may_be_file(id, entry):
            lines += self._lines(self._folder / f"{id}.txt")
        if not lines:
            where = f", or make the file {self._folder / f'{id}.txt'}" if self._folder else ""
            entry.fault(
                f'The topic "{id}" has no examples.',
                f'Add "examples:" with messages people would write{where}.',
            )
        return tuple(text for text, file, line in lines if self._is_new(text, id, file, line))

    def sign(self, id: str, entry: Entry) -> tuple[str, ...]:
        """Return a sign's phrasings: those in its block, then those in its file."""
        lines = list(entry.texts("phrases"))
        if self._folder and self._may_be_file(id, entry):
            lines += [text for text, _, _ in self._lines(self._folder / SIGNS / f"{id}.txt")]
        if not lines:
            file = self._folder / SIGNS / f"{id}.txt" if self._folder else None
            where = f", or make the file {file}" if file else ""
            entry.fault(
                f'The sign "{id}" has no phrases.',
                f'Add "phrases:" with the words people use for it{where}.',
            )
        return tuple(dict.fromkeys(lines))

    def out_of_scope(self) -> tuple[str, ...]:
        """Return the messages that no topic answers."""
        if self._folder is None:
            return ()
        lines = self._lines(self._folder / OUT_OF_SCOPE)
        strange = (text for text, file, line in lines if self._is_strange(text, file, line))
        return tuple(dict.fromkeys(strange))

    def not_affirmed(self) -> tuple[str, ...]:
        """Return the messages that mention a sign which the writer does not have now."""
        return self._of_signs(NOT_AFFIRMED)

    def ordinary(self) -> tuple[str, ...]:
        """Return sentences of people's stories in which nothing is a sign."""
        return self._of_signs(ORDINARY)

    def dangers(self) -> tuple[str, ...]:
        """Return messages that tell of a danger which no sign covers."""
        return self._of_signs(DANGERS)

    def patterns(self, signs: Collection[str]) -> Patterns:
        """Return how the signs are told in words."""
        with self._yaml(f"{SIGNS}/{PATTERNS}") as top:
            return read_patterns(top, signs) if top else Patterns()

    def _of_signs(self, name: str) -> tuple[str, ...]:
        if self._folder is None:
            return ()
        return tuple(dict.fromkeys(t for t, _, _ in self._lines(self._folder / SIGNS / name)))

    def concepts(self) -> tuple[Concept, ...]:
        """Return the groups of words for one idea."""
        with self._yaml(CONCEPTS) as top:
            found = tuple(Concept(n, top.texts(n)) for n in top.names()) if top else ()
        self._concepts = {concept.id for concept in found}
        return found

    def topic_words(self) -> TopicWords:
        """Return what words mean on this topic, where the language does not know."""
        with self._yaml(TOPIC_WORDS) as top:
            if top is None:
                return TopicWords()
            cues = {cue: tuple(_phrases(top, name)) for name, cue in _TOPIC_CUES.items()}
            activities, plans = _single(top, "activities"), _single(top, "plans")
            people, events = (tuple(_phrases(top, name)) for name in ("people", "events"))
            concepts = [self._known_concepts(top, name) for name in _TOPIC_CONCEPTS]
            top.reject_unknown()
        return TopicWords(cues, people, activities, plans, events, *concepts)

    def _known_concepts(self, top: Entry, name: str) -> frozenset[str]:
        """Return a list of concepts by id; `concepts` must have been read before."""
        found = top.texts(name)
        for id in found:
            if id not in self._concepts:
                top.fault(
                    f'"{name}" names "{id[:40]}", and there is no such group in {CONCEPTS}.',
                    f"Write the name of a group in {CONCEPTS}, or remove it.",
                    top.line_of(name),
                )
        return frozenset(found)

    @contextmanager
    def _yaml(self, name: str) -> Iterator[Entry | None]:
        """Give the top block of a YAML file, and note its faults; None where there is no file."""
        path = self._folder / name if self._folder else None
        if path is None or not _is_there(path):
            yield None
            return
        self._used.add(path)
        faults = Faults(str(path))
        text = self._text(path)
        yield parse(text, faults) if text.strip() else None
        self.faults += faults.found

    def reject_strangers(self) -> None:
        """Note every example file that belongs to nothing in the content."""
        if self._folder is None:
            return
        # One level of folders and no more: the owner may have named a folder full of other things.
        patterns = ("*.txt", "*.yaml", "*/*.txt", "*/*.yaml")
        there = {path for pattern in patterns for path in self._folder.glob(pattern)}
        for path in sorted(there - self._used):
            kind = "sign" if path.parent.name == SIGNS else "topic"
            self.faults.append(
                Fault(
                    str(path),
                    1,
                    f'There is no {kind} "{path.stem}" in {Path(self._content.file).name}.',
                    f"Add that {kind}, or rename or remove this file.",
                )
            )

    def _may_be_file(self, id: str, entry: Entry) -> bool:
        """Tell whether an id may name a file of its own; a reserved one is a fault."""
        if f"{id}.txt" in (OUT_OF_SCOPE, NOT_AFFIRMED, ORDINARY, DANGERS):
            entry.fault(
                f'"{id}" is the name of a file with messages of another kind.',
                "Choose another id.",
                entry.line_of("id"),
            )
            return False
        return is_id(id)

    def _lines(self, path: Path) -> list[tuple[str, str, int]]:
        """Return the messages of a file with their places; none when there is no such file."""
        if not _is_there(path):
            return []
        self._used.add(path)
        # Not splitlines(): it also splits where an editor shows no new line.
        numbered = enumerate(map(str.strip, self._text(path).split("\n")), start=1)
        return [(line, str(path), n) for n, line in numbered if line and not line.startswith("#")]

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            what, remedy = "This file is not text in UTF-8.", "Save it again as UTF-8."
        except OSError as error:
            what = f"This file cannot be read: {error.strerror or 'it cannot be opened'}."
            remedy = "Check that it is a file which you may read."
        self.faults.append(Fault(str(path), 1, what, remedy))
        return ""

    def _is_new(self, text: str, id: str, file: str, line: int) -> bool:
        """Tell whether an example is new; under a second topic it is a fault."""
        folded = _folded(text)
        if folded not in self._owner:
            self._owner[folded] = (id, f"{file}:{line}")
            return True
        owner, first = self._owner[folded]
        if owner != id:
            self.faults.append(
                Fault(
                    file,
                    line,
                    f'"{text[:60]}" also stands under "{owner}" ({first}).',
                    "Keep it where it fits best, and word the other one differently.",
                )
            )
        return False

    def _is_strange(self, text: str, file: str, line: int) -> bool:
        """Tell whether a message out of scope is an example of no topic, as it should be."""
        owner, first = self._owner.get(_folded(text), ("", ""))
        if owner:
            self.warnings.append(
                Fault(
                    file,
                    line,
                    f'"{text[:60]}" is an example of "{owner}" too ({first}), and counts as one.',
                    "Remove it from one of the two files.",
                )
            )
        return not owner


def _phrases(top: Entry, name: str) -> Iterator[Phrase]:
    """Yield the phrases of a list, which commas part."""
    for line in top.texts(name):
        yield from filter(None, map(fold_phrase, line.split(",")))


def _single(top: Entry, name: str) -> frozenset[str]:
    """Return the words of a list in which no phrase may stand."""
    found = list(_phrases(top, name))
    for phrase in found:
        if len(phrase) > 1:
            top.fault(
                f'"{name}" holds "{" ".join(phrase)}", and only single words may stand there.',
                "Put a comma between the words, or remove it.",
                top.line_of(name),
            )
    return frozenset(phrase[0] for phrase in found)


def _folded(text: str) -> str:
    """Return a message without case and punctuation, to tell that two are the same."""
    return " ".join(_WORD.findall(text.casefold())) or text.strip()


def _is_there(path: Path) -> bool:
    """Tell whether there is something at a path, however odd the path is."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for a file, or with a NUL in it
        return False
