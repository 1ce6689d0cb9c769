"""The seam to the channels."""

from __future__ import annotations

from bot.delivery.channel import emergency_first
from tests.fakes.toy_channel import Brief, Write

A, B, HELP, MORE = Write("a"), Brief("b"), Write("1", emergency=True), Write("2", emergency=True)


def test_an_emergency_answer_is_ahead_and_all_else_stays_in_order() -> None:
    assert emergency_first((A, HELP, B, MORE)) == (HELP, MORE, A, B)
    assert emergency_first(()) == ()
