"""Replies as Telegram takes them: HTML, parts, keyboards, calls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import markup, render
from bot.channels.telegram.render import AnswerTap, Call, EditKeyboard, EditText, SendText
from bot.channels.telegram.updates import Tap
from bot.dialogue.events import Button, Redraw, Reply, Say, Settle, Toast
from tests.fakes.fake_bot_api import parsed

WORDS = {"chosen": "→ {label}"}
KEYBOARD = ((Button("Yes", "y"),),)
TAP = Tap("t", 5, "Is it <b>so</b>?")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("*Call 911.*", "<b>Call 911.</b>", id="bold"),
        pytest.param("a *b* c *d e*.", "a <b>b</b> c <b>d e</b>.", id="two"),
        pytest.param("<b> & >", "&lt;b&gt; &amp; &gt;", id="literal"),
        pytest.param("*<i>*", "<b>&lt;i&gt;</b>", id="literal-in-bold"),
        pytest.param("2*3*4", "2*3*4", id="inside-a-word"),
        pytest.param("* one\n* two", "* one\n* two", id="list"),
        pytest.param("*open", "*open", id="open"),
        pytest.param("**", "**", id="nothing-between"),
        pytest.param("“*numb*”", "“<b>numb</b>”", id="in-quotes"),
    ],
)
def test_stars_mark_bold_and_the_rest_is_literal(text: str, html: str) -> None:
    assert markup.to_html(markup.runs(text)) == html


@given(st.text(st.sampled_from("ab *\n.<&😀"), max_size=60))
def test_what_was_bold_is_so_when_it_comes_back(text: str) -> None:
    """Telegram shows a message as its text and what of it is bold, counted in UTF-16 units."""
    runs = markup.runs(text)
    entities, end = [], 0
    for words, bold in runs:
        if bold:
            entities.append({"type": "bold", "offset": end, "length": markup.units(words)})
        end += markup.units(words)
    assert markup.with_bold(markup.to_plain(runs), entities) == markup.to_html(runs)


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "url", "offset": 0, "length": 2},
        {"type": "bold", "offset": "0", "length": 2},
        {"type": "bold", "offset": 5, "length": 0},
        {"type": "bold", "offset": 9, "length": 9},
        {"type": "bold", "offset": -9, "length": 3},
        {"type": "bold"},
        None,
    ],
)
def test_what_is_not_bold_is_plain(entity: object) -> None:
    assert parsed(markup.with_bold("a <b>", [entity])) == "a <b>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("one two\n\nthree", ["one two", "three"], id="paragraph"),
        pytest.param("one two. three", ["one two.", "three"], id="sentence"),
        pytest.param("one two three", ["one two", "three"], id="word"),
        pytest.param("abcdefghijklmnop", ["abcdefghij", "klmnop"], id="hard"),
        pytest.param("😀😀😀😀😀😀", ["😀😀😀😀😀", "😀"], id="utf-16"),
        pytest.param(" \n \x00 ", [], id="blank"),
    ],
)
def test_long_texts_are_split_at_the_best_place(text: str, found: list[str]) -> None:
    assert [markup.to_plain(p) for p in markup.parts(text, limit=10)] == found


def test_bold_type_goes_on_in_the_next_part() -> None:
    parts = markup.parts("*one two three four*", limit=10)
    assert [markup.to_html(p) for p in parts] == ["<b>one two</b>", "<b>three four</b>"]


@given(st.text(st.sampled_from("ab *\n.<&😀"), max_size=200), st.integers(4, 40))
def test_parts_are_valid_short_and_complete(text: str, limit: int) -> None:
    parts = markup.parts(text, limit)
    plain = [markup.to_plain(p) for p in parts]
    assert [parsed(markup.to_html(p)) for p in parts] == plain
    assert all(markup.units(p) <= limit and p.strip() for p in plain)
    whole = markup.to_plain(markup.runs(text.strip()))
    assert "".join("".join(plain).split()) == "".join(whole.split())


@given(st.text())
def test_any_text_can_be_sent(text: str) -> None:
    for part in markup.parts(text):
        parsed(markup.to_html(part)).encode()


@pytest.mark.parametrize(
    ("replies", "tap", "calls"),
    [
        pytest.param((Say("a"),), None, (SendText("a", "a"),), id="say"),
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
        pytest.param((Settle("No"),), Tap("t"), (AnswerTap("t"),), id="settle-out-of-reach"),
        pytest.param(
            (Settle("No"),),
            Tap("t", 5, "x" * 4096),
            (AnswerTap("t"), EditKeyboard(5, ())),
            id="settle-under-a-full-message",
        ),
        pytest.param((Settle("No"), Redraw(())), None, (), id="nothing-was-tapped"),
        pytest.param(
            (Settle("No"), Say("Now!", emergency=True), Say("More.")),
            TAP,
            (
                SendText("Now!", "Now!", (), urgent=True),
                AnswerTap("t"),
                EditText(5, "Is it <b>so</b>?\n\n→ No"),
                SendText("More.", "More."),
            ),
            id="an-emergency-comes-first",
        ),
    ],
)
def test_replies_become_calls(
    replies: tuple[Reply, ...], tap: Tap | None, calls: tuple[Call, ...]
) -> None:
    assert render.calls(replies, tap, WORDS) == calls


def test_the_keyboard_stands_under_the_last_part() -> None:
    found = render.calls((Say("word " * 1500, KEYBOARD),), None, WORDS)
    assert [c.keyboard for c in found if isinstance(c, SendText)] == [(), KEYBOARD]


def test_parked_calls_come_back_without_taps() -> None:
    calls = (
        AnswerTap("t"),
        EditText(5, "<b>é</b>"),
        EditKeyboard(5, KEYBOARD),
        SendText("a", "b", KEYBOARD, urgent=True),
    )
    assert render.from_json(render.to_json(7, 9, calls)) == (7, 9, calls[1:])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"chat":1,"update":2,"calls":[["X",{}]]}'])
def test_a_damaged_parcel_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        render.from_json(text)
