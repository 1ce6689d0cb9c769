"""The sentences that the program fills in, and those a content falls back on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from intents.yaml_files.tree import Entry

_PLACEHOLDER: Final = re.compile(r"\{(\w*)\}")
_NUMBER: Final = "emergency_number"
_EVERYWHERE: Final = frozenset({"name", _NUMBER, "check_button"})
# Characters that the chat's profile shows; longer ones would be refused when the bot starts.
_LIMITS: Final = {"description": 512, "short_description": 120}
_COMMAND_LIMIT: Final = 256
_MONTHS: Final = 12


class Sentences:
    """Reads the texts of a content that the program fills in."""

    def __init__(self, has_number: bool) -> None:
        """`has_number`: the content has an emergency number, so that its texts may name it."""
        self._has_number = has_number

    def read(
        self,
        entry: Entry,
        name: str,
        default: str | None = None,
        limit: int | None = None,
        allowed: Iterable[str] = _EVERYWHERE,
    ) -> str:
        """Return a text; only {words} that the program knows may stand in it."""
        text = entry.text(name, default, limit)
        known = sorted(allowed)
        named = set(_PLACEHOLDER.findall(text))
        for word in sorted(named - set(known)):
            entry.fault(
                f'"{name}" holds "{{{word}}}", which the program cannot fill in.',
                f"Use one of {', '.join(f'{{{a}}}' for a in known)}, or remove it.",
                entry.line_of(name),
            )
        if _NUMBER in named and not self._has_number:
            entry.fault(
                f'"{name}" names "{{{_NUMBER}}}", and this content has none: its line would be'
                " left out.",
                f'Add "{_NUMBER}:" at the top of the content, or write the text without it.',
                entry.line_of(name),
            )
        return text

    def words(self, entry: Entry | None, defaults: Mapping[str, str]) -> dict[str, str]:
        """Return all sentences: the content's own, and the language's for the rest."""
        words = dict(defaults)
        if entry is None:
            return words
        for name, default in words.items():
            if entry.has(name):
                limit = _COMMAND_LIMIT if name.startswith("command_") else _LIMITS.get(name)
                allowed = {*_EVERYWHERE, *_PLACEHOLDER.findall(default)}
                words[name] = self.read(entry, name, limit=limit, allowed=allowed)
        if len(words.get("months", "").split(",")) != _MONTHS:
            entry.fault(
                f'"months" must name {_MONTHS} months.',
                "Write them in order, with commas between.",
                entry.line_of("months"),
            )
        entry.reject_unknown()
        return words
