"""A reply's text as Telegram takes it: bold type, and parts that are short enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import markup
from tests.fakes.fake_bot_api import parsed


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
        pytest.param("call\n`112`", "call\n<code>112</code>", id="to-copy"),
        pytest.param("`a` *b* `c", "<code>a</code> <b>b</b> `c", id="both"),
        pytest.param("“*numb*”", "“<b>numb</b>”", id="in-quotes"),
    ],
)
def test_stars_and_backticks_mark_and_the_rest_is_literal(text: str, html: str) -> None:
    assert markup.to_html(markup.runs(text)) == html


@given(st.text(st.sampled_from("ab *`\n.<&😀"), max_size=60))
def test_what_was_marked_is_so_when_it_comes_back(text: str) -> None:
    """Telegram shows a message as its text and what of it is marked, counted in UTF-16 units."""
    runs = markup.runs(text)
    entities, end = [], 0
    for words, style in runs:
        if style:
            entities.append({"type": style, "offset": end, "length": markup.units(words)})
        end += markup.units(words)
    assert markup.with_styles(markup.to_plain(runs), entities) == markup.to_html(runs)


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
    assert parsed(markup.with_styles("a <b>", [entity])) == "a <b>"


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


@given(st.text(st.sampled_from("ab *`\n.<&😀"), max_size=200), st.integers(4, 40))
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


def test_what_is_folded_stands_below_as_a_quote_that_opens() -> None:
    (part,) = markup.parts("*Rest.*", folded="Sources: NHS <1>")
    told = "<b>Rest.</b>\n\n<blockquote expandable>Sources: NHS &lt;1&gt;</blockquote>"
    assert markup.to_html(part) == told
    assert markup.to_plain(part) == "Rest.\n\nSources: NHS <1>"


def test_a_long_text_keeps_its_fold_in_the_last_part() -> None:
    *_, last = markup.parts("word " * 20, limit=60, folded="Sources: NHS")
    assert markup.to_html(last).endswith("<blockquote expandable>Sources: NHS</blockquote>")
