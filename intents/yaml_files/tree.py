"""YAML as a tree that knows its lines: typed look-ups that collect faults instead of raising."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Final, TypeVar

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.yaml_files.faults import Faults

T = TypeVar("T")

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")  # short enough to fit a button's data
_NULL: Final = "tag:yaml.org,2002:null"


def is_id(text: str) -> bool:
    """Tell whether a text is an id: small letters, digits and underscores."""
    return _ID.fullmatch(text) is not None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a misspelt one was meant to be, if one is near enough."""
    found = process.extractOne(
        name, sorted(known), scorer=OSA.normalized_similarity, score_cutoff=0.6
    )
    return found[0] if found else None


class Entry:
    """One block of names with values."""

    def __init__(self, node: yaml.MappingNode, faults: Faults) -> None:
        self.line = node.start_mark.line + 1
        self._faults = faults
        self._nodes: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in self._nodes:
                self.fault(
                    f'"{name}" stands here twice.', "Keep one of them.", key.start_mark.line + 1
                )
            self._nodes[name] = value

    def fault(self, what: str, remedy: str, line: int | None = None) -> None:
        """Note that something about this block is wrong."""
        self._faults.add(line or self.line, what, remedy)

    def line_of(self, name: str) -> int:
        """Return the line where a name's value starts."""
        node = self._nodes.get(name)
        return node.start_mark.line + 1 if node is not None else self.line

    def names(self) -> Iterable[str]:
        """Return the names in this block, in order."""
        return self._nodes.keys()

    def has(self, name: str) -> bool:
        """Tell whether a name is there with a value."""
        return self._value(name) is not None

    def is_malformed(self, name: str) -> bool:
        """Tell whether something other than a list is behind a name."""
        node = self._value(name)
        return node is not None and not isinstance(node, yaml.SequenceNode)

    def text(self, name: str, default: str | None = None, limit: int | None = None) -> str:
        """Return a text; without a default it must be there."""
        node = self._value(name)
        if node is None:
            if default is None:
                self.fault(f'"{name}" is missing.', f'Add a line "{name}: …" to this block.')
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self._wrong(name, "a text", f'Write one text behind "{name}:".')
            return default or ""
        value = str(node.value).strip()
        if not value and default is None:
            self._wrong(name, "a text, and it is empty", f'Write one behind "{name}:".')
        if limit is not None and len(value) > limit:
            self._wrong(
                name, f"at most {limit} characters", f"Shorten it by {len(value) - limit}."
            )
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a text, or None when it is left out or null."""
        return self.text(name, "") or None

    def id(self, name: str = "id") -> str:
        """Return an id: small letters, digits and underscores."""
        value = self.text(name)
        if value and not is_id(value):
            self._wrong(
                name,
                f'an id, and "{value[:40]}" is none',
                "Use at most 32 small letters, digits and underscores, a letter first.",
            )
        return value

    def number(
        self, name: str, default: float | None = None, most: float | None = None
    ) -> float | None:
        """Return a number that is not negative."""
        node = self._value(name)
        if node is None:
            return default
        try:
            value = float(node.value) if isinstance(node, yaml.ScalarNode) else -1.0
        except ValueError:
            value = -1.0
        if not 0 <= value <= (most if most is not None else 1e9):
            bounds = f"from 0 to {most:g}" if most is not None else "of 0 or more"
            self._wrong(
                name, f"a number {bounds}", "Write it with digits and a point, such as 0.5."
            )
            return default
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; false when left out."""
        value = self.text(name, "false").lower()
        if value not in {"true", "false", "yes", "no"}:
            self._wrong(name, "true or false", "Write true or false.")
        return value in {"true", "yes"}

    def date(self, name: str) -> date | None:
        """Return a date, or None when it is left out."""
        value = self.optional_text(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self._wrong(name, "a date", "Write it as year-month-day, such as 2027-01-31.")
            return None

    def choice(self, name: str, choices: Iterable[str], default: str) -> str:
        """Return one of a few words."""
        value = self.text(name, default)
        allowed = list(choices)
        if value not in allowed:
            self._wrong(
                name, f"one of {', '.join(allowed)}", f'Write one of them behind "{name}:".'
            )
            return default
        return value

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Return a list of texts that are all among the allowed ones; empty when left out."""
        for text, line in self.lines(name):
            if text not in allowed:
                self.fault(
                    f'"{name}" holds "{text[:40]}", which is not known.',
                    f"Write some of these: {', '.join(allowed)}.",
                    line,
                )
        return tuple(text for text in self.texts(name) if text in allowed)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; empty when left out."""
        return tuple(text for text, _ in self.lines(name))

    def lines(self, name: str) -> list[tuple[str, int]]:
        """Return a list of texts, each with its line."""
        found = []
        for node in self._items(name):
            if isinstance(node, yaml.ScalarNode) and str(node.value).strip():
                found.append((str(node.value).strip(), node.start_mark.line + 1))
            else:
                empty = isinstance(node, yaml.ScalarNode)
                self.fault(
                    f'"{name}" has an item that is {"empty" if empty else "not a text"}.',
                    "Remove it." if empty else 'Put a text with ": " in it into quotes.',
                    node.start_mark.line + 1,
                )
        return found

    def entry(self, name: str) -> Entry | None:
        """Return a block inside this one, or None when it is left out."""
        node = self._value(name)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self._wrong(
                name, "a block of names", f'Put its parts on lines of their own under "{name}:".'
            )
            return None
        return Entry(node, self._faults)

    def blocks(self, name: str, read: Callable[[Entry], T]) -> tuple[T, ...]:
        """Read a list of blocks, each by `read`; what it does not ask for is a fault."""
        found = []
        for node in self._items(name):
            if isinstance(node, yaml.MappingNode):
                entry = Entry(node, self._faults)
                found.append(read(entry))
                entry.reject_unknown()
            else:
                self.fault(
                    f'"{name}" has an item that is not a block.',
                    'Start each with "- " and a name, such as "- id: …".',
                    node.start_mark.line + 1,
                )
        return tuple(found)

    def unique(self, name: str, kind: str, read: Callable[[Entry], T]) -> tuple[T, ...]:
        """Read a list of blocks with ids, each of which may stand once; `kind` names a block."""
        first: dict[str, Entry] = {}

        def read_new(entry: Entry) -> T:
            item, id = read(entry), entry.text("id", "")
            earlier = first.setdefault(id, entry)
            if id and earlier is not entry:
                entry.fault(
                    f'The {kind} "{id[:40]}" stands here twice; '
                    f"the first is on line {earlier.line}.",
                    "Give this one another id, or remove it.",
                )
            return item

        return self.blocks(name, read_new)

    def reject_unknown(self) -> None:
        """Note every name that nobody asked for."""
        for name in self._nodes:
            if name in self._asked:
                continue
            near = nearest(name, self._asked)
            remedy = (
                f'Did you mean "{near}"?'
                if near
                else "Remove it, or look for the right name in the README."
            )
            self.fault(f'"{name}" is not known here.', remedy, self.line_of(name))

    def _value(self, name: str) -> yaml.Node | None:
        self._asked.add(name)
        node = self._nodes.get(name)
        if isinstance(node, yaml.ScalarNode) and node.tag == _NULL:
            return None
        return node

    def _items(self, name: str) -> list[yaml.Node]:
        node = self._value(name)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(
                name, "a list", f'Write each item under "{name}:" on a line that starts with "- ".'
            )
            return []
        return list(node.value)

    def _wrong(self, name: str, wanted: str, remedy: str) -> None:
        self.fault(f'"{name}" must be {wanted}.', remedy, self.line_of(name))
