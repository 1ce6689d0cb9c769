"""What the bot is made of: its list, its licences, and the holes known in it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from supply import audit, notices, sbom
from supply.locked import Package, packages
from tests.conftest import ROOT

ONE = packages()[0]


def advisory(**affected: Any) -> dict[str, Any]:
    named = {"package": {"ecosystem": "PyPI", "name": ONE.name.upper()}, **affected}
    return {"id": "X-1", "summary": "A hole.", "modified": "2026-11-01", "affected": [named]}


def dumped(folder: Path, *found: dict[str, Any], name: str = "all.zip") -> str:
    path = folder / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("README", "{")
            for number, one in enumerate(found):
                archive.writestr(f"{number}.json", json.dumps(one))
    else:
        path.write_text(json.dumps(list(found)), encoding="utf-8")
    return str(path)


def test_the_lock_is_read_as_a_whole() -> None:
    pinned = packages()
    assert len(pinned) == (ROOT / "requirements.txt").read_text().count("==") - _conditions()
    assert all(one.hashes and one.version for one in pinned)


def _conditions() -> int:
    """Return how often `==` stands in a condition, and not before a version."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return sum(line.partition(";")[2].count("==") for line in lines)


@pytest.mark.parametrize("name", ["all.zip", "all.json"])
def test_a_hole_is_told_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert audit.main([dumped(tmp_path, advisory(versions=[ONE.version]), name=name)]) == 1
    assert f"{ONE.name} {ONE.version}: X-1 A hole." in capsys.readouterr().out


def test_without_holes_it_says_what_was_held_against_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dump = dumped(tmp_path, advisory(versions=["0.0.1"]), {"id": "Y", "affected": []})
    assert audit.main([dump]) == 0
    said = capsys.readouterr().out
    assert f"{len(packages())} packages, 1 advisories, the newest of 2026-11-01: 0 holes." in said


@pytest.mark.parametrize("dump", ["", "/nowhere/all.zip", "other", "empty"])
def test_what_could_not_be_done_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], dump: str
) -> None:
    npm = {"id": "Z", "affected": [{"package": {"ecosystem": "npm", "name": ONE.name}}]}
    named = {"other": dumped(tmp_path, npm, name="other.zip"), "empty": str(tmp_path / "none")}
    (tmp_path / "none").mkdir()
    assert audit.main([named.get(dump, dump)]) == 2
    said = capsys.readouterr().out
    assert said.startswith("Nothing was audited: ")
    assert f"{ONE.name} {ONE.version}" in said


@pytest.mark.parametrize(
    ("events", "version", "hit"),
    [
        ([{"introduced": "0"}, {"fixed": "2.0"}], "1.9", True),
        ([{"introduced": "0"}, {"fixed": "2.0"}], "2.0", False),
        ([{"introduced": "1.0"}, {"last_affected": "1.5"}], "1.5", True),
        ([{"introduced": "1.0"}, {"last_affected": "1.5"}], "1.10", False),
        ([{"introduced": "1.0"}, {"fixed": "1.2"}, {"introduced": "3.0"}], "3.1", True),
        ([{"introduced": "1.0"}, {"fixed": "1.2"}, {"introduced": "3.0"}], "2.0", False),
    ],
)
def test_ranges_are_understood(events: list[dict[str, str]], version: str, hit: bool) -> None:
    record = {"id": "X", "affected": [{"package": {"ecosystem": "PyPI", "name": "a_b"},
              "ranges": [{"type": "ECOSYSTEM", "events": events}]}]}  # fmt: skip
    assert audit.affects(record, Package("a-b", version, ())) is hit
    assert not audit.affects({**record, "withdrawn": "2026-01-01"}, Package("a-b", version, ()))
    assert not audit.affects(record, Package("other", version, ()))


def test_the_list_is_of_what_is_pinned() -> None:
    found = sbom.bom()
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert [one["purl"] for one in found["components"]] == [one.purl for one in packages()]
    assert all(one["hashes"] for one in found["components"])
    assert found == sbom.bom()


def test_the_notices_name_each_package_with_its_licence() -> None:
    known = notices.known_before(notices.PAGE.read_text(encoding="utf-8"))
    assert set(known) - {"Package", "---"} == {one.name for one in packages()}


def test_no_command_names_a_package_index() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "pypi.org" not in text
    assert "urlopen" not in text
