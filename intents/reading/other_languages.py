"""Whether a message is in a language that the bot does not speak, and which dangers it names.

A phrase in the bot's own script is looked for as whole words; one in another script as letters in
a row, whatever endings hang on it: there no word of the bot's language can be meant.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from intents.languages.folding import Phrase, script_of
from intents.languages.language import Language
from intents.languages.other_languages import Danger, OtherLanguage
from intents.reading.clauses import Span
from intents.reading.phrase_tree import PhraseTree
from intents.reading.text import QUESTION_MARK, Token, clean, tokens

_FEWEST: Final = 3  # words from which a language is told by its small words
_LEAST: Final = 2  # different ones of them; as many letters of another script
_MIXED: Final = 0.2  # of the words are known in the bot's own language …
_OWN: Final = 0.4  # … and not more, or it is the bot's own


class ToldDanger(NamedTuple):
    """A danger named in plain words of another language, and the writer's words for it."""

    danger: Danger
    words: str


class Elsewhere(NamedTuple):
    """A message as one in another language; `language` is None where that is not known."""

    is_other: bool = False
    language: OtherLanguage | None = None
    dangers: tuple[ToldDanger, ...] = ()
    is_mixed: bool = False  # with words of the bot's own language


class _Named(NamedTuple):
    """What a phrase means, and in which language."""

    danger: Danger
    language: OtherLanguage


class OtherLanguageReader:
    """Reads messages in languages other than the bot's."""

    def __init__(self, others: Sequence[OtherLanguage], language: Language) -> None:
        self._others = others
        self._language = language
        named = [
            (self._parted(phrase), _Named(danger, other))
            for other in others
            for danger, phrases in other.dangers.items()
            for phrase in phrases
        ]
        self._words = PhraseTree((p, what) for p, what in named if self._is_own(p))
        self._letters = [("".join(p), what) for p, what in named if not self._is_own(p)]
        self._calls = PhraseTree(
            (self._parted(phrase), other) for other in others for phrase in other.calls
        )
        self._longest_denial = max((len(p) for o in others for p in o.not_before), default=0)
        self._small = {one.code: one.known_by - language.small for one in others}

    def read(self, text: str) -> Elsewhere:
        """Tell whether a message is in another language, and which dangers it names."""
        found = [t for t in tokens(text, self._language.fold) if t.word != QUESTION_MARK]
        words = [token.word for token in found if token.word[0].isalpha()]
        if not words:
            return Elsewhere()
        letters = _letters(text, words)
        is_strange = 2 * letters[self._language.script] < letters.total() >= _LEAST
        told = [*self._told_in_words(text, found), *self._called(found)]
        if letters.keys() - {self._language.script}:
            told += self._told_in_letters(text, found)
        languages = [what.language for what, _ in told] or self._others
        language = self._nearest(languages, words, letters if is_strange else Counter())
        own = self._own(language, words)
        is_other = is_strange or self._is_in(language, words, own, has_danger=bool(told))
        dangers = {
            what.danger: ToldDanger(what.danger, text[found[start].start : found[end - 1].end])
            for what, (start, end) in reversed(told)
        }
        if not is_other:
            return Elsewhere(dangers=tuple(dangers.values()))
        return Elsewhere(True, language, tuple(dangers.values()), own > _MIXED)

    def _parted(self, phrase: Phrase) -> Phrase:
        """Return a phrase with its words parted as those of messages are: "3ayez" are two."""
        return tuple(token.word for token in tokens(clean(" ".join(phrase)), self._language.fold))

    def _is_own(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is in the bot's own script; all its letters are in one."""
        first = next(letter for letter in "".join(phrase) if letter.isalpha())
        return script_of(first) == self._language.script

    # Dangers

    def _told_in_words(self, text: str, found: Sequence[Token]) -> Iterator[tuple[_Named, Span]]:
        """Yield what is told in the bot's own script, unless it is denied."""
        words = [token.word for token in found]
        for start in range(len(words)):
            for what, end in self._words.at(words, start):
                if not _ends_with(self._unparted(text, found, start), what.language.not_before):
                    yield what, (start, end)

    def _told_in_letters(self, text: str, found: Sequence[Token]) -> Iterator[tuple[_Named, Span]]:
        """Yield what is told in another script, unless it is denied."""
        row = "".join(token.word for token in found)
        ends = list(accumulate(len(token.word) for token in found))
        for letters, what in self._letters:
            at = row.find(letters)
            if at < 0:
                continue
            start = bisect_right(ends, at)
            before = row[ends[start - 1] if start else 0 : at]  # in the same word
            denials = what.language.not_before
            if before:  # words are not parted: "我没有" ends with "没有"
                is_denied = before.endswith(tuple(map("".join, denials)))
            else:
                is_denied = _ends_with(self._unparted(text, found, start), denials)
            if not is_denied:
                yield what, (start, 1 + bisect_left(ends, at + len(letters)))

    def _unparted(self, text: str, found: Sequence[Token], at: int) -> list[str]:
        """Return the words before one, as many as may deny it and no more than a space parts."""
        start, least = at, max(0, at - self._longest_denial)
        while start > least and not text[found[start - 1].end : found[start].start].strip():
            start -= 1
        return [token.word for token in found[start:at]]

    def _called(self, found: Sequence[Token]) -> Iterator[tuple[_Named, Span]]:
        """Yield a call for help that is the whole message."""
        words = [token.word for token in found]
        if covers(self._calls, words):
            for language, _ in self._calls.at(words, 0):
                yield _Named(Danger.HELP, language), (0, len(words))

    # Which language it is

    def _nearest(
        self, languages: Sequence[OtherLanguage], words: Sequence[str], strange: Counter[str]
    ) -> OtherLanguage | None:
        """Return the language that fits best by its small words, and by letters that are strange.

        None where the letters are none of theirs.
        """
        row = "".join(words)
        scores = [
            (
                sum(strange[script] for script in one.scripts)
                + sum(small in row for small in self._small[one.code])
                if strange
                else len(self._small[one.code].intersection(words))
            )
            for one in languages
        ]
        best = max(range(len(languages)), key=lambda n: scores[n], default=None)
        if best is None or (strange and not strange.keys() & languages[best].scripts):
            return None
        return languages[best]

    def _own(self, other: OtherLanguage | None, words: Sequence[str]) -> float:
        """Return the share of words that are common in the bot's own language, not in another."""
        small = self._small[other.code] if other else frozenset()
        own = sum(word in self._language.common and word not in small for word in words)
        return own / len(words)

    def _is_in(
        self, other: OtherLanguage | None, words: Sequence[str], own: float, has_danger: bool
    ) -> bool:
        """Tell whether a message in the bot's own script is in another language."""
        if other is None or own > _OWN:
            return False
        small = self._small[other.code].intersection(words)
        is_told = len(small) >= _LEAST and not small <= self._language.common
        return has_danger or (len(words) >= _FEWEST and is_told)


def covers(phrases: PhraseTree[OtherLanguage], words: Sequence[str]) -> bool:
    """Tell whether a message is made of some phrases and nothing else."""
    at = 0
    while at < len(words):
        found = phrases.at(words, at)
        if not found:
            return False
        at = found[-1][1]
    return True


def _letters(text: str, words: Iterable[str]) -> Counter[str]:
    """Return how many letters of each script a message has."""
    if text.isascii():
        return Counter({script_of("a"): sum(map(len, words))})
    return Counter(script_of(letter) for word in words for letter in word if letter.isalpha())


def _ends_with(words: Sequence[str], phrases: Iterable[Phrase]) -> bool:
    return any(tuple(words[-len(phrase) :]) == phrase for phrase in phrases)
