"""What Telegram's updates mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.telegram.updates import (
    UNREADABLE,
    Ignored,
    Malformed,
    Place,
    number_of,
    read,
)
from bot.delivery.incoming import Incoming, Left
from bot.dialogue.events import Command, Edited, Event, Press, Unreadable, Utterance

PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -5, "type": "supergroup", "title": "Runners"}
ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "The_bot"}
FILE = {"file_id": "f", "file_unique_id": "u"}
AT = 99.0


def message(chat: dict[str, Any] = PRIVATE, **fields: Any) -> dict[str, Any]:
    return {"message_id": 3, "date": 1_800_000_000, "chat": chat, "from": ANN, **fields}


def private(event: Event | Left, *tapped: Any) -> Incoming:
    return Incoming(1, "telegram:7", event, Place(7, *tapped))


def meaning(**update: Any) -> Incoming | Ignored | Malformed:
    Update.de_json({"update_id": 1, **update}, None)  # what is no update to the library is none
    return read({"update_id": 1, **update}, "the_bot", AT)


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        pytest.param({"text": "my calf"}, Utterance("my calf", AT), id="text"),
        pytest.param(
            {"caption": "/my calf", "photo": [{**FILE, "width": 1, "height": 1}]},
            Utterance("/my calf", AT),
            id="caption",
        ),
        pytest.param({"text": "/start"}, Command("start", "", AT), id="command"),
        pytest.param({"text": "/Start@the_bot ref 1"}, Command("start", "ref 1", AT), id="named"),
        pytest.param({"text": "/check\nmy calf"}, Command("check", "my calf", AT), id="lines"),
        pytest.param({"text": "/ 2"}, Utterance("/ 2", AT), id="only-a-slash"),
        pytest.param({"text": "/and/or"}, Utterance("/and/or", AT), id="not-a-command"),
        pytest.param(
            {"photo": [{**FILE, "width": 1, "height": 1}]}, Unreadable("photo", AT), id="photo"
        ),
        pytest.param({"voice": {**FILE, "duration": 1}}, Unreadable("voice", AT), id="voice"),
        pytest.param(
            {
                "animation": {**FILE, "width": 1, "height": 1, "duration": 1},
                "document": {**FILE},
            },
            Unreadable("animation", AT),
            id="animation",
        ),
        pytest.param(
            {"location": {"latitude": 1.0, "longitude": 1.0}},
            Unreadable("location", AT),
            id="location",
        ),
    ],
)
def test_messages(fields: dict[str, Any], event: Event) -> None:
    assert meaning(message=message(**fields)) == private(event)


def test_an_edit_is_not_a_new_answer() -> None:
    edited = meaning(edited_message=message(text="/numb", edit_date=1_800_000_001))
    assert edited == private(Edited("/numb", AT))


def query(shown: dict[str, Any] | None, data: str = "y") -> dict[str, Any]:
    fields = {"id": "q", "from": ANN, "chat_instance": "c", "data": data}
    return fields if shown is None else {**fields, "message": shown}


def test_a_tap_knows_the_message_it_was_made_under() -> None:
    bold = [{"type": "bold", "offset": 0, "length": 2}]
    shown = message(text="is it & so", entities=bold)
    tapped = meaning(callback_query=query(shown))
    assert tapped == private(Press("y", AT), "q", 3, "<b>is</b> it &amp; so")


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param({"message_id": 3, "date": 0, "chat": PRIVATE}, id="inaccessible"),
        pytest.param(None, id="none"),
    ],
)
def test_a_tap_under_a_message_out_of_reach(shown: dict[str, Any] | None) -> None:
    assert meaning(callback_query=query(shown)) == private(Press("y", AT), "q")


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        pytest.param({"text": "/check"}, Command("check", "", AT), id="command"),
        pytest.param({"text": "/check@the_bot"}, Command("check", "", AT), id="to-us"),
        pytest.param({"text": "/check@other_bot"}, None, id="to-another"),
        pytest.param({"text": "my calf"}, None, id="talk"),
        pytest.param(
            {"text": "yes", "reply_to_message": {**message(GROUP, text="?"), "from": BOT}},
            Utterance("yes", AT),
            id="reply",
        ),
        pytest.param(
            {"text": "yes", "reply_to_message": message(GROUP, text="?")}, None, id="other-reply"
        ),
    ],
)
def test_in_groups_only_what_is_addressed_to_us(
    fields: dict[str, Any], event: Event | None
) -> None:
    found = meaning(message=message(GROUP, **fields))
    if event is None:
        assert found == Ignored(1)
    else:
        assert found == Incoming(1, "telegram:-5", event, Place(-5), in_public=True)


def member(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    now = {"user": BOT, "status": status, "until_date": 0}
    before = {"user": BOT, "status": "member"}
    return {
        "chat": chat, "from": ANN, "date": 1_800_000_000,
        "old_chat_member": before, "new_chat_member": now,
    }  # fmt: skip


def test_being_blocked_is_a_farewell() -> None:
    assert meaning(my_chat_member=member("kicked")) == private(Left())


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"my_chat_member": member("member")}, id="unblocked"),
        pytest.param({"my_chat_member": member("kicked", GROUP)}, id="out-of-a-group"),
        pytest.param({"message": message(new_chat_title="x")}, id="service"),
        pytest.param({"edited_message": message(voice={**FILE, "duration": 1})}, id="no-text"),
        pytest.param({"channel_post": message(text="x")}, id="channel"),
        pytest.param({"something_new": {}}, id="unknown"),
        pytest.param({}, id="empty"),
    ],
)
def test_all_else_is_ignored(update: dict[str, Any]) -> None:
    assert meaning(**update) == Ignored(1)


@pytest.mark.parametrize(
    ("date", "edited", "written"),
    [
        pytest.param(AT - 40, None, AT - 40, id="a-while-ago"),
        pytest.param(AT - 40, AT - 3, AT - 3, id="changed-later"),
        pytest.param(AT - 90_000, None, None, id="longer-than-telegram-keeps-it"),
        pytest.param(AT + 5, None, None, id="clocks-differ"),
    ],
)
def test_the_time_of_writing(date: float, edited: float | None, written: float | None) -> None:
    said = message(text="numb", date=int(date))
    if edited:
        found = meaning(edited_message={**said, "edit_date": int(edited)})
    else:
        found = meaning(message=said)
    assert isinstance(found, Incoming)
    assert not isinstance(found.event, Left)
    assert found.written == written
    assert found.event.at == AT


def test_the_language_of_the_writers_app_is_told() -> None:
    """Nothing depends on it: what it lacks or is instead makes no update malformed."""
    ann = {**ANN, "language_code": "pt-br"}
    for update in (
        {"message": message(text="numb") | {"from": ann}},
        {"callback_query": query(None) | {"from": ann}},
    ):
        found = meaning(**update)
        assert isinstance(found, Incoming)
        assert found.language == "pt-br"
    for odd in ("Ann", None, {"language_code": 7}):
        strange: dict[str, Any] = {**message(text="numb"), "from": odd}
        found = read({"update_id": 1, "message": strange}, "the_bot", AT)
        assert isinstance(found, Incoming)
        assert found.language == ""


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"message": {"text": "numb"}}, id="no-chat"),
        pytest.param({"message": {}}, id="nothing"),
        pytest.param({"message": "numb"}, id="no-object"),
        pytest.param({"message": message(text=7)}, id="text-is-a-number"),
        pytest.param({"message": message({"id": "7", "type": "private"}, text="a")}, id="chat"),
        pytest.param({"edited_message": {"text": "numb", "chat": PRIVATE}}, id="no-date"),
        pytest.param({"callback_query": {"id": "q", "from": "Ann"}}, id="nobody"),
        pytest.param({"callback_query": {"id": 7, "from": ANN}}, id="tap-id"),
        pytest.param({"my_chat_member": {"chat": PRIVATE}}, id="no-member"),
    ],
)
def test_what_lacks_a_field_is_told_apart(update: dict[str, Any]) -> None:
    assert read({"update_id": 1, **update}, "the_bot", AT) == Malformed(1)


@pytest.mark.parametrize(
    "update",
    [None, [], "x", {}, {"update_id": "1"}, {"update_id": True}, {"update_id": 2**63},
     {"update_id": -1}, {"update_id": 1.0}],
)  # fmt: skip
def test_what_has_no_number_is_no_update(update: object) -> None:
    assert number_of(update) is None


WHOLE = [
    {"message": message(text="/check@the_bot x")},
    {"message": message(GROUP, text="y", reply_to_message=message(GROUP, text="?"))},
    {"edited_message": message(caption="x", edit_date=98)},
    {"callback_query": query(message(text="x", entities=[{"type": "bold", "offset": 0}]))},
    {"callback_query": query(None)},
    {"my_chat_member": member("kicked")},
]
NAMES = sorted(
    {"message", "edited_message", "callback_query", "my_chat_member", "chat", "type", "id", "from",
     "text", "caption", "entities", "offset", "length", "date", "message_id", "data", *UNREADABLE}
)  # fmt: skip
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(
    ["private", "supergroup", "kicked", "bold", "/start", "\ud800", "x 😀", 10**400]
)  # fmt: skip
GARBAGE = st.recursive(
    VALUES, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES), inner)
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """Return an update in which one thing, anywhere, is replaced by anything."""
    whole = draw(st.sampled_from(WHOLE))

    def copied(node: Any, depth: int) -> Any:
        if not isinstance(node, dict) or depth == 0:
            return draw(GARBAGE)
        name = draw(st.sampled_from(sorted(node)))
        return {**node, name: copied(node[name], depth - 1)}

    changed: dict[str, Any] = copied(whole, draw(st.integers(1, 4)))
    return changed


@given(damaged() | st.dictionaries(st.sampled_from(NAMES), GARBAGE))
def test_whatever_comes_has_a_meaning(update: dict[str, Any]) -> None:
    found = read({**update, "update_id": 1}, "the_bot", AT)
    assert found.update_id == 1
    if isinstance(found, Incoming):
        place = found.place
        assert found.key == f"telegram:{place.chat}"
        assert type(place.chat) is int
        said = [v for v in (getattr(found.event, n, "") for n in ("text", "data", "name")) if v]
        assert {type(value) for value in said} <= {str}
        assert (place.html is None) == (place.message_id is None)
