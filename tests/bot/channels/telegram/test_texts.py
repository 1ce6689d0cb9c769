"""The words of a message are read wherever Telegram puts them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import texts
from bot.channels.telegram.updates import UNREADABLE, read
from bot.delivery.incoming import Incoming
from bot.dialogue.events import Command, Event, Unreadable, Utterance
from tests.conftest import ROOT

API = Path(ROOT, "../shared/bot-api/api.min.json")
ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "the_bot"}
RICH = {
    "blocks": [
        {"type": "heading", "size": 1, "text": ["My ", {"type": "bold", "text": "chest"}]},
        {"type": "divider"},
        {
            "type": "list",
            "items": [
                {"label": "1.", "blocks": [{"type": "paragraph", "text": "no breath"}]},
                {"label": "2.", "blocks": [{"type": "details", "summary": "and", "blocks": [
                    {"type": "pre", "text": {"type": "spoiler", "text": ["cold", " sweat"]}}]}]},
            ],
        },
        {"type": "table", "cells": [[{"text": "since"}, {"text": "noon"}]], "caption": "When"},
        {"type": "photo", "photo": [], "caption": {"text": "my arm", "credit": "me"}},
    ]
}  # fmt: skip


def event_of(**fields: Any) -> Event:
    message = {"message_id": 3, "date": 1, "chat": {"id": 7, "type": "private"}, "from": ANN}
    found = read({"update_id": 1, "message": {**message, **fields}}, "the_bot", 99.0)
    assert isinstance(found, Incoming)
    assert not isinstance(found.event, type(None))
    return found.event  # type: ignore[return-value]


def said(**fields: Any) -> str:
    event = event_of(**fields)
    assert isinstance(event, Utterance)
    return event.text


def test_a_rich_message_is_read_block_by_block() -> None:
    lines = said(rich_message=RICH).split("\n")
    assert lines[0] == "My chest"
    for words in ("no breath", "and", "cold sweat", "since", "noon", "When", "my arm", "me"):
        assert words in lines


def test_however_deep_its_blocks_stand() -> None:
    block: dict[str, Any] = {"type": "paragraph", "text": "no breath"}
    for _ in range(50_000):
        block = {"type": "blockquote", "blocks": [block]}
    assert said(rich_message={"blocks": [block]}) == "no breath"


def test_a_checklist_and_what_is_added_to_it() -> None:
    tasks = [{"id": 1, "text": "my chest hurts"}, {"id": 2, "text": "ask mum"}]
    assert said(checklist={"title": "Today", "tasks": tasks}) == "Today\nmy chest hurts\nask mum"
    assert said(checklist_tasks_added={"tasks": tasks[:1]}) == "my chest hurts"


def test_a_poll_with_its_answers() -> None:
    poll = {"question": "My arm is numb?", "options": [{"text": "yes"}, {"text": "no"}]}
    assert said(poll=poll) == "My arm is numb?\nyes\nno"


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"quote": {"text": "no breath", "position": 4}}, id="quote"),
        pytest.param({"reply_to_message": {"from": ANN, "text": "no breath"}}, id="reply"),
        pytest.param({"reply_to_message": {"from": ANN, "caption": "no breath"}}, id="picture"),
        pytest.param(
            {"external_reply": {"origin": {}, "poll": {"question": "no breath"}}}, id="elsewhere"
        ),
    ],
)  # fmt: skip
def test_what_a_message_is_about_is_read_before_it(fields: dict[str, Any]) -> None:
    assert said(text="is that bad?", **fields) == "no breath\nis that bad?"
    assert said(sticker={"file_id": "x"}, **fields) == "no breath"
    assert event_of(text="/check", **fields) == Command("check", "no breath", 99.0)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"reply_to_message": {"from": BOT, "text": "Call 112"}}, id="of this bot"),
        pytest.param(
            {"reply_to_message": {"from": BOT, "text": "Call"}, "quote": {"text": "112"}},
            id="quoted",
        ),
        pytest.param(
            {"external_reply": {"origin": {"type": "user", "sender_user": BOT}},
             "quote": {"text": "112"}}, id="elsewhere"),
        pytest.param({"reply_to_message": {"from": ANN, "text": 5}}, id="damaged"),
        pytest.param({"quote": "x"}, id="no quote"),
    ],
)  # fmt: skip
def test_what_a_bot_wrote_or_cannot_be_read_is_left_out(fields: dict[str, Any]) -> None:
    assert said(text="is that bad?", **fields) == "is that bad?"


@pytest.mark.parametrize("kind", ["rich_message", "checklist", "poll", "live_photo", "gift"])
def test_without_words_it_is_named_by_its_kind(kind: str) -> None:
    assert event_of(**{kind: {"x": 1}}) == Unreadable(kind, 99.0)


def test_a_person_who_writes_for_a_group_is_no_bot() -> None:
    assert texts.is_by_bot({"from": BOT})
    assert not texts.is_by_bot({"from": BOT, "sender_chat": {"id": -5}})
    assert not texts.is_by_bot({"from": ANN})
    assert not texts.is_by_bot({})


@pytest.mark.skipif(not API.exists(), reason="the published Bot API is not here")
def test_the_fields_are_those_of_the_published_api() -> None:
    types = json.loads(API.read_text(encoding="utf-8"))["types"]
    fields = {name: {f["name"] for f in one.get("fields", ())} for name, one in types.items()}
    assert set(UNREADABLE) <= fields["Message"]
    of_rich = {f for name, those in fields.items() if name.startswith("Rich") for f in those}
    assert {*texts._INLINE, *texts._BLOCKS, *texts._ASIDE} <= of_rich
    assert {"quote", "external_reply", "reply_to_message", "sender_chat", "poll_option_added",
            "checklist_tasks_added"} <= fields["Message"]  # fmt: skip
