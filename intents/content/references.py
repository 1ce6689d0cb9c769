"""Names that must exist: noted while the content is read, held against the whole of it after."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from intents.yaml_files.tree import Entry, nearest


class References:
    """Remembers which block names which sources, topics, signs …"""

    def __init__(self) -> None:
        self._noted: list[tuple[Entry, str, str, str]] = []

    def one(self, kind: str, entry: Entry, name: str, default: str | None = None) -> str:
        """Return the id behind a name; without a default it must be there."""
        id = entry.text(name, default)
        if id:
            self._noted.append((entry, name, kind, id))
        return id

    def many(self, kind: str, entry: Entry, name: str) -> tuple[str, ...]:
        """Return the list of ids behind a name; empty when left out."""
        ids = entry.texts(name)
        self._noted += [(entry, name, kind, id) for id in ids]
        return ids

    def hold(self, known: Mapping[str, Collection[str]]) -> None:
        """Note a fault for each id that is not among the known ones of its kind."""
        for entry, name, kind, id in self._noted:
            if id in known[kind]:
                continue
            near = nearest(id, known[kind])
            remedy = f'Did you mean "{near}"?' if near else f'Add it, or remove it from "{name}".'
            entry.fault(
                f'"{name}" names the {kind} "{id[:40]}", which does not exist.',
                remedy,
                entry.line_of(name),
            )
