"""Write thresholds into a content file; every other character of it stays as it is."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode

_BLOCK: Final = "thresholds"


def with_thresholds(text: str, values: Mapping[str, float]) -> str:
    """Return a content's text with other thresholds; those that are missing are added."""
    written = {name: f"{value:.2f}" for name, value in values.items()}
    newline = "\r\n" if "\r\n" in text else "\n"
    block = _block(text)
    if block is None:
        lines = [f"{_BLOCK}:", *(f"  {name}: {value}" for name, value in written.items())]
        start = text if not text or text.endswith("\n") else text + newline
        return start + newline + newline.join(lines) + newline
    changes: list[tuple[int, int, str]] = []
    last, indent = None, 2
    for key, value in block.value:
        last, indent = value, key.start_mark.column
        if isinstance(value, ScalarNode) and key.value in written:
            changes.append((value.start_mark.index, value.end_mark.index, written.pop(key.value)))
    if written and last is not None:
        end = last.end_mark.index
        if block.flow_style:
            added = "".join(f", {name}: {value}" for name, value in written.items())
        else:
            found = text.find("\n", end)  # after a comment that may follow on its line
            end = len(text) if found < 0 else found - (text[found - 1] == "\r")
            pad = newline + " " * indent
            added = "".join(f"{pad}{name}: {value}" for name, value in written.items())
        changes.append((end, end, added))
    for start_at, end_at, new in sorted(changes, reverse=True):
        text = text[:start_at] + new + text[end_at:]
    return text


def write_thresholds(path: Path, values: Mapping[str, float]) -> None:
    """Put thresholds into a content file, whole or not at all. Raises OSError."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    changed = with_thresholds(text, values)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(changed)
        shutil.copymode(path, name)
        Path(name).replace(path.resolve())
    finally:
        Path(name).unlink(missing_ok=True)


def _block(text: str) -> MappingNode | None:
    """Return where the thresholds stand; None where the content has none of its own."""
    top = YAML(pure=True).compose(text)
    if not isinstance(top, MappingNode):
        return None
    return next(
        (
            value
            for key, value in top.value
            if key.value == _BLOCK and isinstance(value, MappingNode) and value.value
        ),
        None,
    )
