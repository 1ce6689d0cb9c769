"""Replies as JSON text, so that they can be kept until they are sent."""

from __future__ import annotations

import json
from typing import Any, Final

from bot.dialogue.events import Button, Keyboard, Redraw, Reply, Say, Settle, Toast

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))  # making one takes as long as using it


def dump(replies: tuple[Reply, ...]) -> str:
    """Write replies as ASCII text that `load` reads back as they were."""
    return _ENCODER.encode([_listed(reply) for reply in replies])


def load(text: str) -> tuple[Reply, ...]:
    """Read what `dump` wrote; anything else raises ValueError."""
    try:
        return tuple(_reply(*listed) for listed in json.loads(text))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError("These are not stored replies.") from error


def _listed(reply: Reply) -> list[object]:
    match reply:
        case Say(text, keyboard, emergency, folded):
            return ["say", text, _rows(keyboard), emergency, *([folded] if folded else [])]
        case Redraw(keyboard):
            return ["redraw", _rows(keyboard)]
        case Settle(chosen):
            return ["settle", chosen]
        case Toast(text):
            return ["toast", text]


def _rows(keyboard: Keyboard) -> list[list[list[str]]]:
    return [[[button.label, button.data] for button in row] for row in keyboard]


def _reply(kind: str, *fields: Any) -> Reply:
    match kind, *fields:
        case "say", str(text), list(rows), bool(emergency):
            return Say(text, _keyboard(rows), emergency)
        case "say", str(text), list(rows), bool(emergency), str(folded):
            return Say(text, _keyboard(rows), emergency, folded)
        case "redraw", list(rows):
            return Redraw(_keyboard(rows))
        case "settle", str(chosen):
            return Settle(chosen)
        case "toast", str(text):
            return Toast(text)
    raise ValueError(kind)


def _keyboard(rows: list[list[list[str]]]) -> Keyboard:
    return tuple(tuple(Button(label, data) for label, data in row) for row in rows)
