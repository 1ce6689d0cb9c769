"""The words of a message, wherever Telegram puts them: a text, a list, a poll, what it quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

Json = dict[str, Any]  # an object; nothing is known yet of what it holds

# What holds words in rich texts and blocks; those of a block stand in a line of their own.
_INLINE: Final = ("text", "alternative_text", "expression")
_BLOCKS: Final = ("blocks", "items", "cells")
_ASIDE: Final = ("summary", "label", "caption", "credit")


def own_text(message: Json) -> str | None:
    """Return what a message says by itself; None where it holds no words.

    Errors: TypeError where a field is of another kind than Telegram's.
    """
    for name in ("text", "caption"):
        if message.get(name) is not None:
            return _text(message[name])
    lines = [*_rich(message), *_listed(message), *_asked(message)]
    return "\n".join(line for line in lines if line.strip()) or None


def text(message: Json) -> str | None:
    """Return what a message says, after what it is about: a quote, or the words replied to.

    What a bot wrote, as this one did, is nothing that a person tells.
    """
    lines = [one for one in (replied_to(message), own_text(message)) if one is not None]
    return "\n".join(lines) if lines else None


def replied_to(message: Json) -> str | None:
    """Return the words of a person that a message answers; None where none can be read."""
    try:
        original, elsewhere = (
            _object(message, "reply_to_message"),
            _object(message, "external_reply"),
        )
        if is_by_bot(original) or is_by_bot(_object(elsewhere, "origin")):
            return None
        if _object(message, "quote"):
            return _text(message["quote"].get("text"))
        found = own_text(original)
        return own_text(elsewhere) if found is None else found
    except TypeError:  # what the message itself says counts all the same
        return None


def is_by_bot(message: Json) -> bool:
    """Tell whether another program wrote a message; who writes in a chat's name is a person."""
    writer = message.get("from") or message.get("sender_user")
    return type(writer) is dict and writer.get("is_bot") is True and "sender_chat" not in message


def _rich(message: Json) -> Iterator[str]:
    """Yield the lines of a rich message, however deep its blocks stand in one another."""
    line = ""
    waiting: list[tuple[Any, bool]] = [(_object(message, "rich_message").get("blocks"), True)]
    while waiting:
        part, is_block = waiting.pop()
        if is_block and line:
            yield line
            line = ""
        if isinstance(part, str):
            line += part
        elif isinstance(part, list):
            waiting += [(one, is_block) for one in reversed(part)]
        elif isinstance(part, dict):
            waiting += [(part[name], True) for name in reversed(_BLOCKS) if name in part]
            waiting += [(part[name], True) for name in reversed(_ASIDE) if name in part]
            waiting += [(part[name], False) for name in reversed(_INLINE) if name in part]
    yield line


def _listed(message: Json) -> Iterator[str]:
    """Yield what stands in a checklist, or was added to one."""
    checklist = _object(message, "checklist")
    added = _object(message, "checklist_tasks_added")
    yield _text(checklist.get("title") or "")
    yield from _texts((*_list(checklist, "tasks"), *_list(added, "tasks")))


def _asked(message: Json) -> Iterator[str]:
    """Yield the question and the answers of a poll, or the answer that was added to one."""
    poll = _object(message, "poll")
    yield _text(poll.get("question") or "")
    yield _text(poll.get("description") or "")
    yield from _texts(_list(poll, "options"))
    yield _text(_object(message, "poll_option_added").get("option_text") or "")


def _texts(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        if type(part) is not dict:
            raise TypeError("part")
        yield _text(part.get("text") or "")


def _object(fields: Json, name: str) -> Json:
    value = fields.get(name)
    if value is not None and type(value) is not dict:
        raise TypeError(name)
    return value or {}


def _list(fields: Json, name: str) -> list[Any]:
    value = fields.get(name)
    if value is not None and type(value) is not list:
        raise TypeError(name)
    return value or []


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("text")
    return value
