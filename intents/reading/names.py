"""Find the names in a message: "I'm Kamal", "hi, it's Grey", "regards, Tarek".

A name is no misspelt word. It is told by what stands before it, and by its capital letter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from intents.languages.folding import Phrase
from intents.languages.language import Language
from intents.reading.clauses import Break
from intents.reading.text import Token

_LONGEST: Final = 4  # words of what stands before a name
_FROM_GREETING: Final = 4  # words from a greeting to "I'm"
_MOST_NAMES: Final = 2  # words of a name

IsWord = Callable[[Token], bool]


class Names:
    """Finds names in messages of one language."""

    def __init__(self, language: Language, is_word: IsWord, is_slip: IsWord) -> None:
        """Take what tells that a word is known, and that it is likely a misspelt one."""
        self._tables = language.introductions
        tables = (self._tables.named, self._tables.maybe_named)
        self._openers = {
            phrase[0]
            for table in (*tables, self._tables.greetings, self._tables.sign_offs)
            for phrase in table
        }
        self._is_word = is_word
        self._is_slip = is_slip

    def places(self, text: str, tokens: Sequence[Token], breaks: Sequence[Break]) -> set[int]:
        """Return which words of a message are names."""
        found: set[int] = set()
        greeted = -_FROM_GREETING - 1  # where the last greeting ended
        for n, token in enumerate(tokens):
            if token.word not in self._openers:
                continue
            if length := _begins(tokens, n, self._tables.greetings):
                greeted = n + length
                found.update(self._capitals(text, tokens, breaks, n + length, Break.COMMA))
            if length := _begins(tokens, n, self._tables.named):
                found.update(self._named(text, tokens, breaks, n + length))
            elif length := _begins(tokens, n, self._tables.maybe_named):
                is_greeted = n - greeted <= _FROM_GREETING
                found.update(self._maybe(text, tokens, breaks, n + length, is_greeted))
            if length := _begins(tokens, n, self._tables.sign_offs):
                found.update(self._signed(text, tokens, n + length))
        return found

    def _named(
        self, text: str, tokens: Sequence[Token], breaks: Sequence[Break], at: int
    ) -> Iterator[int]:
        """Yield the words of a name that is told as one: "my name is Seyi"."""
        if at < len(tokens) and breaks[at] < Break.SENTENCE:
            token = tokens[at]
            if _is_capital(text, token) or not self._is_word(token):
                yield at
                yield from self._capitals(text, tokens, breaks, at + 1, Break.COMMA)

    def _maybe(
        self,
        text: str,
        tokens: Sequence[Token],
        breaks: Sequence[Break],
        at: int,
        is_greeted: bool,
    ) -> Iterator[int]:
        """Yield the words of what may be a name: "I'm Kamal", but "I'm dizy"."""
        if at == len(tokens) or breaks[at] >= Break.COMMA:
            return
        token = tokens[at]
        if self._is_word(token):  # "I'm Grey" is a name, "I'm Grey and cold" may be none
            is_end = at + 1 == len(tokens) or breaks[at + 1] >= Break.COMMA
            if is_greeted and is_end and _is_capital(text, token):
                yield at
        elif _is_capital(text, token) or not self._is_slip(token):
            yield at
            yield from self._capitals(text, tokens, breaks, at + 1, Break.COMMA)

    def _capitals(
        self,
        text: str,
        tokens: Sequence[Token],
        breaks: Sequence[Break],
        at: int,
        end: Break,
    ) -> Iterator[int]:
        """Yield the words with a capital letter that nobody knows: "Dear Priya Nair"."""
        for n in range(at, min(at + _MOST_NAMES, len(tokens))):
            is_over = breaks[n] >= end or not _is_capital(text, tokens[n])
            if is_over or self._is_word(tokens[n]):
                return
            yield n

    def _signed(self, text: str, tokens: Sequence[Token], at: int) -> Iterator[int]:
        """Yield the words of the name under a message: "regards, Tarek"."""
        rest = tokens[at : at + _MOST_NAMES + 1]
        if len(rest) <= _MOST_NAMES and at + len(rest) == len(tokens):
            for n, token in enumerate(rest, start=at):
                if _is_capital(text, token) or not (self._is_word(token) or self._is_slip(token)):
                    yield n


def _is_capital(text: str, token: Token) -> bool:
    """Tell whether a word begins with a capital letter and goes on with small ones."""
    return text[token.start].isupper() and not text[token.start + 1 : token.end].isupper()


def _begins(tokens: Sequence[Token], at: int, phrases: Collection[Phrase]) -> int:
    """Return how many words of the longest phrase begin at a word; 0 for none."""
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        if tuple(token.word for token in tokens[at : at + length]) in phrases:
            return length
    return 0
