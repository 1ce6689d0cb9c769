"""The terminal: the same conversations, with numbered buttons and a transcript."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from bot.assembly import open_conversations
from bot.channels.terminal import Screen, Talk
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.wording import Wording
from bot.store.memory import MemoryStore
from intents.content.faq import Faq
from intents.content.loader import load
from intents.understanding import Understanding
from tests.conftest import NOW, SMALL, TODAY


@dataclass
class Terminal:
    """A talk whose lines are given and whose screen can be read."""

    faq: Faq
    dialogue: Dialogue
    out: io.StringIO = field(default_factory=io.StringIO)
    record: io.StringIO = field(default_factory=io.StringIO)
    now: float = NOW

    def type(self, *lines: str) -> str:
        """Return what the screen shows after the first greeting."""
        screen = Screen(self.out, self.record, bold=False)
        self.talk(screen, self._time).run(f"{x}\n" for x in lines)
        return self.out.getvalue()

    def talk(self, screen: Screen, clock: Callable[[], float]) -> Talk:
        """Return a talk over a store that nobody else has."""
        say = Wording(self.faq).say
        step = self.dialogue.step
        conversations = open_conversations(step, say, MemoryStore(), clock, any_pace=True)
        return Talk(conversations, say, screen, clock)

    def _time(self) -> float:
        self.now += 10
        return self.now


@pytest.fixture(name="terminal")
def _terminal(boiler: tuple[Faq, Dialogue]) -> Terminal:
    return Terminal(*boiler)


@pytest.fixture(name="boiler", scope="module")
def _boiler() -> tuple[Faq, Dialogue]:
    faq = load(SMALL.with_name("boiler.yaml"), TODAY)
    return faq, Dialogue(Understanding(faq))


def test_it_greets_and_leaves_politely(terminal: Terminal) -> None:
    shown = terminal.type()
    assert shown.startswith("Write as you would in a chat.")
    assert "Hi, I'm Boiler desk." in shown
    assert "  [1] Answer a few questions\n  [2] All topics\n" in shown
    assert shown.endswith("Take care.\n")


def test_ctrl_c_leaves_politely(terminal: Terminal) -> None:
    def interrupted() -> Iterator[str]:
        yield "/about\n"
        raise KeyboardInterrupt

    screen = Screen(terminal.out, None, bold=False)
    terminal.talk(screen, lambda: NOW).run(interrupted())
    assert terminal.out.getvalue().endswith("Take care.\n")


def test_a_number_taps_a_button(terminal: Terminal) -> None:
    shown = terminal.type("1", "1", "5")
    assert "→ Answer a few questions" in shown
    assert "→ None of these" in shown
    assert "How long has it been like that?" in shown


def test_several_numbers_tick_several(terminal: Terminal) -> None:
    shown = terminal.type("/check", "no", "2, 4", "done")
    assert "[2] ✓ Dripping\n  [3] Banging (not just humming)\n  [4] ✓ Low pressure" in shown
    assert "How long has it been like that?" in shown


def test_numbers_never_reach_the_next_question(terminal: Terminal) -> None:
    """Of "1 3" at a question with one answer the second tap is stale: it answers no other."""
    shown = terminal.type("/check", "1 3")
    assert "And any of this?" in shown
    assert "(That button is from earlier." in shown
    assert "✓" not in shown


def test_a_number_without_a_button_says_so(terminal: Terminal) -> None:
    assert "There is no button with that number now." in terminal.type("99")


def test_numbers_are_words_where_there_are_no_buttons(terminal: Terminal) -> None:
    assert "no button" not in terminal.type("/privacy", "2")


def test_buttons_of_several_messages_are_numbered_on(faq: Faq, dialogue: Dialogue) -> None:
    listed = Terminal(faq, dialogue).type("/topics").split("What would you like to know?")[1]
    numbers = [int(number) for number in re.findall(r"\[(\d+)\]", listed)]
    assert numbers == list(range(1, len(numbers) + 1))
    last = next(i for i in reversed(faq.intents) if i.group == faq.groups[-1].id)
    shown = Terminal(faq, dialogue).type("/topics", str(numbers[-1]))
    assert f"[{numbers[-1]}] {last.title}\n" in shown
    assert f"→ {last.question}" in shown


def test_what_is_written_is_taken_whole(terminal: Terminal) -> None:
    shown = terminal.type(
        "how do i bleed a radiator", "", "/", "/ check", "/CHECK the pressure is too low"
    )
    assert "Turn the valve with the key" in shown
    assert "I've ticked Low pressure" in shown.replace("\n", " ")


def test_who_types_much_is_not_slowed_down(terminal: Terminal) -> None:
    shown = terminal.type(*["/privacy"] * 40)
    assert "That is a lot at once" not in shown


def test_forget_ends_a_check(terminal: Terminal) -> None:
    shown = terminal.type("/check", "/forget", "/cancel")
    assert "Is any of this so right now?" in shown
    assert "nothing to stop" in shown.lower() or "no check" in shown.lower()


def test_what_is_folded_away_elsewhere_stands_below(terminal: Terminal) -> None:
    shown = terminal.type("/check", "no", "low pressure", "two hours", "no", "why does it fail?")
    assert "Mostly for want of a service.\n\nSources, read 10 January 2027" in shown


def test_the_transcript_holds_both_sides(terminal: Terminal) -> None:
    terminal.type("/check", "no")
    written = terminal.record.getvalue()
    assert "\n> /check\n" in written
    assert "Is any of this so right now?" in written
    assert "  [1] None of these" in written
    assert written.endswith("Take care.\n")


def test_stars_are_bold_and_lines_are_short() -> None:
    out = io.StringIO()
    screen = Screen(out, None, bold=True)
    screen.show("• a *bold* word, " + "and more " * 30)
    lines = out.getvalue().split("\n")
    assert "\033[1mbold\033[0m" in lines[0]
    assert all(line.startswith("  and") or line.startswith("  more") for line in lines[1:-1])
    assert max(map(len, lines)) <= 78 + len("\033[1m\033[0m")
