"""How python-telegram-bot reaches the Bot API: JSON both ways, and no object that nobody reads."""

from __future__ import annotations

import json
import re
import ssl
from typing import Any, Final

import aiohttp
import certifi
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.proxy import proxy_for

CONNECTIONS: Final = 256
TIMEOUT: Final = 10.0  # seconds for an answer; Telegram gives one in well under a second
# These are answered with the message as it is now, of which the library would make objects that
# nobody looks at. They cost more than the whole call.
SHOWING: Final = ("/sendMessage", "/editMessageText", "/editMessageReplyMarkup")
TAKEN: Final = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\b')
DONE: Final = b'{"ok":true,"result":true}'
JSON: Final = {"Content-Type": "application/json"}


class Connection(BaseRequest):
    """Makes the library's calls to one server, over connections that are kept for the next.

    The bot sends no files, so that uploads are not made.
    """

    def __init__(self, origin: str, connections: int, trusted: ssl.SSLContext | None) -> None:
        """Take the address of the server; `trusted` is needed for https."""
        self._proxy = proxy_for(origin)  # once: to look for one at each request is dear
        self._connections = connections
        self._trusted = trusted
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long to wait for an answer when a call does not say, in seconds."""
        return TIMEOUT

    async def initialize(self) -> None:
        """Do nothing: connections are opened as they are needed."""

    async def shutdown(self) -> None:
        """Close the connections; what still waits for an answer gets none."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a call; return its HTTP status and what was answered."""
        within = read_timeout if isinstance(read_timeout, int | float) else TIMEOUT
        body = json.dumps(request_data.parameters).encode() if request_data else b"{}"
        try:
            status, answer = await self.ask(url, body, within)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            # Not its text: that may hold the address, and the token in it.
            raise NetworkError(type(error).__name__) from None
        if status == 200 and url.endswith(SHOWING) and TAKEN.match(answer):
            return 200, DONE
        return status, answer

    async def ask(self, url: str, body: bytes, within: float) -> tuple[int, bytes]:
        """Post JSON to a URL of the server; return status and body within so many seconds.

        Errors: TimeoutError, other OSErrors, aiohttp.ClientError. What they say may hold the URL.
        """
        if self._session is None:
            self._session = self._opened()
        async with self._session.post(
            url,
            data=body,
            proxy=self._proxy.url,
            headers=JSON,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(within),
        ) as response:
            return response.status, await response.read()

    def _opened(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=self._proxy.connector(limit=self._connections, ssl=self._trusted or True),
            cookie_jar=aiohttp.DummyCookieJar(),
        )


class UpdatesConnection(Connection):
    """Fetches updates and keeps the last batch as it came.

    The library is told that there is none: it would make objects of all that they tell, and refuse
    the whole batch for one that it cannot read, again and again.
    """

    batch: list[Any]

    def parse_json_payload(self, payload: bytes) -> dict[str, Any]:  # type: ignore[override]
        """Return what was answered, without the updates."""
        answer = BaseRequest.parse_json_payload(payload)
        self.batch = []
        if isinstance(answer.get("result"), list):
            self.batch, answer["result"] = answer["result"], []
        return answer


def _trusted() -> ssl.SSLContext:
    """Return the machine's certificates and those of certifi: some machines have none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def open_bot(token: str, api_url: str) -> tuple[Bot, UpdatesConnection]:
    """Return a Bot, and what fetches its updates; no connection is opened yet."""
    trusted = _trusted() if api_url.startswith("https:") else None
    fetching = UpdatesConnection(api_url, 1, trusted)
    bot = Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=Connection(api_url, CONNECTIONS, trusted),
        get_updates_request=fetching,
    )
    return bot, fetching
