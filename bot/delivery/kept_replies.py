"""Replies as they are kept until they are sent, and how texts are written down."""

from __future__ import annotations

from bot.dialogue import reply_json
from bot.dialogue.events import Redraw, Reply
from bot.store import Kept


def dump(version: int, replies: tuple[Reply, ...]) -> bytes:
    """Write replies down with the version of the state that they were stepped from."""
    return as_bytes(f"{version} {reply_json.dump(replies)}") if replies else b""


def unsent(kept: Kept) -> tuple[Reply, ...]:
    """Return replies that were not sent, but for buttons that later turns have overtaken.

    Errors: ValueError when they are damaged, or of a lost key.
    """
    if not kept.replies:
        return ()
    version, text = as_text(kept.replies).split(" ", 1)
    replies = reply_json.load(text)
    overtaken = kept.version != int(version) + 1
    return tuple(r for r in replies if not (overtaken and isinstance(r, Redraw)))


def as_bytes(text: str) -> bytes:
    """Write a text down, whatever is in it."""
    return text.encode("utf-8", "surrogatepass")


def as_text(kept: bytes) -> str:
    """Read what `as_bytes` wrote; what is damaged counts as nothing."""
    try:
        return kept.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
