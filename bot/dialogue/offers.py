"""What a reply says to what was offered: topics, or a button that is typed instead of tapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.dialogue.buttons import Action, CheckTap, LevelTap, Tap, Way
from bot.dialogue.wording import Wording
from intents import Option, Understanding, Understood, Word, has_called, read_reply

# The ways on that can be typed wherever they are offered.
_TYPED: Final = (Way.CHECK, Way.TOPICS, Way.MISTAKEN, Way.JOKE, Way.GONE, Way.ELSE)


class Offers:
    """Reads replies to the topics and the ways on that were offered."""

    def __init__(self, understanding: Understanding, wording: Wording) -> None:
        none = wording.say("none_of_these")
        self._reader = understanding.option_reader({none: Word.NO})
        self._named = {
            intent.id: self._reader.named(Option((intent.title, intent.question)))
            for intent in understanding.faq.intents
        }
        self._faq = understanding.faq
        self._taps = {
            stems: tap
            for tap, label in self._labels(wording)
            for stems in self._reader.named(Option((label,))).exact
        }

    def _labels(self, wording: Wording) -> Iterator[tuple[Tap, str]]:
        """Return what buttons say, with what a tap on each means."""
        for way in _TYPED:
            yield way, wording.way_button(way).label
        for step in self._faq.check.steps if self._faq.check else ():
            if step.after:
                yield CheckTap(0, step.id, Action.OPEN), step.offer
        for level in self._faq.levels:
            for place, offered in enumerate(level.ways):
                for label in filter(None, (offered.label, offered.of_others, *offered.words)):
                    yield LevelTap(level.id, place), label

    def word(self, understood: Understood) -> Word | None:
        """Return what a reply says by itself, whatever was offered."""
        return read_reply(understood.reading, self._reader.options(())).word

    def bare_word(self, understood: Understood) -> Word | None:
        """Return what a reply says that says nothing else: "no", "okay", "no thanks"."""
        said = read_reply(understood.reading, self._reader.options(()))
        return said.word if said.is_bare else None

    def has_called(self, understood: Understood) -> bool:
        """Tell whether somebody says that help has been called."""
        return has_called(understood.reading, self._reader.options(()).replies)

    def typed(self, understood: Understood) -> Tap | None:
        """Return the tap whose button a text names in full; it has no keyboard's number."""
        reading = understood.reading
        written = tuple(word.token.stem for word in reading.words)
        return self._taps.get(written) or self._taps.get(tuple(reading.stems))

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
