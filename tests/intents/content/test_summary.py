"""The summary of a sound content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intents.content import summary
from intents.content.loader import load
from intents.yaml_files.faults import Fault
from tests.conftest import SMALL, TODAY

BOILER = load(SMALL.with_name("boiler.yaml"), TODAY)


def told(label: str, lines: list[str]) -> str:
    """Return the line behind a label, with single blanks."""
    (line,) = (" ".join(line.split()) for line in lines if line.split()[0] == label)
    return line


def test_a_check_is_summed_up() -> None:
    lines = list(summary.lines(BOILER, "desk.yaml"))
    assert lines[0] == "desk.yaml is sound: Boiler desk"
    assert told("check", lines) == "check 5 steps with 13 options, 2 risks, 3 causes"
    assert told("signs", lines) == "signs 7 with 21 phrases (fewest: lasting, 2)"
    assert told("levels", lines) == "levels 4 emergency, today, week, self"
    assert told("sources", lines) == "sources 1 read 2027-01-10"
    assert told("reviewed", lines) == "reviewed by nobody yet"


def test_what_a_content_has_not_got_is_left_out() -> None:
    lines = list(summary.lines(load(SMALL, TODAY), "small.yaml"))
    assert [line.split()[0] for line in lines[1:]] == [
        "topics",
        "sources",
        "thresholds",
        "reviewed",
    ]
    assert (
        told("sources", lines) == "sources 1 to be read again by 2027-06-30, without a date: board"
    )


def test_sources_tell_their_first_and_last_day() -> None:
    (maker,) = BOILER.sources
    later = replace(maker, id="later", checked=date(2027, 1, 12))
    lines = list(summary.lines(replace(BOILER, sources=(later, maker)), "x"))
    assert told("sources", lines) == "sources 2 read 2027-01-10 to 2027-01-12"


def test_who_reviewed_it_and_what_to_look_at_are_told() -> None:
    warned = replace(BOILER, reviewed_by="A. Smith", warnings=(Fault("x", 3, "Old.", "Mend it."),))
    lines = list(summary.lines(warned, "x"))
    assert told("reviewed", lines) == "reviewed by A. Smith"
    assert lines[-1] == "Warning: x:3: Old. Mend it."
