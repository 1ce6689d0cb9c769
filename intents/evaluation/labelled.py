"""Labelled messages, one JSON object a line: what people wrote, and what should be understood.

`text` is the message; `intents` the acceptable intents, best first, `[]` when it is out of scope;
`multi` says that it asks two of them; `warnings` the signs its writer affirms; `kind` "check"
marks what is typed inside the check; `why` that a sign is mentioned and yet not affirmed; `level`
how soon a careful clinician wants the writer seen, "crisis" among them. What else the samples hold
(`length`, `asks`, `sid`) is for their readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intents.content.faq import Faq
from intents.yaml_files.faults import Fault, FileFaults

INSIDE_CHECK: Final = "check"
CRISIS: Final = "crisis"  # a level that needs no sign: somebody may harm themselves
LONG: Final = 25  # words; who writes more tells a story
_FIELDS: Final = (
    "text", "intents", "multi", "warnings", "kind", "level", "why", "length", "asks", "sid",
)  # fmt: skip
_FORM: Final = 'Write it as {"text": "…", "intents": ["id"], "warnings": []}.'


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and its labels; `intents` is None where they were not labelled."""

    text: str
    intents: tuple[str, ...] | None
    warnings: tuple[str, ...]
    multi: bool = False
    kind: str = ""
    hard: bool = False  # it mentions a sign that its writer does not have now
    emergency: bool = False
    emergencies: frozenset[str] = frozenset()  # of its warnings, those that are emergencies
    danger: bool = False  # its writer should be seen today or at once, whatever is told in words
    is_mild: bool = True  # nobody needs to see its writer, as far as a level says

    @property
    def is_long(self) -> bool:
        """Tell whether it is a story rather than a line."""
        return len(self.text.split()) > LONG


class LabelFaults(FileFaults):
    """Labelled messages that cannot be used."""


def read_labelled(paths: Iterable[Path], faq: Faq) -> tuple[Labelled, ...]:
    """Read files of labelled messages, whose labels are ids of the content. Raises LabelFaults."""
    found: list[Labelled] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8-sig").split("\n")
        except UnicodeDecodeError:
            faults.append(_fault(path, 1, "This file is not text in UTF-8.", "Save it as UTF-8."))
            continue
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "the name is not one of a file"
            what = f"This file cannot be read: {reason}."
            faults.append(_fault(path, 1, what, "Check its name and place."))
            continue
        before = len(found) + len(faults)
        for number, line in enumerate(lines, start=1):
            if line.strip():
                read = _labelled(line, path, number, faq)
                if isinstance(read, Labelled):
                    found.append(read)
                else:
                    faults.append(read)
        if len(found) + len(faults) == before:
            faults.append(_fault(path, 1, "This file holds no messages.", _FORM))
    if faults:
        raise LabelFaults(tuple(faults))
    return tuple(found)


def _labelled(line: str, path: Path, number: int, faq: Faq) -> Labelled | Fault:
    """Return what a line says, or the first thing that is wrong with it."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        place = f" (character {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        return _fault(path, number, f"This line is not JSON{place}.", _FORM)
    if not isinstance(entry, dict):
        return _fault(path, number, "This line is not a JSON object.", _FORM)
    wrong = _wrong(entry, faq)
    if wrong:
        return _fault(path, number, *wrong)
    warnings = tuple(entry.get("warnings", ()))
    emergencies = frozenset(filter(faq.is_emergency, warnings))
    level = faq.level(entry.get("level", ""))
    return Labelled(
        text=entry["text"],
        intents=tuple(entry["intents"]) if "intents" in entry else None,
        warnings=warnings,
        multi=entry.get("multi", False),
        kind=entry.get("kind", ""),
        hard="why" in entry and not warnings,
        emergency=bool(emergencies) or (level is not None and level.emergency),
        danger=entry.get("level") == CRISIS or (level is not None and _is_soon(level.id, faq)),
        emergencies=emergencies,
        is_mild=level is None or level == faq.levels[-1],
    )


def _is_soon(level: str, faq: Faq) -> bool:
    """Tell whether a level is more serious than the two mildest."""
    return faq.rank(level) < len(faq.levels) - 2


def _wrong(entry: Mapping[str, Any], faq: Faq) -> tuple[str, str] | None:
    """Return what is wrong with an entry and the remedy; None when it is sound."""
    for name in entry:
        if name not in _FIELDS:
            return f'There is no field "{name}".', f"Known are: {', '.join(_FIELDS)}."
    if not isinstance(entry.get("text"), str):
        return 'There is no "text", or it is no text.', _FORM
    if not {"intents", "warnings", "level"} & set(entry):
        return 'There is no "intents", "warnings" or "level".', 'Label it; "[]" stands for none.'
    for name, ids, kind in (
        ("intents", [intent.id for intent in faq.intents], "topic"),
        ("warnings", [sign.id for sign in faq.signs], "sign"),
    ):
        labels = entry.get(name, [])
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
            return f'"{name}" must be a list of ids.', f'Write "{name}": ["id", "id"].'
        for label in labels:
            if label not in ids:
                return f'The content has no {kind} "{label}".', f"Known are: {', '.join(ids)}."
    if not isinstance(entry.get("multi", False), bool):
        return '"multi" must be true or false.', "Remove it where one thing is asked."
    if entry.get("multi") and len(entry.get("intents", ())) < 2:
        return '"multi" is true, and fewer than two intents are named.', "Name both."
    for name in ("kind", "level"):
        if not isinstance(entry.get(name, ""), str):
            return f'"{name}" must be a text.', "Put it in quotation marks, or remove it."
    return None


def _fault(path: Path, line: int, what: str, remedy: str) -> Fault:
    return Fault(str(path), line, what, remedy)
