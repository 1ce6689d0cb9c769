"""Dangers told in the plainest words: of other languages, or as a bare call for help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from intents.content.faq import Faq
from intents.languages.language import Language
from intents.languages.other_languages import Danger
from intents.reading.other_languages import Elsewhere
from intents.reading.phrase_tree import PhraseTree
from intents.reading.reading import Reading
from intents.signs.warning_signs import FoundSign

_SHOUT: Final = "!"


class _Called(NamedTuple):
    """What a phrase in a call for help is."""

    calls: bool = False  # by itself
    calls_loudly: bool = False  # where it is shouted; a phrase that is neither only goes with it


class PlainDangers:
    """Finds the signs of one content that plain words mean."""

    def __init__(self, faq: Faq, language: Language) -> None:
        self._faq = faq
        self._meant = {danger: sign.id for sign in faq.signs for danger in sign.dangers}
        self._calls = PhraseTree(
            [
                *((phrase, _Called(calls=True)) for phrase in language.calls),
                *((phrase, _Called(calls_loudly=True)) for phrase in language.shouted),
                *((phrase, _Called()) for phrase in language.around_calls),
            ]
        )

    def found(self, reading: Reading, elsewhere: Elsewhere) -> tuple[FoundSign, ...]:
        """Return the signs that are told, each with the wider ones that come with it."""
        told = dict(elsewhere.dangers)
        if self._is_call(reading):
            told.setdefault(Danger.HELP, reading.text)
        return tuple({sign.id: sign for sign in self._signs(told)}.values())

    def _signs(self, told: dict[Danger, str]) -> Iterator[FoundSign]:
        for danger, words in told.items():
            for sign in self._faq.with_implied(filter(None, [self._meant.get(danger)])):
                yield FoundSign(sign.id, sign.level, (words,), (f"plain words: {danger}",))

    def _is_call(self, reading: Reading) -> bool:
        """Tell whether a message is a call for help and nothing else."""
        words = reading.plain
        parts: list[_Called] = []
        at = 0
        while at < len(words):
            found = self._calls.at(words, at)
            if not found:
                return False
            part, at = found[-1]
            parts.append(part)
        loud = sum(part.calls_loudly for part in parts)
        is_loud = loud > 1 or _SHOUT in reading.text or reading.text.isupper()
        return any(part.calls for part in parts) or (loud > 0 and is_loud)
