"""The table of patterns: what each finds among a content's own lines, and what it hits falsely."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.content.faq import DANGER, Faq
from intents.content.loader import load_text
from intents.evaluation.pattern_table import SignRow, sign_rows, table_lines

CONTENT = """\
name: Desk
examples: examples
levels: [{id: soon, title: Soon, text: See a doctor.}]
signs:
  - {id: chest, title: chest, level: soon, phrases: [my chest hurts, pain in my chest, a vice]}
  - {id: numb, title: numb, level: soon, phrases: [my leg is numb]}
intents:
  - {id: hours, title: Hours, answer: Nine to six., examples: [when do you open, the pain of it]}
"""
PATTERNS = """\
groups: {chest: chest, pain: "pain, hurts", day: day}
signs: {chest: [chest pain within 4 without day, pain]}
dangers: [day]
"""
FILES = {
    "patterns.yaml": PATTERNS,
    "not_affirmed.txt": "my mate has pain in his chest\nchest day, it hurts\n",
    "ordinary.txt": f"we moved the chest, it hurts {'so ' * 20}much\n",
    "dangers.txt": "it was a bad day\n",
}


@pytest.fixture(name="content")
def _content(tmp_path: Path) -> Faq:
    folder = tmp_path / "examples" / "signs"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_text(CONTENT, folder=tmp_path)


def row(content: Faq, sign: str) -> SignRow:
    return next(one for one in sign_rows(content) if one.sign == sign)


def test_a_sign_counts_each_line_once(content: Faq) -> None:
    chest = row(content, "chest")
    assert (chest.lines, chest.found, chest.false) == (3, 2, 3)


def test_a_pattern_counts_its_own_lines_and_those_it_hits_falsely(content: Faq) -> None:
    near, pain = row(content, "chest").patterns
    assert (near.own, len(near.false)) == (2, 1)
    assert (pain.own, len(pain.false)) == (2, 3)
    assert "my mate has pain in his chest" not in pain.false  # told of somebody else


def test_dangers_have_lines_of_their_own(content: Faq) -> None:
    danger = row(content, DANGER)
    assert (danger.lines, danger.found, danger.false) == (1, 1, 1)


def test_the_table_is_plain_text_with_one_sample_cut_short(content: Faq) -> None:
    lines = list(table_lines(sign_rows(content)))
    assert [line.split() for line in lines[:3]] == [
        ["Sign", "lines", "found", "false"],
        ["chest", "3", "67%", "3"],
        ["dangers", "1", "100%", "1"],
    ]
    assert not any(line.startswith("numb") for line in lines)  # it has no patterns
    (near,) = (line for line in lines if "within 4" in line)
    words = "chest pain within 4 without day"
    start = near.removeprefix(f"  {words}").split(maxsplit=2)
    assert start[:2] == ["2", "1"]
    assert start[2].startswith("we moved the chest, it hurts")
    assert start[2].endswith("…")
    assert len(start[2]) == 60


def test_a_content_without_patterns_says_so() -> None:
    rows = sign_rows(load_text(CONTENT.replace("examples: examples\n", "")))
    assert list(table_lines(rows)) == ["The content has no patterns."]
