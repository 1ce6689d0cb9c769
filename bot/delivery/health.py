"""Whether a bot that serves a webhook on this machine is well, asked from another process."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
from typing import Final

PATH: Final = "/healthz"
_PATIENCE: Final = 5.0  # seconds


def answers(port: int) -> bool:
    """Tell whether the bot at a port of this machine says that it is well."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", PATH)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
