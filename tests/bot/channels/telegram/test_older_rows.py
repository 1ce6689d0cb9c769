"""Answers that an older version parked, in its own words, are read and sent."""

from __future__ import annotations

import json

import pytest

from bot.channels.telegram import render
from bot.channels.telegram.older_rows import modern
from bot.channels.telegram.render import EditKeyboard, EditText, SendText
from bot.channels.telegram.updates import Place
from bot.delivery import parked
from bot.delivery.channel import Call
from bot.dialogue.events import Button, Reply
from tests.fakes.toy_channel import Toy

# As version 0.1.0 wrote them.
TEXT = (
    '{"chat": 7, "update": 9, "calls": [["SendText", {"html": "<b>Né</b> &lt;1&gt; *x",'
    ' "plain": "Né <1> *x", "keyboard": [[{"label": "Yes", "data": "c:1:y"}]], "urgent": false}],'
    ' ["SendText", {"html": "Call.", "plain": "Call.", "keyboard": [], "urgent": true}]]}'
)
EDIT = (
    '{"chat": 7, "update": 9, "calls": [["EditText", {"message_id": 5, "html": "Is it'
    ' <b>so</b>?\\n\\nSay.\\n\\n→ No &lt;1&gt;"}], ["SendText", {"html": "Next", "plain": "Next",'
    ' "keyboard": [], "urgent": false}]]}'
)
DRAWN = (
    '{"chat": -7, "update": 9, "calls": [["EditKeyboard", {"message_id": 5, "keyboard":'
    ' [[{"label": "✓ Tick", "data": "t"}, {"label": "No", "data": "n"}]]}]]}'
)


def chosen(label: str) -> str:
    return f"→ {label}"


class Wire(Toy):
    """Telegram as far as reading goes."""

    def calls(self, replies: tuple[Reply, ...], place: Place) -> tuple[Call, ...]:  # type: ignore[override]
        return render.calls(replies, place, chosen)

    def place(self, address: str) -> Place:  # type: ignore[override]
        chat, message_id, html = json.loads(address)
        return Place(chat, "", message_id, html)


@pytest.mark.parametrize(
    ("row", "key", "calls"),
    [
        pytest.param(
            TEXT,
            "telegram:7",
            (
                SendText("Call.", "Call.", emergency=True),
                SendText("<b>Né</b> &lt;1&gt; *x", "Né <1> *x", ((Button("Yes", "c:1:y"),),)),
            ),
            id="texts",
        ),
        pytest.param(
            EDIT,
            "telegram:7",
            (EditText(5, "Is it <b>so</b>?\n\nSay.\n\n→ No &lt;1&gt;"), SendText("Next", "Next")),
            id="a-choice",
        ),
        pytest.param(
            DRAWN,
            "telegram:-7",
            (EditKeyboard(5, ((Button("✓ Tick", "t"), Button("No", "n")),)),),
            id="buttons",
        ),
        pytest.param('{"chat": 7, "update": 9, "calls": []}', "telegram:7", (), id="nothing"),
    ],
)
def test_its_calls_are_made(row: str, key: str, calls: tuple[Call, ...]) -> None:
    answer = parked.load(modern(row, chosen=chosen), Wire())
    assert (answer.key, answer.update_id) == (key, 9)
    assert answer.calls == calls


@pytest.mark.parametrize(
    "row",
    ["{", "{}", '{"chat":1,"update":2,"calls":[["X",{}]]}', '{"chat":1,"update":2,"calls":7}',
     '{"chat":1,"update":2,"calls":[["SendText",{"html":7,"keyboard":[],"urgent":false}]]}',
     '{"chat":1,"update":2,"calls":[["EditText",{"html":"a"}]]}',
     '{"chat":"x","update":2,"calls":[]}'],
)  # fmt: skip
def test_a_damaged_row_is_a_value_error(row: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        modern(row, chosen=chosen)


def test_a_row_of_today_is_left_as_it_is() -> None:
    for row in ('["telegram:7", 9, "[7, null, null]", 0, 0]\n[]', "", "nonsense"):
        assert modern(row, chosen=chosen) == row
