"""The pinned packages: they are those that pyproject.toml asks for, and each has its hashes."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-dev.txt": PROJECT["optional-dependencies"]["dev"],
}
COMMAND = "make lock"


def pinned(name: str) -> dict[str, tuple[Requirement, int]]:
    """Return what a file pins, each with the number of its hashes."""
    found: dict[str, tuple[Requirement, int]] = {}
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        requirement, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        if requirement and not requirement.startswith(("#", "-r ")):
            one = Requirement(requirement)
            assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in hashes)
            found[canonicalize_name(one.name)] = (one, len(hashes))
    return found


@pytest.mark.parametrize("name", WANTED)
def test_what_is_asked_for_is_pinned_within_its_range(name: str) -> None:
    pins = pinned(name)
    for wanted in map(Requirement, WANTED[name]):
        pin, _ = pins[canonicalize_name(wanted.name)]
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert wanted.specifier.contains(exact.version), f"{pin} is not {wanted}; {COMMAND}"
        assert str(pin.marker or "") == str(wanted.marker or "")


@pytest.mark.parametrize("name", WANTED)
def test_every_pin_has_a_hash_and_no_file_names_an_index(name: str) -> None:
    assert [one for one, (_, hashes) in pinned(name).items() if not hashes] == []
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links", text)
    assert COMMAND in text


def test_the_second_file_brings_the_first() -> None:
    first = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()[0]
    assert first == "-r requirements.txt"
    assert not pinned("requirements.txt").keys() & pinned("requirements-dev.txt").keys()


def test_what_runs_here_is_what_is_pinned() -> None:
    for name, (pin, _) in pinned("requirements.txt").items():
        if pin.marker is None or pin.marker.evaluate():
            assert pin.specifier.contains(version(name)), name
