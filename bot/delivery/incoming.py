"""What reaches the bot, whatever channel it came by."""

from __future__ import annotations

from dataclasses import dataclass

from bot.delivery.channel import Place
from bot.dialogue.events import Event


@dataclass(frozen=True, slots=True)
class Left:
    """The person left: blocked the bot, for one. Nobody is there to be answered."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of one chat."""

    update_id: int  # of the channel; no two updates of a chat have the same
    key: str  # of the chat, with its channel in front: "sms:7"
    event: Event | Left
    place: Place  # where to answer
    in_public: bool = False  # others read along
    written: float | None = None  # when, in seconds since 1970, if the channel says so
    language: str = ""  # that the writer's app is set to, such as "pt-br", if the channel says so
    by_bot: bool = False  # another program wrote it
