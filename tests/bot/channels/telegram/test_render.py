"""Replies as Telegram takes them: texts, edits, keyboards, answers to taps."""

from __future__ import annotations

import pytest

from bot.channels.telegram import render
from bot.channels.telegram.render import AnswerTap, EditKeyboard, EditText, SendText
from bot.channels.telegram.updates import Place
from bot.delivery.channel import Call, emergency_first
from bot.dialogue.events import Button, Redraw, Reply, Say, Settle, Toast

KEYBOARD = ((Button("Yes", "y"),),)
CHAT = Place(7)
TAP = Place(7, "t", 5, "Is it <b>so</b>?")


def chosen(label: str) -> str:
    return f"→ {label}"


@pytest.mark.parametrize(
    ("replies", "place", "calls"),
    [
        pytest.param((Say("a"),), CHAT, (SendText("a", "a"),), id="say"),
        pytest.param(
            (Say("a", folded="S <1>"),),
            CHAT,
            (SendText("a\n\n<blockquote expandable>S &lt;1&gt;</blockquote>", "a\n\nS <1>"),),
            id="say-with-sources",
        ),
        pytest.param((), TAP, (AnswerTap("t"),), id="a-tap-is-always-answered"),
        pytest.param(
            (Toast("x" * 300), Redraw(KEYBOARD)),
            TAP,
            (AnswerTap("t", "x" * 200), EditKeyboard(5, KEYBOARD)),
            id="toast-and-redraw",
        ),
        pytest.param(
            (Settle("No <1>"), Say("Next", KEYBOARD)),
            TAP,
            (
                AnswerTap("t"),
                EditText(5, "Is it <b>so</b>?\n\n→ No &lt;1&gt;"),
                SendText("Next", "Next", KEYBOARD),
            ),
            id="settle",
        ),
        pytest.param((Settle("No"),), Place(7, "t"), (AnswerTap("t"),), id="settle-out-of-reach"),
        pytest.param(
            (Settle("No"),),
            Place(7, "t", 5, "x" * 4096),
            (AnswerTap("t"), EditKeyboard(5, ())),
            id="settle-under-a-full-message",
        ),
        pytest.param((Settle("No"), Redraw(())), CHAT, (), id="nothing-was-tapped"),
        pytest.param(
            (Settle("No"), Say("Now!", emergency=True), Say("More.")),
            TAP,
            (
                SendText("Now!", "Now!", (), emergency=True),
                AnswerTap("t"),
                EditText(5, "Is it <b>so</b>?\n\n→ No"),
                SendText("More.", "More."),
            ),
            id="an-emergency-comes-first",
        ),
    ],
)
def test_replies_become_calls(
    replies: tuple[Reply, ...], place: Place, calls: tuple[Call, ...]
) -> None:
    assert emergency_first(render.calls(replies, place, chosen)) == calls


def test_the_keyboard_stands_under_the_last_part() -> None:
    found = render.calls((Say("word " * 1500, KEYBOARD),), CHAT, chosen)
    assert [c.keyboard for c in found if isinstance(c, SendText)] == [(), KEYBOARD]
