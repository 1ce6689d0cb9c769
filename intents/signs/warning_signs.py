"""The warning signs that a writer says they have now, and the words that said so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from intents.content.faq import DANGER, Faq
from intents.languages.language import Cue
from intents.learning.features import Floats
from intents.reading.clauses import Span
from intents.reading.context import AFFIRMED, ASKED, NEGATED
from intents.reading.cues import CueTree
from intents.reading.reading import Reader, Reading
from intents.reading.times.told_times import TimeReader, ToldTimes
from intents.signs.agreement import TERSE, Agreement, Told, Verdict
from intents.signs.danger_eye import DangerEye
from intents.signs.patterns import PatternIndex
from intents.signs.phrases import PhraseIndex, PhraseMatch
from intents.signs.quotes import LONGEST as LONGEST_QUOTE
from intents.signs.quotes import quotes
from intents.signs.spotter import Spotted, Spotter

LEARNED: Final = "learned from its phrases"  # what named a sign where no line of the content did
TIME: Final = "a length of time"


@dataclass(frozen=True, slots=True)
class FoundSign:
    """A sign that the writer affirms: their own words, and what in the content named it."""

    id: str
    level: str
    words: tuple[str, ...]
    lines: tuple[str, ...] = ()
    of_other: bool = False  # told by lines alone that tell it of somebody else

    @property
    def is_told(self) -> bool:
        """Tell whether a line of the content names it, and not what was learned alone."""
        return self.lines != (LEARNED,)


@dataclass(frozen=True, slots=True)
class SignReading:
    """What a message says of warning signs."""

    found: tuple[FoundSign, ...]
    suspicion: float  # the chance of the likeliest emergency
    hours: float | None = None  # how long it has been going on
    is_suspect: bool = False  # an emergency may be meant that is not named
    suspected: str = ""  # which one, where words may mean it
    of_others: bool = False  # it is told by lines alone that tell it of somebody else
    is_over: bool = False  # an emergency was told that is just over
    is_grave: bool = False  # so likely that a doctor should hear of it, whatever is answered
    doubtful: tuple[FoundSign, ...] = ()  # told in words, and denied by what was learned

    def joined_by(self, told: Iterable[FoundSign]) -> SignReading:
        """Return the reading with signs that were told in other ways, before its own."""
        return replace(self, found=tuple({s.id: s for s in (*told, *self.found)}.values()))

    def in_lines(self, keep_suspicion: bool) -> SignReading:
        """Return the reading with only those signs that a line of the content named."""
        return replace(
            self,
            found=tuple(sign for sign in self.found if sign.is_told),
            is_suspect=self.is_suspect and keep_suspicion,
        )


class WarningSigns:
    """Finds the warning signs of one content in messages."""

    def __init__(
        self,
        faq: Faq,
        reader: Reader,
        index: PhraseIndex,
        spotter: Spotter,
        eye: DangerEye | None = None,
    ) -> None:
        self._faq = faq
        self._phrases = index
        self._patterns = PatternIndex(
            faq.patterns.groups, faq.patterns.patterns, reader, faq.crises
        )
        self._spotter = spotter
        self._eye = eye
        self._agreement = Agreement(faq)
        self._times = TimeReader(reader.language)
        self._negations = CueTree({Cue.NEGATION: reader.language.cues[Cue.NEGATION]})
        self._joints = reader.language.questions.joints
        self._emergencies = faq.emergencies
        self._crises = faq.crises
        self._wide = faq.wide
        self._small = reader.language.small
        timed = (
            [o for s in faq.check.steps for o in s.options if o.over is not None]
            if faq.check
            else []
        )
        self._of_durations = {sign for option in timed for sign in option.signs}

    def read(self, reading: Reading, meanings: Sequence[Floats] = ()) -> SignReading:
        """Read a message for warning signs; `meanings` are the vectors of its parts, if known."""
        times = self._times.read(reading)
        if times.is_all:  # an answer to the check, and nothing else
            return SignReading(self._lasting(reading, times), 0.0, times.hours)
        spotted = self._spotter.spot(reading)
        if self._eye and DANGER in spotted and len(reading.words) > TERSE:
            seen = spotted[DANGER]
            spotted[DANGER] = seen._replace(odds=self._eye.joined(seen.odds, meanings))
        asked = {span for span in {s.words for s in spotted.values()} if _is_asked(reading, span)}
        only_words = {sign for sign, seen in spotted.items() if seen.words in asked}
        if times.has_any:  # a length of time is told: what it does not mean, it denies
            only_words |= self._of_durations
        phrases = self._told_by_phrases(reading)
        if times.has_any:  # "a three week wait": whose the time is, is read by itself
            phrases = (one for one in phrases if one.sign not in self._of_durations)
        told = [*self._told_by_patterns(reading), *phrases]
        verdict = self._agreement.verdict(told, spotted, only_words, len(reading.words))
        found = self._named(reading, verdict, spotted, times)
        named = {*verdict.named, *(sign.id for sign in found)}
        doubtful = {one.sign: one for one in verdict.vetoed if one.sign not in named}
        return SignReading(
            found=tuple(
                {sign.id: sign for sign in (*found, *self._lasting(reading, times))}.values()
            ),
            suspicion=verdict.chance,
            hours=times.hours,
            is_suspect=verdict.is_suspect,
            suspected=self._asked_alone(verdict.suspected),
            of_others=_of_others(one for one in told if one.sign == verdict.suspected),
            is_over=verdict.is_over,
            is_grave=verdict.is_grave,
            doubtful=tuple(self._as_found(reading, one.sign, (one,)) for one in doubtful.values()),
        )

    def _asked_alone(self, id: str) -> str:
        """Return a sign that can be asked about alone; empty where it cannot."""
        sign = self._faq.sign(id)
        can_be_asked = sign is not None and (bool(sign.ask) or not sign.in_words_only)
        return id if can_be_asked and id not in self._wide else ""

    def _named(
        self, reading: Reading, verdict: Verdict, spotted: dict[str, Spotted], times: ToldTimes
    ) -> tuple[FoundSign, ...]:
        """Return the signs that are named, with the wider ones that they imply."""
        named = {
            sign: lines or (self._learned(reading, spotted[sign]),)
            for sign, lines in verdict.named.items()
        }
        if times.over is not None:  # "…, all gone now": what came before is no lesser sign
            named = {
                sign: lines
                for sign, lines in named.items()
                if sign in self._emergencies or any(o.words[0] >= times.over for o in lines)
            }
        for sign in self._faq.with_implied(named):
            narrower = [
                o for id in named if sign.id in self._faq.implied_by(id) for o in named[id]
            ]
            # A wider sign is quoted by what said the narrower one: no words are told twice.
            named[sign.id] = tuple(narrower) or named[sign.id]
        return tuple(
            self._as_found(reading, sign.id, named[sign.id])
            for sign in self._faq.signs
            if sign.id in named
        )

    def _learned(self, reading: Reading, seen: Spotted) -> Told:
        """Return what told a sign that no line of the content tells: a clause, if one does."""
        words = seen.words
        if words[1] - words[0] > LONGEST_QUOTE:
            words = self._spotter.most_telling(reading, seen.sign, words)
        return Told(seen.sign, words, LEARNED)

    def _as_found(self, reading: Reading, id: str, told: tuple[Told, ...]) -> FoundSign:
        sign = self._faq.sign(id)
        words = quotes(reading, (one.words for one in told), self._joints)
        lines = tuple(dict.fromkeys(one.line for one in told))
        return FoundSign(id, sign.level if sign else "", words, lines, _of_others(told))

    def _lasting(self, reading: Reading, times: ToldTimes) -> tuple[FoundSign, ...]:
        """Return the signs that the length of time means by which it has been going on."""
        if self._faq.check is None or times.words is None:
            return ()
        if times.over is not None and times.over <= times.words[0]:
            return ()
        return tuple(
            self._as_found(reading, sign, (Told(sign, times.words, TIME),))
            for option in self._faq.check.lasting(times.hours)
            for sign in option.signs
        )

    def _told_by_patterns(self, reading: Reading) -> Iterator[Told]:
        for hit in self._patterns.find(reading):
            is_affirmed = hit.is_affirmed and not hit.only_asks
            told = Told(hit.sign, hit.words, hit.pattern, is_affirmed, hit.is_over)
            yield replace(told, only_asks=hit.only_asks, of_others=hit.of_others)

    def _told_by_phrases(self, reading: Reading) -> Iterator[Told]:
        words = reading.plain
        for match in self._phrases.find(reading):
            if match.label in self._crises and not self._is_sentence(match, reading):
                continue  # so few words of despair stand in many a harmless sentence: "i let go"
            if self._is_affirmed(match, words, reading.marks):
                phrase = " ".join(words[match.start : match.end])
                yield Told(match.label, (match.start, match.end), f"phrase: {phrase}")

    def _is_sentence(self, match: PhraseMatch, reading: Reading) -> bool:
        """Tell whether a sentence says nothing but a phrase."""
        words, sentences = reading.words, reading.sentences
        at = bisect_right(sentences, match.start, key=itemgetter(0)) - 1
        return all(
            n in match.words or words[n].token.word in self._small for n in range(*sentences[at])
        )

    def _is_affirmed(self, match: PhraseMatch, words: list[str], marks: tuple[int, ...]) -> bool:
        """Tell whether the words of a phrase are meant; a negation of its own is part of it."""
        negates_itself = False
        for n in match.words:
            if marks[n] != AFFIRMED and not (marks[n] == NEGATED and negates_itself):
                return False
            negates_itself = negates_itself or Cue.NEGATION in self._negations.at(words, n)
        return True


def _of_others(told: Iterable[Told]) -> bool:
    """Tell whether a sign is told by lines alone that tell it of somebody else."""
    found = [one.of_others for one in told]
    return bool(found) and all(found)


def _is_asked(reading: Reading, words: Span) -> bool:
    """Tell whether all that speaks for a sign is only asked about: "can sport make you faint?"."""
    return all(mark & ASKED for mark in reading.marks[slice(*words)])
