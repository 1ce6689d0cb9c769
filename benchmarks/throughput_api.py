"""A lean stand-in for the Bot API, in a process of its own, that hands out messages and counts.

    python benchmarks/throughput_api.py QUESTIONS.json

It prints its port. Besides the Bot API it answers, with JSON: /ready (once the bot asks for
updates or takes them), /load (keep so many messages waiting until all are answered), /pace (hand
them out at random moments, so many a second on average) and /used (its own CPU seconds).
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Awaitable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote_plus

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs as a script

from benchmarks.throughput_http import ServerConnection  # noqa: E402
from benchmarks.throughput_webhook import Webhook  # noqa: E402

BATCH: Final = 100  # updates that getUpdates shows at most
QUIET: Final = 0.3  # seconds without a call after which a load counts as answered
PATIENCE: Final = 20.0  # seconds without a call after which it counts as not answered
TRUE: Final = b'{"ok":true,"result":true}'
ME: Final = (
    b'{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"Bot","username":"the_bot",'
    b'"can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":false}}'
)
# In a form, then in JSON. To find two fields so costs less than to read them all.
_CHAT: Final = re.compile(rb'(?:^|&)chat_id=(\d+)|"chat_id": ?"?(\d+)')
_TEXT: Final = re.compile(rb'(?:^|&)text=([^&]*)|"text": ?("(?:[^"\\]|\\.)*")')


class BotApi:
    """One bot's side of Telegram: what waits for it, and what it sent."""

    def __init__(self, texts: list[str]) -> None:
        self.ready_at = 0.0  # of the monotonic clock, which all processes share
        self._texts = texts
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._arrival = asyncio.Event()
        self._given = 0
        self._webhook: Webhook | None = None
        self._is_ready = asyncio.Event()
        self._answers: Counter[int] = Counter()
        self._due: dict[int, float] = {}  # chats that wait for their answer, and since when
        self._latencies: list[float] = []
        self._next: Iterator[int] = iter(())  # chats that write as soon as another is answered
        self._calls = 0
        self._last_call = 0.0

    def answer(self, path: str, body: bytes) -> bytes | Awaitable[bytes]:
        """Answer a call of the bot, or of whoever measures it."""
        place, _, name = path.rpartition("/")
        if not place:
            return self._measured(name, body)
        method = name.partition("?")[0]
        if method == "sendMessage":
            return self._sent(body)
        if method == "getUpdates":
            return self._updates(body)
        self._calls += 1
        self._last_call = time.monotonic()
        if method == "setWebhook":
            self._webhook = Webhook(_parameters(body))
            return self._open_webhook(self._webhook)
        return ME if method == "getMe" else TRUE

    def _sent(self, body: bytes) -> bytes:
        now = time.monotonic()
        chat_id, text = _CHAT.search(body), _TEXT.search(body)
        if not chat_id or not text:
            return b'{"ok":false,"error_code":400,"description":"Bad Request: chat_id or text"}'
        chat = int(chat_id[1] or chat_id[2])
        self._calls += 1
        self._last_call = now
        self._answers[chat] += 1
        since = self._due.pop(chat, None)
        if since is not None:
            self._latencies.append(now - since)
            self._hand_out_next(1)
        said = text[2].decode() if text[2] else json.dumps(unquote_plus(text[1].decode()))
        message = (
            f'{{"message_id":{self._calls},"date":{int(time.time())},"chat":{{"id":{chat},'
            f'"type":"private","first_name":"Ann"}},"text":{said}}}'
        )
        return b'{"ok":true,"result":' + message.encode() + b"}"

    # Handing out

    async def _updates(self, body: bytes) -> bytes:
        asked = _parameters(body)
        offset = int(asked.get("offset", 0))
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
        self._now_ready()
        if not self._waiting and asked.get("timeout", "0") != "0":
            self._arrival.clear()
            try:
                async with asyncio.timeout(float(asked["timeout"])):
                    await self._arrival.wait()
            except TimeoutError:
                pass
        shown = [self._waiting[n][1] for n in range(min(BATCH, len(self._waiting)))]
        return b'{"ok":true,"result":[' + b",".join(shown) + b"]}"

    def _now_ready(self) -> None:
        if not self._is_ready.is_set():
            self.ready_at = time.monotonic()
            self._is_ready.set()

    async def _open_webhook(self, webhook: Webhook) -> bytes:
        asyncio.ensure_future(webhook.connect()).add_done_callback(lambda _: self._now_ready())
        return TRUE

    def _hand_out_next(self, count: int) -> None:
        for chat in islice(self._next, count):
            self._hand_out(chat)

    def _hand_out(self, chat: int) -> None:
        """Let somebody write a message."""
        self._given += 1
        self._due[chat] = time.monotonic()
        person = {"id": chat, "first_name": "Ann", "language_code": "en"}
        message = {
            "message_id": self._given,
            "from": {"is_bot": False, **person},
            "chat": {"id": chat, "first_name": "Ann", "type": "private"},
            "date": int(time.time()),
            "text": self._texts[self._given % len(self._texts)],
        }
        update = json.dumps({"update_id": self._given, "message": message}).encode()
        if self._webhook:
            self._webhook.waiting.put_nowait(update)
        else:
            self._waiting.append((self._given, update))
            self._arrival.set()

    # Measuring

    async def _measured(self, name: str, body: bytes) -> bytes:
        asked: dict[str, Any] = json.loads(body) if body else {}
        found: dict[str, object]
        if name == "ready":
            await self._is_ready.wait()
            found = {"at": self.ready_at}
        elif name == "load":
            found = await self._load(chats(asked), asked["messages"], asked["at_once"])
        elif name == "pace":
            found = await self._pace(chats(asked), asked["messages"], asked["rate"])
        else:
            found = {"seconds": time.process_time()}
        return json.dumps(found).encode()

    async def _load(self, chats: range, messages: int, at_once: int) -> dict[str, object]:
        """Let so many messages wait at once; say how long it took until the last was answered."""
        calls, started = self._calls, time.monotonic()
        given = [chats[n % len(chats)] for n in range(messages)]
        self._next = iter(given)
        self._hand_out_next(at_once)
        unanswered = await self._all_answered(Counter(given), started)
        return {
            "seconds": self._last_call - started,
            "calls": self._calls - calls,
            "unanswered": unanswered,
        }

    async def _all_answered(self, given: Counter[int], started: float) -> int:
        while True:
            await asyncio.sleep(QUIET / 4)
            silent = time.monotonic() - max(self._last_call, started)
            if silent < QUIET:
                continue
            unanswered = sum(max(0, n - self._answers[chat]) for chat, n in given.items())
            if not unanswered or silent > PATIENCE:
                return unanswered

    async def _pace(self, chats: range, messages: int, rate: float) -> dict[str, object]:
        """Let messages arrive independently of each other (a Poisson process)."""
        chance = random.Random(1)
        due = started = time.monotonic()
        self._latencies.clear()
        self._due.clear()
        for n in range(messages):
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            chat = chats[n % len(chats)]
            self._hand_out(chat)
        await self._all_answered(Counter(self._due.keys()), started)
        return {"latencies": sorted(self._latencies), "unanswered": len(self._due)}


def chats(asked: dict[str, Any]) -> range:
    """Return the chats that are to write."""
    return range(asked["first"], asked["end"])


def _parameters(body: bytes) -> dict[str, str]:
    if body.startswith(b"{"):
        return {name: str(value) for name, value in json.loads(body).items()}
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


async def serve(texts: list[str]) -> None:
    """Serve until the process is ended."""
    api = BotApi(texts)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: ServerConnection(api.answer), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(json.loads(Path(sys.argv[1]).read_bytes())))
