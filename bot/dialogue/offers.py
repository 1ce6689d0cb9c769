"""What a reply says to "did you mean": which of the topics, or none of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.wording import Wording
from intents import Option, Understanding, Understood, Word, read_reply


class Offers:
    """Reads replies to the topics that were offered."""

    def __init__(self, understanding: Understanding, wording: Wording) -> None:
        none = wording.say("none_of_these")
        self._reader = understanding.option_reader({none: Word.NO})
        self._named = {
            intent.id: self._reader.named(Option((intent.title, intent.question)))
            for intent in understanding.faq.intents
        }

    def word(self, understood: Understood) -> Word | None:
        """Return what a reply says by itself, whatever was offered."""
        return read_reply(understood.reading, self._reader.options(())).word

    def chosen(self, offered: Sequence[str], understood: Understood) -> str | None:
        """Return the topic that a reply chooses; empty for none of them, None for no reply."""
        known = [id for id in offered if id in self._named]
        if not known:
            return None
        said = read_reply(
            understood.reading, self._reader.options(self._named[id] for id in known)
        )
        if said.picked and (said.is_bare or said.is_deliberate) and not said.takes_all:
            return known[min(said.picked)]
        if said.word is Word.NO and said.is_bare:
            return ""
        return known[0] if said.word is Word.YES and said.is_bare else None
