"""The file `.env`: settings for who does not want to set them anew in every shell."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

ENV_FILE: Final = Path(".env")


class EnvFileError(Exception):
    """The file cannot be used; `faults` holds one line for each, never a value."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_env_file(path: Path = ENV_FILE) -> dict[str, str]:
    """Return what the file sets; nothing where there is none.

    Raises EnvFileError, with every fault.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise EnvFileError(
            (f"{path}: this is not text in UTF-8. Save it again as UTF-8.",)
        ) from None
    except OSError as error:
        raise EnvFileError((f"{path}: this cannot be read: {error.strerror}.",)) from None
    return _settings(path, text)


def _settings(path: Path, text: str) -> dict[str, str]:
    from dotenv.parser import parse_stream

    found: dict[str, str] = {}
    faults = []
    for binding in parse_stream(io.StringIO(text)):
        if binding.error or (binding.key and binding.value is None):
            line = binding.original.line + _blank_lines(binding.original.string)
            faults.append(f"{path}:{line}: this is no setting. Write NAME=value, or # before it.")
        elif binding.key:
            found[binding.key] = binding.value or ""
    if faults:
        raise EnvFileError(tuple(faults))
    return found


def _blank_lines(statement: str) -> int:
    """Return how many blank lines a statement begins with, as the parser gives it."""
    return statement[: len(statement) - len(statement.lstrip())].count("\n")
