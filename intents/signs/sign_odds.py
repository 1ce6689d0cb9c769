"""How likely each warning sign is, from all that a message gives away."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Final

from intents.content.faq import Faq
from intents.signs.spotter import Spotted

# What is added to, or taken from, the logarithm of a sign's odds.
PHRASE_EVIDENCE: Final = 2.0  # for an affirmed phrase
DURATION_EVIDENCE: Final = 10.0  # against what would take longer than the time that is named
OTHER_TIME_EVIDENCE: Final = 3.0  # … where the time named is that of something else
MOST_VOUCHED: Final = 1.5  # what the wider sign may add, lest every kind is named
# How much the clause that says a sign most counts, beside the message as a whole.
CLAUSE_SHARE: Final = 0.35
CLAUSE_SHARE_OF_EMERGENCY: Final = 0.5
READ_AS_A_WHOLE: Final = 20  # words; of a longer message the clause counts more and more


class SignOdds:
    """Weighs what was spotted against phrases, lengths of time and the other signs."""

    def __init__(self, faq: Faq) -> None:
        self._thresholds = faq.thresholds
        self._emergencies = faq.emergencies
        self._wider = {sign.id: sign.implies[0] for sign in faq.signs if sign.implies}

    def bounds(self, sign: str) -> tuple[float, float]:
        """Return from which probability a sign is found, and from which for certain."""
        if sign in self._emergencies:
            return self._thresholds.emergency, self._thresholds.emergency
        return self._thresholds.doubt, self._thresholds.sign

    def chances(
        self,
        spotted: dict[str, Spotted],
        said: Collection[str],
        untold: Mapping[str, float],
        length: int,
    ) -> dict[str, float]:
        """Return the probability of each sign, from 0 to 1, in a message of so many words.

        `said` are signs with a phrase of theirs in the message, `untold` those that would take
        longer than the time it names, with how much that speaks against each.
        """
        evidence = {
            sign: PHRASE_EVIDENCE * (sign in said) - untold.get(sign, 0.0) for sign in spotted
        }
        odds = {
            sign: self._weighed(seen, sign in said, length) + evidence[sign]
            for sign, seen in spotted.items()
        }
        odds |= self._vouched(odds)
        emergency = max((odds[sign] for sign in odds if sign in self._emergencies), default=0.0)
        if emergency >= _log_odds(self._thresholds.emergency):
            # The message is about the emergency: a lesser sign is judged by its own clause.
            alone = odds.keys() - self._emergencies - self._wider.keys()
            odds |= {sign: spotted[sign].in_clause + evidence[sign] for sign in alone}
        return {
            sign: 1 / (1 + math.exp(-min(max(value, -30), 30))) for sign, value in odds.items()
        }

    def _weighed(self, seen: Spotted, is_said: bool, length: int) -> float:
        """Return the log odds of a sign: in a long message one clause among many may say it."""
        share = max(CLAUSE_SHARE, 1 - READ_AS_A_WHOLE / length)
        if seen.sign in self._emergencies:
            share = 1.0 if is_said else max(CLAUSE_SHARE_OF_EMERGENCY, share)
        return seen.in_message + share * (seen.in_clause - seen.in_message)

    def _vouched(self, odds: dict[str, float]) -> dict[str, float]:
        """Return the log odds of signs that vouch for each other.

        A kind of emergency does so for emergencies as a whole, and the other way round; so do
        other signs and those they imply.
        """
        both = {sign: (odds[sign] + odds[wider]) / 2 for sign, wider in self._wider.items()}
        for sign, wider in self._wider.items():
            if wider in self._emergencies:
                both[wider] = max(both.get(wider, both[sign]), both[sign])
            both[sign] = min(both[sign], odds[sign] + MOST_VOUCHED)
        return both


def _log_odds(probability: float) -> float:
    probability = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(probability / (1 - probability))
