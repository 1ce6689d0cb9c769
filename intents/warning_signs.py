"""The warning signs that a writer says they have now, and the words that said so.

Two nets: phrases from the content, which speak for a sign where every word of them is affirmed,
and a learned spotter. In doubt an emergency makes the bot ask at once; any other sign is asked
about.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intents.context import AFFIRMED, NEGATED, contexts
from intents.cues import CUES, Cue
from intents.durations import Duration, durations
from intents.faq import DurationOption, Faq
from intents.phrases import LONGEST, PhraseIndex, PhraseMatch
from intents.reading import Reading
from intents.spotter import Spotted, Spotter, emergencies, with_implied

# What is added to, or taken from, the logarithm of a sign's odds.
PHRASE_EVIDENCE: Final = 2.0  # for an affirmed phrase
DURATION_EVIDENCE: Final = 6.0  # against what would take longer than the time that is named
# How much the clause that says a sign most counts, beside the message as a whole.
CLAUSE_SHARE: Final = 0.35
CLAUSE_SHARE_OF_EMERGENCY: Final = 0.5
READ_AS_A_WHOLE: Final = 20  # words; of a longer message the clause counts more and more
MOST_VOUCHED: Final = 1.5  # what the wider sign may add, lest every kind is named


# Says at the end of a message that what was told is over; "gone" alone may be "gone numb".
_OVER: Final = re.compile(
    r"\b(?:gone(?= now| completely| again| for| since| away| by| after|\s*[.,!;)]|\s*$)"
    r"|(?:all|totally|completely|perfectly) (?:fine|gone|good|better|normal|ok)\b"
    r"|(?:fine|ok|okay|better|good|normal) (?:now|again)\b|back to normal|right as rain"
    r"|calmed down|settled(?: down)?|cleared up|went away|wore off|long healed|healed|finished"
    r"|barely there|has ?n['’]?t (?:come back|returned|troubled|bothered)|never came back"
    r"|no more now|long (?:gone|ago|over))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundSign:
    """A sign that the writer affirms, with their own words; about a doubtful one we ask."""

    id: str
    level: str
    words: tuple[str, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class SignReading:
    """What a message says of warning signs; `suspicion` is the chance of an unnamed emergency."""

    found: tuple[FoundSign, ...]
    suspicion: float
    hours: float | None = None  # how long it has been going on

    @property
    def affirmed(self) -> tuple[FoundSign, ...]:
        """Return the signs that need no asking."""
        return tuple(sign for sign in self.found if not sign.doubtful)


class WarningSigns:
    """Finds the warning signs of one content in messages."""

    def __init__(self, faq: Faq, index: PhraseIndex, spotter: Spotter) -> None:
        self._faq = faq
        self._index = index
        self._spotter = spotter
        self._emergencies = emergencies(faq)
        self._lesser = {sign.id for sign in faq.signs} - self._emergencies
        options = faq.check.durations if faq.check else ()
        self._of_durations = {sign for option in options for sign in option.signs}
        self._implied = {sign.id: sign.implies[0] for sign in faq.signs if sign.implies}

    def read(self, reading: Reading) -> SignReading:
        """Read a message for warning signs."""
        marks = contexts(reading.text, [word.token for word in reading.words])
        spotted = self._spotter.spot(reading, marks)
        said: dict[str, list[str]] = {}
        for match in self._affirmed_phrases(reading, marks):
            for sign in (match.label, *self._implies(match.label)):
                said.setdefault(sign, []).append(reading.quote(match.start, match.end))
        told_times = durations(reading.text)
        lasting = [duration for duration in told_times if duration.lasted]
        duration = _longest_meant(lasting, reading, marks)
        option = duration_option(self._faq, duration.hours) if duration else None
        told = option.signs if option else ()
        # "Two days", or "not for weeks", speaks against what takes longer.
        untold = self._of_durations - {*told} if lasting else set()
        only_a_time = _is_only_a_time(told_times, reading)
        length = len(reading.words)
        chances = {} if only_a_time else self._chances(spotted, said, untold, length)
        quotes: dict[str, list[str]] = {}
        doubtful: set[str] = set()
        for sign, chance in chances.items():
            lowest, certain = self._bounds(sign)
            if chance >= lowest:
                quotes[sign] = said.get(sign) or [self._telling(reading, marks, spotted[sign])]
                if chance < certain:
                    doubtful.add(sign)
        if not self._emergencies.isdisjoint(quotes):
            for sign, words in self._beside_emergency(reading, marks):
                quotes.setdefault(sign, [words])
                doubtful.discard(sign)
        # "… and it was terrible, gone now": what came before may be over, so it is asked about.
        over = _over(reading)
        if over is not None:
            past = {sign for sign in quotes if spotted[sign].start < over}
            doubtful |= past - self._emergencies
        for sign in told:
            if duration and (over is None or over > _place(reading, duration)):
                quotes.setdefault(sign, []).append(reading.text[duration.start : duration.end])
                doubtful.discard(sign)
        suspicion = max((chances[id] for id in chances if id in self._emergencies), default=0.0)
        found = self._found(quotes, doubtful)
        return SignReading(found, suspicion, duration.hours if duration else None)

    def _chances(
        self,
        spotted: dict[str, Spotted],
        said: Collection[str],
        untold: Collection[str],
        length: int,
    ) -> dict[str, float]:
        """Return the probability of each sign, from 0 to 1, in a message of so many words.

        A kind of emergency and emergencies as a whole vouch for each other; so do other signs and
        those they imply.
        """
        evidence = {
            sign: PHRASE_EVIDENCE * (sign in said) - DURATION_EVIDENCE * (sign in untold)
            for sign in spotted
        }
        odds = {
            sign: self._weighed(seen, sign in said, length) + evidence[sign]
            for sign, seen in spotted.items()
        }
        both = {sign: (odds[sign] + odds[wider]) / 2 for sign, wider in self._implied.items()}
        for sign, wider in self._implied.items():
            if wider in self._emergencies:
                both[wider] = max(both.get(wider, both[sign]), both[sign])
            both[sign] = min(both[sign], odds[sign] + MOST_VOUCHED)
        odds |= both
        emergency = max((odds[sign] for sign in odds if sign in self._emergencies), default=0.0)
        if emergency >= _log_odds(self._faq.thresholds.emergency):
            # The message is about the emergency: a lesser sign is judged by its own clause.
            for sign in odds.keys() - self._emergencies - both.keys():
                odds[sign] = spotted[sign].in_clause + evidence[sign]
        return {
            sign: 1 / (1 + math.exp(-min(max(value, -30), 30))) for sign, value in odds.items()
        }

    def _weighed(self, seen: Spotted, is_said: bool, length: int) -> float:
        """Return the log odds of a sign: in a long message one clause among many may say it."""
        share = max(CLAUSE_SHARE, 1 - READ_AS_A_WHOLE / length)
        if seen.sign in self._emergencies:
            share = 1.0 if is_said else max(CLAUSE_SHARE_OF_EMERGENCY, share)
        return seen.in_message + share * (seen.in_clause - seen.in_message)

    def _bounds(self, sign: str) -> tuple[float, float]:
        """Return from which probability a sign is found, and from which for certain."""
        thresholds = self._faq.thresholds
        if sign in self._emergencies:
            return thresholds.emergency, thresholds.emergency
        return thresholds.doubt, thresholds.sign

    def _affirmed_phrases(self, reading: Reading, marks: Sequence[int]) -> Iterator[PhraseMatch]:
        words = [word.token.word for word in reading.words]
        for match in self._index.find(reading):
            if _is_affirmed(match, words, marks):
                yield match

    def _beside_emergency(
        self, reading: Reading, marks: Sequence[int]
    ) -> Iterator[tuple[str, str]]:
        """Yield the signs that a message affirms by a concept of that name, with its words.

        In an emergency one plain word is enough to name a lesser sign: nobody is alarmed by it.
        """
        for mention in reading.concepts:
            if mention.concept in self._lesser and not any(marks[mention.start : mention.end]):
                yield mention.concept, reading.quote(mention.start, mention.end)

    def _telling(self, reading: Reading, marks: Sequence[int], seen: Spotted) -> str:
        if seen.end - seen.start <= LONGEST:
            return reading.quote(seen.start, seen.end)
        return reading.quote(*self._spotter.telling_words(reading, marks, seen))

    def _found(self, quotes: dict[str, list[str]], doubtful: set[str]) -> tuple[FoundSign, ...]:
        """Return the signs with those they imply; what a sure one implies is sure."""
        sure = {sign.id for sign in with_implied(self._faq, quotes.keys() - doubtful)}
        found = []
        for sign in with_implied(self._faq, quotes):
            words = quotes.get(sign.id) or [
                quote for id in quotes if sign.id in self._implies(id) for quote in quotes[id]
            ]
            found.append(FoundSign(sign.id, sign.level, _unique(words), sign.id not in sure))
        return tuple(found)

    def _implies(self, id: str) -> tuple[str, ...]:
        sign = self._faq.sign(id)
        return sign.implies if sign else ()


def duration_option(faq: Faq, hours: float) -> DurationOption | None:
    """Return the answer of the check that covers a length of time."""
    options = faq.check.durations if faq.check else ()
    return next((o for o in options if o.up_to is None or hours <= o.up_to), None)


def _over(reading: Reading) -> int | None:
    """Return before which word a message says that something is over; None where it does not."""
    said = _OVER.search(reading.text)
    if said is None:
        return None
    return sum(word.token.start < said.start() for word in reading.words)


def _place(reading: Reading, duration: Duration) -> int:
    return sum(word.token.start < duration.start for word in reading.words)


def _is_only_a_time(times: Sequence[Duration], reading: Reading) -> bool:
    """Tell whether a message says how long and nothing else: an answer to the check."""
    return all(
        any(time.start <= word.token.start < time.end for time in times) for word in reading.words
    )


def _longest_meant(
    lasting: Sequence[Duration], reading: Reading, marks: Sequence[int]
) -> Duration | None:
    """Return the longest of some lengths of time that are affirmed."""
    meant = [
        duration
        for duration in lasting
        if not any(
            mark != AFFIRMED
            for word, mark in zip(reading.words, marks, strict=True)
            if duration.start <= word.token.start < duration.end
        )
    ]
    return max(meant, key=lambda duration: duration.hours, default=None)


def _log_odds(probability: float) -> float:
    probability = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(probability / (1 - probability))


def _is_affirmed(match: PhraseMatch, words: Sequence[str], marks: Sequence[int]) -> bool:
    """Tell whether the words of a phrase are meant; a negation of its own is part of it."""
    negates_itself = False
    for n in match.words:
        if marks[n] != AFFIRMED and not (marks[n] == NEGATED and negates_itself):
            return False
        negates_itself = negates_itself or Cue.NEGATION in CUES.at(words, n)
    return True


def _unique(quotes: Iterable[str]) -> tuple[str, ...]:
    """Return quotes without those that stand inside a longer one."""
    quotes = list(dict.fromkeys(quotes))
    return tuple(q for q in quotes if not any(q != other and q in other for other in quotes))
