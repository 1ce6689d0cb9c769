"""Replies as Bot API calls: plain frozen values, ready to be sent or stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final

from bot.channels.telegram import markup
from bot.channels.telegram.updates import Tap
from bot.dialogue.events import Button, Keyboard, Redraw, Reply, Say, Settle, Toast

TOAST_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class SendText:
    """sendMessage; `plain` is what goes out should Telegram not take the HTML."""

    method: ClassVar = "sendMessage"
    html: str
    plain: str
    keyboard: Keyboard = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class EditText:
    """editMessageText, which takes the buttons away."""

    method: ClassVar = "editMessageText"
    message_id: int
    html: str


@dataclass(frozen=True, slots=True)
class EditKeyboard:
    """editMessageReplyMarkup."""

    method: ClassVar = "editMessageReplyMarkup"
    message_id: int
    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class AnswerTap:
    """answerCallbackQuery: ends the clock that Telegram shows on a tapped button."""

    method: ClassVar = "answerCallbackQuery"
    tap_id: str
    text: str = ""


Call = SendText | EditText | EditKeyboard | AnswerTap


def calls(
    replies: tuple[Reply, ...], tap: Tap | None, words: Mapping[str, str]
) -> tuple[Call, ...]:
    """Return what to ask of the Bot API, in order; a tap is always answered.

    An emergency answer comes first: it waits for nothing, not even for its own button.
    """
    toast = next((r.text for r in replies if isinstance(r, Toast)), "")
    found: list[Call] = [AnswerTap(tap.id, toast[:TOAST_LIMIT])] if tap else []
    for reply in replies:
        match reply:
            case Say():
                found.extend(_texts(reply))
            case Settle(chosen):
                found.extend(_settled(chosen, tap, words))
            case Redraw(keyboard):
                if tap and tap.message_id:
                    found.append(EditKeyboard(tap.message_id, keyboard))
            case Toast():
                pass  # said by the answer to the tap
    return tuple(sorted(found, key=lambda c: not (isinstance(c, SendText) and c.urgent)))


def _texts(say: Say) -> Iterator[SendText]:
    parts = markup.parts(say.text)
    for number, part in enumerate(parts, 1):
        keyboard = say.keyboard if number == len(parts) else ()
        yield SendText(markup.to_html(part), markup.to_plain(part), keyboard, say.emergency)


def _settled(chosen: str, tap: Tap | None, words: Mapping[str, str]) -> Iterator[Call]:
    if tap is None or tap.message_id is None or tap.html is None:
        return
    line = markup.to_html(markup.runs(words["chosen"].format(label=chosen)))
    text = f"{tap.html}\n\n{line}"
    # The tags and entities only make it longer, so what fits here fits Telegram's count.
    if markup.units(text) <= markup.LIMIT:
        yield EditText(tap.message_id, text)
    else:
        yield EditKeyboard(tap.message_id, ())


KINDS: Final = {kind.__name__: kind for kind in (SendText, EditText, EditKeyboard)}


def to_json(chat: int, update_id: int, unsent: tuple[Call, ...]) -> str:
    """Write down calls to be made later; taps are left out, Telegram forgets those soon."""
    kept = [[type(c).__name__, asdict(c)] for c in unsent if not isinstance(c, AnswerTap)]
    return json.dumps({"chat": chat, "update": update_id, "calls": kept}, ensure_ascii=False)


def from_json(parcel: str) -> tuple[int, int, tuple[Call, ...]]:
    """Read back chat, update id and calls; ValueError when the text is damaged."""
    try:
        kept = json.loads(parcel)
        unsent = tuple(_call(name, fields) for name, fields in kept["calls"])
        return int(kept["chat"]), int(kept["update"]), unsent
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a stored parcel") from error


def _call(name: str, fields: dict[str, Any]) -> Call:
    if "keyboard" in fields:
        rows = fields["keyboard"]
        fields["keyboard"] = tuple(tuple(Button(**button) for button in row) for row in rows)
    call: Call = KINDS[name](**fields)
    return call
