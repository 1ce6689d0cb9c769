"""What a reply means to a question about one sign alone, by the content's own words for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from intents import (
    Faq,
    Named,
    Option,
    OptionReader,
    Options,
    Reading,
    Said,
    Word,
    denies,
    read_reply,
)


class OneSign:
    """Reads replies to the questions about the single signs of one content."""

    def __init__(self, faq: Faq, reader: OptionReader) -> None:
        self._reader = reader
        self._signs: dict[str, Named] = {
            sign.id: reader.named(Option((sign.title,), sign.tells)) for sign in faq.signs
        }
        self._otherwise: dict[str, Named] = {
            sign.id: reader.named(Option((), sign.denies)) for sign in faq.signs if sign.denies
        }

    def options(self, signs: Iterable[str]) -> Options:
        """Return signs as the options of a question, but those that are not known."""
        return self._reader.options(self._signs[id] for id in signs if id in self._signs)

    def said(self, sign: str, reading: Reading) -> Said:
        """Read a reply to the question about a sign."""
        said = read_reply(reading, self.options([sign]))
        if said.picked or said.word not in (None, Word.NO):
            return said
        if self.is_put_otherwise(sign, reading):
            return replace(said, word=None)
        if self._is_otherwise(sign, reading):
            return replace(said, word=Word.NO, is_plain=True)
        return said

    def is_denied(self, signs: Collection[str], reading: Reading) -> bool:
        """Tell whether a reply denies one of some signs, or what was read: "i meant dumb"."""
        options = self.options(signs)
        said = read_reply(reading, options)
        return bool(said.left_out) or denies(reading, options, said.hours)

    def is_put_otherwise(self, sign: str, reading: Reading) -> bool:
        """Tell whether a reply denies a sign beside a word for it: "not pain, a squeeze"."""
        named = self._signs.get(sign)
        if named is None:
            return False
        words = self._reader.options([named._replace(labels=(), exact=frozenset())])
        return bool(read_reply(reading, words).left_out) and denies(
            reading, self._reader.options([named]), None
        )

    def _is_otherwise(self, sign: str, reading: Reading) -> bool:
        """Tell whether a reply says how it is instead: "light yellow", asked about dark urine."""
        named = self._otherwise.get(sign)
        return named is not None and bool(
            read_reply(reading, self._reader.options([named])).picked
        )
