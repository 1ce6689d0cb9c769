"""Replies as they are kept until they are sent."""

from __future__ import annotations

import pytest

from bot.delivery import kept_replies
from bot.dialogue.events import Button, Redraw, Reply, Say
from bot.store import Kept

REPLIES: tuple[Reply, ...] = (Say("Žluť 😀 \ud800"), Redraw(((Button("a", "b"),),)))


def test_they_come_back_as_they_were() -> None:
    kept = kept_replies.dump(4, REPLIES)
    assert kept_replies.unsent(Kept(version=5, replies=kept)) == REPLIES
    assert kept_replies.unsent(Kept(version=6, replies=kept)) == REPLIES[:1]
    assert kept_replies.dump(4, ()) == b""
    assert kept_replies.unsent(Kept()) == ()


@pytest.mark.parametrize("damaged", [b"x", b"4", b"\xff", b"4 [[]]", b"x []"])
def test_damaged_ones_are_told_of(damaged: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        kept_replies.unsent(Kept(replies=damaged))
