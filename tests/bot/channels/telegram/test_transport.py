"""One call of the Bot API over real HTTP: what is sent, and what is made of each answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.channels.telegram.connection import open_bot
from bot.channels.telegram.render import AnswerTap, EditKeyboard, EditText, SendText
from bot.channels.telegram.transport import Telegram, quiet_libraries
from bot.channels.telegram.updates import Place
from bot.delivery.channel import Call
from bot.delivery.outcomes import Done, Failed, Gone, Outcome, Wait
from bot.dialogue.events import Button

CHAT = 7
PLACE = Place(CHAT)
PREVIEW = {"is_disabled": True}
KEYBOARD = ((Button("Yes", "y"), Button("Né 😀", "n")), (Button("Stop", "s"),))
ROWS = [
    [{"text": "Yes", "callback_data": "y"}, {"text": "Né 😀", "callback_data": "n"}],
    [{"text": "Stop", "callback_data": "s"}],
]
SHOWN = b'{"ok": true, "result": {"message_id": 1, "date": 1, "chat": {"id": 7}}}'
SAY = SendText("<b>Né</b>", "Né", KEYBOARD)


class Wire:
    """Answers each call as told, the last answer again and again; notes what it got."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = [(200, SHOWN)]
        self.got: list[tuple[str, str, Any]] = []  # method, content type, parameters
        self.url = ""
        self.channel: Telegram

    async def attempt(self, call: Call) -> Outcome:
        """Make a call."""
        return await self.channel.attempt(PLACE, call)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer."""
        body = await request.read()
        method = request.path.rpartition("/")[2]
        self.got.append((method, request.content_type, json.loads(body)))
        status, answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if not status:
            assert request.transport
            request.transport.close()
        return web.Response(status=status or 500, body=answer)


@pytest.fixture(name="wire")
async def _wire() -> AsyncIterator[Wire]:
    quiet_libraries()
    wire = Wire()
    app = web.Application()
    app.router.add_post("/{path:.*}", wire.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    wire.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    bot, _ = open_bot("1:token", wire.url)
    wire.channel = Telegram(bot, str)
    yield wire
    await bot.request.shutdown()
    await runner.cleanup()


async def test_a_proxy_that_the_environment_names_is_used(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", wire.url)
    monkeypatch.delenv("no_proxy", raising=False)
    bot, _ = open_bot("1:token", "http://api.telegram.invalid")
    proxied = Telegram(bot, str)
    assert await proxied.attempt(PLACE, SAY) == Done()
    wire.answers = [refusal(429, "Too Many Requests", retry_after=9), (0, b"")]
    assert await proxied.attempt(PLACE, SAY) == Wait(9)
    assert await proxied.attempt(PLACE, SAY) == Failed("ServerDisconnectedError")
    await bot.request.shutdown()
    assert [method for method, _, _ in wire.got] == ["sendMessage"] * 3


@pytest.mark.parametrize(
    ("call", "parameters"),
    [
        pytest.param(
            SAY,
            {"text": "<b>Né</b>", "parse_mode": "HTML", "reply_markup": {"inline_keyboard": ROWS},
             "chat_id": CHAT, "link_preview_options": PREVIEW},
            id="text",
        ),
        pytest.param(
            SendText("a", "a"),
            {"text": "a", "parse_mode": "HTML", "chat_id": CHAT, "link_preview_options": PREVIEW},
            id="without-buttons",
        ),
        pytest.param(
            EditText(5, "a"),
            {"text": "a", "parse_mode": "HTML", "chat_id": CHAT, "message_id": 5,
             "link_preview_options": PREVIEW},
            id="edit",
        ),
        pytest.param(
            EditKeyboard(5, KEYBOARD),
            {"chat_id": CHAT, "message_id": 5, "reply_markup": {"inline_keyboard": ROWS}},
            id="keyboard",
        ),
        pytest.param(EditKeyboard(5, ()), {"chat_id": CHAT, "message_id": 5}, id="no-keyboard"),
        pytest.param(
            AnswerTap("77", "ok"), {"callback_query_id": "77", "text": "ok"}, id="tap"
        ),
    ],
)  # fmt: skip
async def test_calls_are_json_with_nothing_encoded_twice(
    wire: Wire, call: Call, parameters: dict[str, Any]
) -> None:
    assert await wire.attempt(call) == Done()
    assert wire.got == [(call.name, "application/json", parameters)]


def refusal(status: int, description: str, **parameters: Any) -> tuple[int, bytes]:
    """Return an answer of Telegram that takes no call."""
    more = {"parameters": parameters} if parameters else {}
    body = {"ok": False, "error_code": status, "description": description, **more}
    return status, json.dumps(body).encode()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(refusal(429, "Too Many Requests", retry_after=9), Wait(9), id="429"),
        pytest.param(refusal(403, "Forbidden: bot was blocked by the user"), Gone(), id="403"),
        pytest.param(
            refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1),
            Gone(),
            id="moved",
        ),
        pytest.param(refusal(502, "Bad Gateway"), Failed("Bad Gateway"), id="502"),
        pytest.param((504, b"<html>"), Failed("Gateway Timeout (504)"), id="not-json"),
        pytest.param((0, b""), Failed("ServerDisconnectedError"), id="hung-up"),
        pytest.param((200, b"<html>ok"), Failed("Invalid server response"), id="a-portal"),
        pytest.param((200, b""), Failed("Invalid server response"), id="nothing"),
    ],
)
async def test_every_answer_has_its_outcome(
    wire: Wire, answer: tuple[int, bytes], outcome: Outcome
) -> None:
    wire.answers = [answer]
    assert await wire.attempt(SAY) == outcome


async def test_a_text_that_is_refused_goes_out_plainly(wire: Wire) -> None:
    wire.answers = [refusal(400, "Bad Request: can't parse entities"), (200, SHOWN)]
    assert await wire.attempt(SAY) == Done()
    plain = {"text": "Né", "chat_id": CHAT, "link_preview_options": PREVIEW}
    assert wire.got[1] == ("sendMessage", "application/json", plain)


async def test_an_edit_that_changes_nothing_is_done(wire: Wire) -> None:
    wire.answers = [refusal(400, "Bad Request: message is not modified: …")]
    assert await wire.attempt(EditText(5, "a")) == Done()


def test_an_address_leaves_out_only_the_tap(wire: Wire) -> None:
    """Telegram forgets the tap soon; its message is still to be changed."""
    place = Place(CHAT, "q", 5, "<b>Né</b> \ud800")
    address = wire.channel.address(place)
    assert wire.channel.place(address) == Place(CHAT, "", 5, "<b>Né</b> \ud800")
    assert wire.channel.place(wire.channel.address(PLACE)) == PLACE


@pytest.mark.parametrize("address", ["", "[]", "7", '["7", null, null]', "[7, null, 5]"])
def test_a_damaged_address_is_a_value_error(wire: Wire, address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        wire.channel.place(address)


async def test_calls_at_once_are_each_given_their_own_answer(wire: Wire) -> None:
    wire.answers = [refusal(429, "Too Many Requests", retry_after=n) for n in range(1, 51)]
    found = await asyncio.gather(*(wire.attempt(SAY) for _ in range(50)))
    assert sorted(o.seconds for o in found if isinstance(o, Wait)) == list(range(1, 51))


async def test_typing_is_shown_or_let_be(wire: Wire) -> None:
    wire.answers = [(200, b'{"ok": true, "result": true}'), refusal(429, "No", retry_after=9)]
    for _ in range(2):
        await wire.channel.typing(PLACE)
    assert (
        wire.got
        == [("sendChatAction", "application/json", {"chat_id": CHAT, "action": "typing"})] * 2
    )
