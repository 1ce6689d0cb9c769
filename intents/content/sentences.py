"""The sentences that the program fills in, and those a content falls back on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from intents.yaml_files.tree import Entry

_PLACEHOLDER: Final = re.compile(r"\{(\w*)\}")
_EVERYWHERE: Final = frozenset({"name", "emergency_number", "check_button"})
# Characters that the chat's profile shows; longer ones would be refused when the bot starts.
_LIMITS: Final = {"description": 512, "short_description": 120}
_COMMAND_LIMIT: Final = 256
_MONTHS: Final = 12


def read_words(entry: Entry | None, defaults: Mapping[str, str]) -> dict[str, str]:
    """Return all sentences: the content's own, and the language's for the rest."""
    words = dict(defaults)
    if entry is None:
        return words
    for name, default in words.items():
        if entry.has(name):
            limit = _COMMAND_LIMIT if name.startswith("command_") else _LIMITS.get(name)
            allowed = {*_EVERYWHERE, *_PLACEHOLDER.findall(default)}
            words[name] = sentence(entry, name, limit=limit, allowed=allowed)
    if len(words.get("months", "").split(",")) != _MONTHS:
        entry.fault(
            f'"months" must name {_MONTHS} months.',
            "Write them in order, with commas between.",
            entry.line_of("months"),
        )
    entry.reject_unknown()
    return words


def sentence(
    entry: Entry,
    name: str,
    default: str | None = None,
    limit: int | None = None,
    allowed: Iterable[str] = _EVERYWHERE,
) -> str:
    """Return a text that the program may fill in; only {words} that it knows may stand in it."""
    text = entry.text(name, default, limit)
    known = sorted(allowed)
    for word in sorted(set(_PLACEHOLDER.findall(text)) - set(known)):
        entry.fault(
            f'"{name}" holds "{{{word}}}", which the program cannot fill in.',
            f"Use one of {', '.join(f'{{{a}}}' for a in known)}, or remove it.",
            entry.line_of(name),
        )
    return text
