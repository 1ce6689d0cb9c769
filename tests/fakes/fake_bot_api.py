"""A Bot API over real HTTP that rejects what Telegram rejects.

Checked by hand against the Bot API's published description, for the methods that the bot uses.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

TOKEN: Final = "123456:a-token-of-no-worth_0123456789abcdef"
BOT: Final = {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "the_bot"}
JSON = Any  # what json.loads returns

# Of each method: its required parameters, then those that it may have.
METHODS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "getMe": (set(), set()),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "setWebhook": (
        {"url"},
        {"secret_token", "max_connections", "allowed_updates", "drop_pending_updates"},
    ),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "setMyCommands": ({"commands"}, {"scope", "language_code"}),
    "setMyDescription": (set(), {"description", "language_code"}),
    "setMyShortDescription": (set(), {"short_description", "language_code"}),
    "sendChatAction": ({"chat_id", "action"}, {"message_thread_id"}),
    "sendMessage": (
        {"chat_id", "text"},
        {"parse_mode", "link_preview_options", "reply_markup", "disable_notification"},
    ),
    "editMessageText": (
        {"text"},
        {"chat_id", "message_id", "parse_mode", "link_preview_options", "reply_markup"},
    ),
    "editMessageReplyMarkup": (set(), {"chat_id", "message_id", "reply_markup"}),
    "answerCallbackQuery": ({"callback_query_id"}, {"text", "show_alert", "cache_time"}),
}
TAGS: Final = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}


@dataclass(frozen=True)
class Call:
    """A call that was made, and the status it got."""

    method: str
    values: dict[str, JSON]
    status: int

    @property
    def chat(self) -> int | None:
        """The chat that it was made for."""
        return self.values.get("chat_id")


@dataclass
class Failure:
    """How to fail calls; status 0 breaks the connection, -1 never answers."""

    method: str
    status: int
    description: str = "scripted"
    retry_after: int | None = None
    chat: int | None = None
    times: int = 1
    after_doing_it: bool = False  # the call takes effect, only its answer is lost


@dataclass
class Message:
    """A message of the bot as its reader sees it."""

    id: int
    chat: int
    text: str
    html: str
    buttons: list[tuple[str, str]] = field(default_factory=list)  # label, data


class Rejected(Exception):
    """A call that Telegram does not take."""

    def __init__(self, description: str, status: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.parameters = parameters


class FakeBotApi:
    """Telegram's side of the bot; use it as an async context."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.messages: dict[tuple[int, int], Message] = {}
        self.queue: list[JSON] = []
        self.failures: list[Failure] = []
        self.violations: list[str] = []
        self.webhook: dict[str, JSON] = {}
        self.taps: set[str] = set()
        self.url = ""
        self._number = 100
        self._polls = 0
        self._changed = asyncio.Condition()
        self._closing = asyncio.Event()

    async def __aenter__(self) -> FakeBotApi:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._notify()
        await self._runner.cleanup()

    # What people do

    async def push(self, **update: JSON) -> int:
        """Queue an update and return its id."""
        number = self.next_number()
        self.queue.append({"update_id": number, **update})
        await self._notify()
        return number

    def next_number(self) -> int:
        """Return a fresh number for an update or a message."""
        self._number += 1
        return self._number

    async def write(self, text: str, chat: int = 7, **more: JSON) -> int:
        """Write a message to the bot."""
        return await self.push(message=self.message(chat, text=text, **more))

    async def tap(self, message: Message, label: str) -> int:
        """Tap a button of the bot's message."""
        data = next(data for name, data in message.buttons if name == label)
        return await self.push(callback_query=self.query(message, data))

    def query(self, message: Message, data: str) -> JSON:
        """Return a callback query for a button."""
        tap_id = str(self.next_number())
        self.taps.add(tap_id)
        shown = self.message(message.chat, text=message.text, message_id=message.id)
        return {
            "id": tap_id,
            "from": person(message.chat),
            "chat_instance": "1",
            "message": {**shown, "from": BOT},
            "data": data,
        }

    def message(self, chat: int, **fields: JSON) -> JSON:
        """Return a message of a person in their private chat."""
        return {
            "message_id": self.next_number(),
            "date": 1_800_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "Ann"},
            "from": person(chat),
            **fields,
        }

    # What tests look at

    def texts(self, chat: int = 7) -> list[str]:
        """Return what the bot's messages in a chat say now."""
        return [m.text for m in self.messages.values() if m.chat == chat]

    def last(self, chat: int = 7) -> Message:
        """Return the bot's newest message in a chat."""
        return [m for m in self.messages.values() if m.chat == chat][-1]

    def made(self, method: str) -> list[Call]:
        """Return the calls of a method that were taken."""
        return [c for c in self.calls if c.method == method and c.status == 200]

    async def until(self, condition: Callable[[], object], seconds: float = 10) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: bool(condition()))

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # What the bot calls

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        values = await self._values(request)
        failure = self._failure(method, values)
        if failure:
            await self._notify()
        try:
            if failure and not failure.after_doing_it:
                await self._fail(request, failure)
            if request.match_info["token"] != TOKEN:
                raise Rejected("Unauthorized", 401)
            _check(method, values)
            result = await getattr(self, f"_{method}")(values)
            if failure:
                await self._fail(request, failure)
        except Rejected as rejected:
            return await self._rejected(method, values, rejected)
        await self._record(method, values, 200)
        return web.json_response({"ok": True, "result": result})

    async def _rejected(
        self, method: str, values: dict[str, JSON], rejected: Rejected
    ) -> web.Response:
        if rejected.status == 400 and "scripted" not in str(rejected):
            self.violations.append(f"{method}: {rejected}")
        await self._record(method, values, rejected.status)
        body: JSON = {"ok": False, "error_code": rejected.status, "description": str(rejected)}
        if rejected.parameters:
            body["parameters"] = rejected.parameters
        return web.json_response(body, status=rejected.status)

    async def _record(self, method: str, values: dict[str, JSON], status: int) -> None:
        self.calls.append(Call(method, values, status))
        await self._notify()

    async def _values(self, request: web.Request) -> dict[str, JSON]:
        if request.content_type == "application/json":
            return dict(await request.json())
        found: dict[str, JSON] = {}
        for name, value in (await request.post()).items():
            try:
                found[name] = str(value) if name in TEXTS else json.loads(str(value))
            except ValueError:
                found[name] = str(value)
        return found

    def _failure(self, method: str, values: dict[str, JSON]) -> Failure | None:
        for failure in self.failures:
            if failure.method == method and failure.chat in (None, values.get("chat_id")):
                failure.times -= 1
                if failure.times <= 0:
                    self.failures.remove(failure)
                return failure
        return None

    async def _fail(self, request: web.Request, failure: Failure) -> None:
        if failure.status == -1:
            await self._closing.wait()
        if failure.status <= 0:
            if request.transport:
                request.transport.close()
            raise Rejected("scripted: broken off", 500)
        more = {} if failure.retry_after is None else {"retry_after": failure.retry_after}
        raise Rejected(f"scripted: {failure.description}", failure.status, **more)

    async def _getMe(self, values: dict[str, JSON]) -> JSON:
        return BOT

    async def _getUpdates(self, values: dict[str, JSON]) -> JSON:
        if self.webhook:
            raise Rejected("Conflict: can't use getUpdates while webhook is active", 409)
        if self._polls:
            raise Rejected("Conflict: terminated by other getUpdates request", 409)
        offset, limit = int(values.get("offset", 0)), int(values.get("limit", 100))
        if not 1 <= limit <= 100 or not 0 <= int(values.get("timeout", 0)) <= 50:
            raise Rejected("Bad Request: limit or timeout")
        self.queue = [u for u in self.queue if u["update_id"] >= offset]
        await self._notify()
        if not self.queue and values.get("timeout"):
            self._polls += 1
            try:
                await self.until(lambda: self.queue or self._closing.is_set(), values["timeout"])
            except TimeoutError:
                pass
            finally:
                self._polls -= 1
        return self.queue[:limit]

    async def _setWebhook(self, values: dict[str, JSON]) -> JSON:
        self.webhook = values
        return True

    async def _deleteWebhook(self, values: dict[str, JSON]) -> JSON:
        self.webhook = {}
        return True

    async def _setMyCommands(self, values: dict[str, JSON]) -> JSON:
        if len(values["commands"]) > 100:
            raise Rejected("Bad Request: too many commands")
        for command in values["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise Rejected("Bad Request: command name")
            if not 1 <= len(command["description"]) <= 256:
                raise Rejected("Bad Request: command description")
        return True

    async def _setMyDescription(self, values: dict[str, JSON]) -> JSON:
        if len(values.get("description", "")) > 512:
            raise Rejected("Bad Request: description is too long")
        return True

    async def _setMyShortDescription(self, values: dict[str, JSON]) -> JSON:
        if len(values.get("short_description", "")) > 120:
            raise Rejected("Bad Request: short description is too long")
        return True

    async def _sendChatAction(self, values: dict[str, JSON]) -> JSON:
        if values["action"] != "typing":
            raise Rejected("Bad Request: wrong parameter action in request")
        return True

    async def _sendMessage(self, values: dict[str, JSON]) -> JSON:
        text = _text(values)
        buttons = _buttons(values)
        number = self.next_number()
        chat = values["chat_id"]
        self.messages[chat, number] = Message(number, chat, text, values["text"], buttons)
        return {**self.message(chat, text=text, message_id=number), "from": BOT}

    def _edited(self, values: dict[str, JSON]) -> Message:
        message = self.messages.get((values.get("chat_id", 0), values.get("message_id", 0)))
        if message is None:
            raise Rejected("Bad Request: message to edit not found")
        return message

    async def _editMessageText(self, values: dict[str, JSON]) -> JSON:
        message = self._edited(values)
        text, buttons = _text(values), _buttons(values)
        self._unchanged(message, text, buttons)
        message.text, message.html, message.buttons = text, values["text"], buttons
        return {**self.message(message.chat, text=text, message_id=message.id), "from": BOT}

    async def _editMessageReplyMarkup(self, values: dict[str, JSON]) -> JSON:
        message = self._edited(values)
        buttons = _buttons(values)
        self._unchanged(message, message.text, buttons)
        message.buttons = buttons
        return {
            **self.message(message.chat, text=message.text, message_id=message.id),
            "from": BOT,
        }

    def _unchanged(self, message: Message, text: str, buttons: list[tuple[str, str]]) -> None:
        if (message.text, message.buttons) == (text, buttons):
            raise Rejected("Bad Request: message is not modified")

    async def _answerCallbackQuery(self, values: dict[str, JSON]) -> JSON:
        if values["callback_query_id"] not in self.taps:
            raise Rejected("Bad Request: query is too old and response timeout expired or query "
                           "ID is invalid")  # fmt: skip
        if len(values.get("text", "")) > 200:
            raise Rejected("Bad Request: MESSAGE_TOO_LONG")
        self.taps.remove(values["callback_query_id"])
        return True


TEXTS: Final = {"text", "callback_query_id", "description", "short_description", "url"}


def person(chat: int) -> JSON:
    """Return somebody; a private chat has its person's number."""
    return {"id": chat, "is_bot": False, "first_name": "Ann"}


def _check(method: str, values: dict[str, JSON]) -> None:
    if method not in METHODS:
        raise Rejected("Not Found: method not found", 404)
    required, optional = METHODS[method]
    names = set(values)
    if missing := required - names:
        raise Rejected(f"Bad Request: missing {', '.join(sorted(missing))}")
    if unknown := names - required - optional:
        raise Rejected(f"Bad Request: unknown {', '.join(sorted(unknown))}")
    if "chat_id" in values and not isinstance(values["chat_id"], int):
        raise Rejected("Bad Request: chat not found")


def _text(values: dict[str, JSON]) -> str:
    text = parsed(values["text"]) if values.get("parse_mode") == "HTML" else values["text"]
    length = len(text.encode("utf-16-le")) // 2
    if not text.strip():
        raise Rejected("Bad Request: message text is empty")
    if length > 4096:
        raise Rejected("Bad Request: message is too long")
    return text.strip()


def parsed(source: str) -> str:
    """Return the text of Telegram's HTML, or raise Rejected where Telegram refuses it."""
    text: list[str] = []
    open_tags: list[str] = []
    for token in re.findall(r"<[^>]*>?|&[^;\s]*;?|>|[^<&>]+", source):
        if token.startswith("<"):
            _tag(token, open_tags)
        elif token.startswith("&"):
            if not re.fullmatch(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);", token):
                raise Rejected(f"Bad Request: can't parse entities: {token}")
            text.append(html.unescape(token))
        else:
            text.append(token)
    if open_tags:
        raise Rejected("Bad Request: can't parse entities: unclosed tag")
    return "".join(text)


def _tag(token: str, open_tags: list[str]) -> None:
    match = re.fullmatch(r"<(/?)([a-z-]+)(?: [^<>]*)?>", token)
    if not match or match[2] not in TAGS:
        raise Rejected(f"Bad Request: can't parse entities: unsupported start tag {token}")
    if not match[1]:
        open_tags.append(match[2])
    elif not open_tags or open_tags.pop() != match[2]:
        raise Rejected("Bad Request: can't parse entities: unexpected end tag")


def _buttons(values: dict[str, JSON]) -> list[tuple[str, str]]:
    rows: Iterable[JSON] = (values.get("reply_markup") or {}).get("inline_keyboard", [])
    found: list[tuple[str, str]] = []
    for button in (button for row in rows for button in row):
        if set(button) != {"text", "callback_data"} or not button["text"]:
            raise Rejected("Bad Request: inline keyboard button")
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Rejected("Bad Request: BUTTON_DATA_INVALID")
        found.append((button["text"], button["callback_data"]))
    return found
