"""What README.md shows of a talk is what the bot says, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.channels.telegram import markup
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Reply, Say
from bot.dialogue.state import State
from tests.conftest import NOW, ROOT, utterance

README: Final = ROOT / "README.md"
WRITES: Final = "> "
LEFT_OUT: Final = re.compile(r"…(?: \w+ more …)?")  # what README does not show


def talk() -> Iterator[tuple[str, list[str]]]:
    """Return what is written in README's first box, each with the lines that answer it."""
    shown = README.read_text(encoding="utf-8").split("```")[1].strip()
    for turn in shown.removeprefix(WRITES).split(f"\n{WRITES}"):
        written, *lines = turn.split("\n")
        yield written, lines


def as_shown(replies: tuple[Reply, ...]) -> str:
    """Return what is said as README shows it: plain, the buttons of each message numbered."""
    said: list[str] = []
    for reply in replies:
        if isinstance(reply, Say):
            said += [markup.to_plain(part) for part in markup.parts(reply.text)]
            labels = [button.label for row in reply.keyboard for button in row]
            said += [f"[{n}] {label}" for n, label in enumerate(labels, start=1)]
    return " ".join(" ".join(said).split())


def not_said(lines: list[str], said: str) -> list[str]:
    """Return the lines that do not stand in what was said, in their order."""
    missing, at = [], 0
    for line in lines:
        for piece in LEFT_OUT.split(" ".join(line.split())):
            found = said.find(piece.strip(), at)
            if found < 0:
                missing.append(line)
                break
            at = found + len(piece.strip())
    return missing


def test_the_talk_it_shows_is_what_the_bot_says(dialogue: Dialogue) -> None:
    state, at, turns = State(), NOW, list(talk())
    assert len(turns) > 4
    for written, lines in turns:
        at += 20
        state, replies = dialogue.step(State.from_json(state.to_json()), utterance(written, at))
        assert lines
        assert not_said(lines, as_shown(replies)) == [], as_shown(replies)


def test_a_line_that_was_not_said_is_found() -> None:
    said = "Any of these? Tap all that fit. [1] Weak [2] Numb"
    assert not_said(["Any of these? …", "  [1] Weak   … [2] Numb"], said) == []
    assert not_said(["Tap all that fit.", "Any of these?"], said) == ["Any of these?"]
    assert not_said(["Any of those? …"], said) == ["Any of those? …"]
