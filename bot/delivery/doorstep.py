"""What answers at the bot's port while the bot itself is still starting, which may take minutes.

Hosts kill what does not open its port at once.
"""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from bot.delivery.health import LIVE, Word
from bot.delivery.serving import listen

_PATIENCE: Final = 5.0  # seconds for a request to come


class _Starting(BaseHTTPRequestHandler):
    timeout = _PATIENCE

    def do_GET(self) -> None:
        alive = self.path.partition("?")[0] == LIVE
        self._answer(200 if alive else 503)

    def do_POST(self) -> None:
        self._answer(503)

    def _answer(self, status: int) -> None:
        body = f"{Word.STARTING}\n".encode()
        self.send_response(status)
        if status != 200:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: a path may be a secret."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over who sent no request, or left."""


class Doorstep:
    """A port that is open; in a thread of its own, as whatever starts the bot is busy."""

    def __init__(self, port: int) -> None:
        """Open the port and answer there; OSError where that is not possible."""
        self._listening = listen(port)
        self.port = int(self._listening.getsockname()[1])
        self._server = _Server(("", 0), _Starting, bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = self._listening.dup()
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True, name="doorstep"
        )
        self._thread.start()

    def hand_over(self) -> socket.socket:
        """Stop to answer and return the socket; who comes in between waits in its queue."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        return self._listening

    def close(self) -> None:
        """Stop to answer and close the port."""
        self.hand_over().close()
