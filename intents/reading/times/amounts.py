"""The number that stands before a unit of time: "3", "twenty one", "two and a half", "½"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from intents.languages.language import Times
from intents.reading.clauses import Break

_MOST_BETWEEN: Final = 3  # words between a number and its unit: "three more long weeks"
_STROKE: Final = "\u2044"  # what folding makes of the stroke in "½"
_HUNDRED: Final = 100
_TENS: Final = range(20, _HUNDRED, 10)
_MOST_HALVES: Final = 4  # "1/2" and "3/4" are parts of one, "2/3 weeks" is two to three
_YEAR_AS_WRITTEN: Final = 1900  # such numbers are dates


class Amount(NamedTuple):
    """A number, and the words by position, end excluded, that give it."""

    value: float
    first: int
    last: int


def value(word: str, times: Times) -> float | None:
    """Return the number that one word gives, in figures or in letters; None for no number."""
    if word in times.numbers:
        return times.numbers[word]
    if not word[:1].isdigit():
        return None
    over, stroke, under = word.partition(_STROKE)
    try:
        if stroke:
            return float(over) / max(float(under), 1.0)
        return float(word.replace(",", "."))
    except ValueError:
        return None


def amount_before(
    words: Sequence[str], breaks: Sequence[Break], n: int, times: Times
) -> Amount | None:
    """Return the number that ends before a unit; None where there is none."""
    at = _last_word(words, breaks, n, times)
    if at is None:
        return None
    found = _one(words, breaks, at, times)
    if found is None:
        return None
    found = _ranged(words, breaks, found, times)
    before = found.first - 1
    if (
        before >= 0
        and words[before] in times.articles
        and words[found.first] in times.with_article
    ):
        return found._replace(first=before)  # "a couple", "a few"
    return found


def _last_word(words: Sequence[str], breaks: Sequence[Break], n: int, times: Times) -> int | None:
    """Return where the last word of a number before a unit stands: "3" in "3 more weeks"."""
    found = None
    for at in range(n - 1, max(-1, n - 2 - _MOST_BETWEEN), -1):
        if breaks[at + 1] > Break.ITEM:
            break
        if value(words[at], times) is not None or _half_tail(words, at, times):
            found = at
        if words[at] not in times.larger:
            break
    return found


def _one(words: Sequence[str], breaks: Sequence[Break], at: int, times: Times) -> Amount | None:
    """Return the number that ends with a word, without what makes it a range."""
    if tail := _half_tail(words, at, times):
        whole = _whole(words, breaks, at - tail, times) if at >= tail else None
        return whole and Amount(whole.value + 0.5, whole.first, at + 1)
    return _whole(words, breaks, at, times)


def _whole(words: Sequence[str], breaks: Sequence[Break], at: int, times: Times) -> Amount | None:
    """Return the number that ends with a word, but for "and a half"."""
    number = value(words[at], times)
    if number is None:
        return None
    if words[at] in times.articles and (part := _part_before(words, at, times)):
        return Amount(part.value, part.first, at + 1)
    if at == 0 or breaks[at] > Break.ITEM:
        return Amount(number, at, at + 1)
    before = value(words[at - 1], times)
    if before is None or words[at - 1] in times.articles:
        return Amount(number, at, at + 1)
    if breaks[at] is Break.ITEM and before < number <= _MOST_HALVES and before != 2:
        return _part(words, breaks, at, before / number)
    if _STROKE in words[at] and before == int(before):
        return Amount(before + number, at - 1, at + 1)  # "2½"
    if not words[at].isdigit():
        if before in _TENS and 1 <= number < 10 and words[at] not in times.larger:
            return Amount(before + number, at - 1, at + 1)
        if number == _HUNDRED and before < _HUNDRED:
            return Amount(before * number, at - 1, at + 1)
    return Amount(number, at, at + 1)


def _part(words: Sequence[str], breaks: Sequence[Break], at: int, part: float) -> Amount:
    """Return "1/2", which ends with a word and may stand behind a whole: "1 1/2"."""
    if at > 1 and breaks[at - 1] is Break.NONE and words[at - 2].isdecimal():
        return Amount(float(words[at - 2]) + part, at - 2, at + 1)
    return Amount(part, at - 1, at + 1)


def _half_tail(words: Sequence[str], at: int, times: Times) -> int:
    """Return how many words that end here say "and a half"; 0 for none."""
    for phrase in times.and_half:
        if at + 1 > len(phrase) and tuple(words[at + 1 - len(phrase) : at + 1]) == phrase:
            return len(phrase)
    return 0


def _part_before(words: Sequence[str], at: int, times: Times) -> Amount | None:
    """Return the part of one that stands before an article: "half a", "quarter of an"."""
    for n in (at - 1, at - 2):
        if n >= 0 and words[n] in times.halves:
            part = times.numbers.get(words[n], 0.5)
            count = value(words[n - 1], times) if n else None
            if count and 1 < count < 10:
                return Amount(count * part, n - 1, at)  # "three quarters of an"
            return Amount(part, n, at)
        if n < 0 or words[n] not in times.articles:
            return None
    return None


def _ranged(words: Sequence[str], breaks: Sequence[Break], found: Amount, times: Times) -> Amount:
    """Return the longer of "two to three", "5-6", "4 or 5", with all its words."""
    at = found.first - 1
    if at < 0 or breaks[found.first] > Break.ITEM:
        return found
    if at and words[at] in times.ranges and not breaks[at] > Break.ITEM:
        at -= 1
    elif not (words[at].isdigit() and words[found.first].isdigit()):
        return found
    other = _one(words, breaks, at, times)
    if other is None or words[at] in times.articles or other.value >= _YEAR_AS_WRITTEN:
        return found
    return Amount(max(found.value, other.value), other.first, found.last)
