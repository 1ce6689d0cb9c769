"""Replies as Bot API calls: plain frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.channels.telegram import markup
from bot.channels.telegram.updates import Place
from bot.delivery.channel import Call
from bot.dialogue.events import Keyboard, Redraw, Reply, Say, Settle, Toast

TOAST_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class SendText(Call):
    """sendMessage; `plain` is what goes out should Telegram not take the HTML."""

    name: ClassVar = "sendMessage"
    html: str
    plain: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class EditText(Call):
    """editMessageText, which takes the buttons away."""

    name: ClassVar = "editMessageText"
    message_id: int
    html: str


@dataclass(frozen=True, slots=True)
class EditKeyboard(Call):
    """editMessageReplyMarkup."""

    name: ClassVar = "editMessageReplyMarkup"
    redraws: ClassVar = True
    message_id: int
    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class AnswerTap(Call):
    """answerCallbackQuery: ends the clock that Telegram shows on a tapped button."""

    name: ClassVar = "answerCallbackQuery"
    passing: ClassVar = True  # Telegram forgets the query soon
    tap_id: str
    text: str = ""


def calls(
    replies: tuple[Reply, ...], place: Place, chosen: Callable[[str], str]
) -> tuple[Call, ...]:
    """Return what to ask of the Bot API, in the order of the replies; a tap is always answered.

    `chosen` gives the line that shows under a message which of its buttons was tapped.
    """
    toast = next((r.text for r in replies if isinstance(r, Toast)), "")
    found: list[Call] = [AnswerTap(place.tap_id, toast[:TOAST_LIMIT])] if place.tap_id else []
    for reply in replies:
        match reply:
            case Say():
                found.extend(_texts(reply))
            case Settle():
                found.extend(_settled(chosen(reply.chosen), place))
            case Redraw(keyboard):
                if place.message_id:
                    found.append(EditKeyboard(place.message_id, keyboard))
            case Toast():
                pass  # said by the answer to the tap
    return tuple(found)


def _texts(say: Say) -> Iterator[SendText]:
    parts = markup.parts(say.text, folded=say.folded)
    for number, part in enumerate(parts, 1):
        keyboard = say.keyboard if number == len(parts) else ()
        html, plain = markup.to_html(part), markup.to_plain(part)
        yield SendText(html, plain, keyboard, emergency=say.emergency)


def _settled(line: str, place: Place) -> Iterator[Call]:
    if place.message_id is None or place.html is None:
        return
    text = f"{place.html}\n\n{markup.to_html(markup.runs(line))}"
    # The tags and entities only make it longer, so what fits here fits Telegram's count.
    if markup.units(text) <= markup.LIMIT:
        yield EditText(place.message_id, text)
    else:
        yield EditKeyboard(place.message_id, ())
