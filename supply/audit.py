"""Hold the pinned packages against a dump of the advisories of osv.dev: `make audit OSV=FILE`.

FILE is the zip of an ecosystem, a folder of its records, or one record. Nothing is fetched.
Exit code 1: a package has known holes. 2: nothing could be held against anything.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from packaging.version import InvalidVersion, Version

from supply.locked import Package, normal, packages

HOLES: Final = 1
NOTHING_DONE: Final = 2
_HOW: Final = (
    "Nothing was audited: {why}\n"
    "Fetch the advisories for PyPI from osv.dev (one zip), then: make audit OSV=/path/to/all.zip\n"
    "Not held against anything: {names}"
)


def records(dump: Path) -> Iterator[dict[str, Any]]:
    """Yield the advisories of a dump; what is none is passed over. Errors: OSError."""
    if dump.is_dir():
        texts: Iterator[bytes] = (path.read_bytes() for path in sorted(dump.rglob("*.json")))
    elif zipfile.is_zipfile(dump):
        texts = _zipped(dump)
    else:
        texts = iter((dump.read_bytes(),))
    for text in texts:
        try:
            found = json.loads(text)
        except ValueError:
            continue
        yield from (one for one in (found if isinstance(found, list) else [found]) if _is_one(one))


def _zipped(dump: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(dump) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield archive.read(name)


def _is_one(found: Any) -> bool:
    return isinstance(found, dict) and bool(found.get("id")) and "affected" in found


def affects(record: dict[str, Any], package: Package) -> bool:
    """Tell whether an advisory that still stands names a package in its pinned version."""
    if record.get("withdrawn"):
        return False
    for affected in record["affected"]:
        named = affected.get("package", {})
        if named.get("ecosystem") == "PyPI" and normal(named.get("name", "")) == package.name:
            ranges = [r for r in affected.get("ranges", ()) if r.get("type") == "ECOSYSTEM"]
            if package.version in affected.get("versions", ()) or any(
                _within(one.get("events", ()), package.version) for one in ranges
            ):
                return True
    return False


def _within(events: Sequence[dict[str, str]], version: str) -> bool:
    """Tell whether a version lies in a range: from what brought the hole to what closed it."""
    mine, inside = _version(version), False
    for event in sorted(events, key=lambda one: _version(next(iter(one.values()), "0"))):
        if "introduced" in event and mine >= _version(event["introduced"]):
            inside = True
        if "fixed" in event and mine >= _version(event["fixed"]):
            inside = False
        if "last_affected" in event and mine > _version(event["last_affected"]):
            inside = False
    return inside


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def main(arguments: Sequence[str]) -> int:
    """Say what is known of the pinned packages; return the exit code."""
    pinned = packages()
    names = ", ".join(f"{one.name} {one.version}" for one in pinned)
    if not arguments or not arguments[0]:
        _print(_HOW.format(why="no advisories were named.", names=names))
        return NOTHING_DONE
    holes, held, newest = [], 0, ""
    try:
        for record in records(Path(arguments[0])):
            if any(a.get("package", {}).get("ecosystem") == "PyPI" for a in record["affected"]):
                held += 1
                newest = max(newest, str(record.get("modified", "")))
                holes += [(one, record) for one in pinned if affects(record, one)]
    except (OSError, zipfile.BadZipFile) as error:
        _print(_HOW.format(why=f"{arguments[0]} cannot be read: {error}.", names=names))
        return NOTHING_DONE
    if not held:
        _print(_HOW.format(why=f"{arguments[0]} holds no advisory for PyPI.", names=names))
        return NOTHING_DONE
    for package, record in holes:
        _print(f"{package.name} {package.version}: {record['id']} {record.get('summary', '')}")
    of = f"{len(pinned)} packages, {held} advisories, the newest of {newest[:10]}"
    _print(f"{of}: {len(holes)} holes.")
    return HOLES if holes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
