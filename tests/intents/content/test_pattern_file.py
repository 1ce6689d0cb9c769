"""The patterns of signs are read with every fault, its line and its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.content.faq import DANGER, Faq, FaqError, Pattern
from intents.content.loader import load_text
from intents.yaml_files.faults import Fault

CONTENT = """\
name: Desk
examples: examples
levels: [{id: soon, title: Soon, text: See a doctor.}]
signs: [{id: pain, title: pain, level: soon, phrases: [it hurts]}]
intents: [{id: hours, title: Hours, answer: Nine to six., examples: [when do you open]}]
"""


def loaded(folder: Path, patterns: str) -> Faq:
    path = folder / "examples" / "signs" / "patterns.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(patterns, encoding="utf-8")
    return load_text(CONTENT, folder=folder)


def fault(folder: Path, patterns: str) -> Fault:
    with pytest.raises(FaqError) as caught:
        loaded(folder, patterns)
    (found,) = caught.value.faults
    return found


def test_groups_conditions_and_dangers(tmp_path: Path) -> None:
    text = (
        "groups: {chest: 'chest, breast bone', pain: \"pain, don't hurt\", pec: pec}\n"
        "signs: {pain: [chest pain in order within 5 without pec, pain anywhere]}\n"
        "dangers: [pec]\n"
    )
    patterns = loaded(tmp_path, text).patterns
    assert patterns.groups["chest"] == ("chest", "breast bone")
    assert patterns.groups["pain"] == ("pain", "dont hurt")
    line = "chest pain in order within 5 without pec"
    assert patterns.patterns == (
        Pattern(DANGER, "pec", ("pec",)),
        Pattern("pain", line, ("chest", "pain"), ("pec",), within=5, in_order=True),
        Pattern("pain", "pain anywhere", ("pain",), anywhere=True),
    )


def test_a_pattern_that_only_asks(tmp_path: Path) -> None:
    text = "groups: {sigh: 'so tired'}\nasked: {pain: [sigh]}\n"
    assert loaded(tmp_path, text).patterns.patterns == (
        Pattern("pain", "sigh", ("sigh",), only_asks=True),
    )


@pytest.mark.parametrize(
    ("patterns", "line", "what"),
    [
        (
            "groups: {chest: chest}\nsigns:\n  pain:\n    - chst\n",
            4,
            'In the pattern "chst" "chst" is no group (did you mean "chest"?).',
        ),
        (
            "groups: {chest: chest}\nsigns:\n  pain:\n    - chest within many\n",
            4,
            'In the pattern "chest within many" a number of words is missing behind "within".',
        ),
        (
            "groups: {chest: chest}\nsigns:\n  pain:\n    - without chest\n",
            4,
            'In the pattern "without chest" no group is named.',
        ),
        ("groups: {chest: chest}\nsigns:\n  pian: [chest]\n", 3, 'There is no sign "pian".'),
        ("groups:\n  within: chest\nsigns: {}\n", 2, '"within" cannot be the name of a group.'),
        ("groups: {}\nsings: {}\n", 2, '"sings" is not known here.'),
    ],
)
def test_faults(tmp_path: Path, patterns: str, line: int, what: str) -> None:
    found = fault(tmp_path, patterns)
    assert (found.line, found.what) == (line, what)
    assert found.remedy
