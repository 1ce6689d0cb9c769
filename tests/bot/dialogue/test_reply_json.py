"""Replies as kept until they are sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import reply_json
from bot.dialogue.events import Button, Redraw, Reply, Say, Settle, Toast

TEXT = st.text(st.characters())  # with surrogates and NUL
KEYBOARD = st.lists(st.lists(st.builds(Button, TEXT, TEXT), max_size=2).map(tuple), max_size=2)
REPLY = st.one_of(
    st.builds(Say, TEXT, KEYBOARD.map(tuple), st.booleans(), TEXT),
    st.builds(Redraw, KEYBOARD.map(tuple)),
    st.builds(Settle, TEXT),
    st.builds(Toast, TEXT),
)


def test_strategy_makes_every_kind_of_reply() -> None:
    made = {one.__name__ for one in (Say, Redraw, Settle, Toast)}
    assert made == {one.__name__ for one in Reply.__args__}


@given(st.lists(REPLY, max_size=4).map(tuple))
def test_replies_come_back_as_they_were(replies: tuple[Reply, ...]) -> None:
    written = reply_json.dump(replies)
    assert written.isascii()
    assert reply_json.load(written) == replies


def test_what_an_earlier_version_wrote_is_read() -> None:
    """It folded nothing away."""
    written = '[["say","Hello.",[[["Yes","c:1:danger:+any"]]],true]]'
    keyboard = ((Button("Yes", "c:1:danger:+any"),),)
    assert reply_json.load(written) == (Say("Hello.", keyboard, emergency=True),)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "5", "null", "[5]", "[" * 100_000, '[["say"]]', '[["shout", "x"]]'),
        *('[["say", "a", [], false, 5]]', '[["say", "a", [], false, "b", "c"]]'),
        *('[["say", 5, [], false]]', '[["redraw", [["x"]]]]', '[["toast", "a", "b"]]'),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not stored replies"):
        reply_json.load(text)
