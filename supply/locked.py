"""The packages that requirements.txt pins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

LOCK: Final = Path(__file__).parent.parent / "requirements.txt"
_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Package:
    """One package, as it is pinned."""

    name: str
    version: str
    hashes: tuple[str, ...]  # SHA-256, of each file that may be installed

    @property
    def purl(self) -> str:
        """The name by which lists of packages know it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: Path = LOCK) -> tuple[Package, ...]:
    """Return what is pinned, by name."""
    text = lock.read_text(encoding="utf-8")
    starts = list(_PINNED.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    found = (
        Package(normal(m[1]), m[2], tuple(_HASH.findall(text, m.start(), end)))
        for m, end in zip(starts, ends, strict=True)
    )
    return tuple(sorted(found, key=lambda package: package.name))


def normal(name: str) -> str:
    """Return a package's name as all ways to write it have in common."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str:
    """Return under which licence an installed package stands; empty where that is not known."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classes = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if "License" in c]
    short = next((line for line in (told["License"] or "").splitlines() if line.strip()), "")
    return told["License-Expression"] or ", ".join(classes) or short[:80]
