"""What is known of one language, as frozen values; `en/` beside this file tells it of English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from intents.languages.folding import Phrase, fold_word
from intents.languages.tables import Unit

CLAUSE_END: Final = "."  # in a phrase of the table `ended`
DEFAULT_LANGUAGE: Final = "en"

Fold = Callable[[str], tuple[str, str]]  # a raw word -> the word as compared, and its stem


class Cue(StrEnum):
    """What a cue says of the words near it; the names are those of the tables in cues.yaml."""

    NEGATION = "negation"  # what follows does not hold
    NO_NEGATION = "no_negation"  # looks like a negation and is none
    NEGATION_AFTER = "negation_after"  # what went before does not hold
    NEGATION_OF_ALL = "negation_of_all"  # nothing of the list before holds
    OVER = "over"  # what went before in the clause has ended
    PAST = "past"  # the clause tells of long ago …
    CURRENT = "current"  # … unless it reaches into the present
    OTHERS = "others"  # somebody else is spoken of
    PATIENTS = "patients"  # somebody else is spoken of, and is the one who needs help
    SELF = "self"  # the writer speaks of themselves
    ASKED = "asked"  # what follows is asked, up to a word about the writer
    IMAGINED = "imagined"  # what follows is imagined, the writer included
    SCOPE_END = "scope_end"  # a scope does not reach beyond
    AFFIRMATION = "affirmation"  # what went before holds
    GRAVE = "grave"  # counts although it has passed
    HELP = "help"  # somebody needs help now
    RELATION = "relation"  # ties somebody else to the writer


@dataclass(frozen=True, slots=True)
class Clauses:
    """Words that show where a clause or a list goes on; for the names see cues.yaml."""

    opens_clause: frozenset[str]
    opens_question: frozenset[str]
    joins: frozenset[str]
    no_list_item: frozenset[str]
    present: frozenset[str]
    before_times: frozenset[str]
    takes_up: frozenset[str]
    contrasts: frozenset[str]
    times_on: frozenset[str]
    changing: frozenset[str]
    after_answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class People:
    """How people are named and spoken of; for the names see people.yaml."""

    nouns: frozenset[str]
    owners: frozenset[str]  # of those and `addressed`, who own something: "mates"
    addressed: frozenset[str]
    determiners: frozenset[str]
    describing: frozenset[str]
    no_part: frozenset[str]
    carers: frozenset[str]
    pronouns: frozenset[str]
    objects: frozenset[str]
    possessives: frozenset[str]
    surroundings: frozenset[str]
    meeting: frozenset[str]
    companions: frozenset[str]
    relatives: frozenset[str]
    telling: frozenset[str]
    noticing: frozenset[str]
    told_of: frozenset[str]
    turns: frozenset[str]
    joins: frozenset[str]
    present: frozenset[str]


@dataclass(frozen=True, slots=True)
class Times:
    """How lengths of time are put; each field is a table of times.yaml, which tells what it is."""

    units: Mapping[str, Unit]  # by word
    numbers: Mapping[str, float]
    ordinals: Mapping[str, float]
    moments: Mapping[str, float]
    happenings: Mapping[Phrase, float]
    answers: Mapping[Phrase, float]
    events: frozenset[Phrase]
    bout_after: frozenset[Phrase]
    and_half: frozenset[Phrase]
    on_something: frozenset[Phrase]
    starts: frozenset[str]
    starts_of_dates: frozenset[str]
    moments_after_starts: frozenset[str]
    whole_moments: frozenset[str]
    last: frozenset[str]
    between: frozenset[str]
    halves: frozenset[str]
    articles: frozenset[str]
    ranges: frozenset[str]
    with_article: frozenset[str]
    ordinal_endings: frozenset[str]
    no_number_after: frozenset[str]
    larger: frozenset[str]
    back: frozenset[str]
    lasting: frozenset[str]
    past: frozenset[str]
    before_past: frozenset[str]
    whole: frozenset[str]
    of: frozenset[str]
    this: frozenset[str]
    coming: frozenset[str]
    before_plans: frozenset[str]
    before_numbered: frozenset[str]
    after_plans: frozenset[str]
    activities: frozenset[str]
    no_activity: frozenset[str]
    after_activity: frozenset[str]
    turns: frozenset[str]
    clock: frozenset[str]
    row: frozenset[str]
    free: frozenset[str]
    sums: frozenset[str]
    then: frozenset[str]
    bout_before: frozenset[str]
    neutral: frozenset[str]
    # What the content adds: its concepts for the trouble, for where it is, and for other things.
    complaint: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    other_things: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Questions:
    """How people ask; for the names see questions.yaml."""

    openers: frozenset[Phrase]
    telling: frozenset[Phrase]
    joints: frozenset[str]
    fillers: frozenset[Phrase]
    asking: frozenset[Phrase]
    pointing: frozenset[Phrase]


class Word(StrEnum):
    """What a short reply says by itself; the names are those of the tables in replies.yaml."""

    STOP = "stop"
    BACK = "back"
    SKIP = "skip"
    DONE = "done"
    UNSURE = "unsure"
    SAME = "same"  # nothing has changed
    NO = "no"
    YES = "yes"
    GONE = "gone"  # it is over now
    WRONG = "wrong"  # what was taken from the person's words is not what they meant


@dataclass(frozen=True, slots=True)
class Replies:
    """How people answer an open question; each field is a table of replies.yaml."""

    words: Mapping[Word, frozenset[Phrase]]
    ordinals: Mapping[str, float]
    no_signs: frozenset[Phrase]
    unsure_signs: frozenset[Phrase]
    doubts: frozenset[Phrase]
    hesitations: frozenset[Phrase]
    denials: frozenset[Phrase]
    contrasts: frozenset[Phrase]
    before_answer: frozenset[Phrase]
    after_answer: frozenset[Phrase]
    none_anywhere: frozenset[Phrase]
    not_meant: frozenset[Phrase]
    called: frozenset[Phrase]
    nothing: frozenset[Phrase]
    exceptions: frozenset[Phrase]
    all: frozenset[Phrase]
    all_but: frozenset[Phrase]
    of_them: frozenset[Phrase]
    last: frozenset[Phrase]
    around_places: frozenset[Phrase]
    before_pointing: frozenset[Phrase]
    pointing: frozenset[Phrase]
    pointed: frozenset[Phrase]
    label_noise: frozenset[Phrase]


@dataclass(frozen=True, slots=True)
class Introductions:
    """What stands before a name; for the names see small_words.yaml."""

    greetings: frozenset[Phrase]
    named: frozenset[Phrase]
    maybe_named: frozenset[Phrase]
    sign_offs: frozenset[Phrase]


@dataclass(frozen=True, slots=True)
class TopicWords:
    """What words mean on a content's topic, where the language by itself does not know."""

    cues: Mapping[Cue, tuple[Phrase, ...]] = field(default_factory=dict)
    people: tuple[Phrase, ...] = ()
    activities: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    events: tuple[Phrase, ...] = ()
    complaint: frozenset[str] = frozenset()  # concepts, as are the next two
    places: frozenset[str] = frozenset()
    other_things: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of one language."""

    code: str
    digest: str  # of its files: another digest, other readings
    script: str  # as Unicode names its letters: LATIN
    fold: Fold  # with a memory: what people write holds the same words again and again
    fold_once: Fold
    common: frozenset[str]
    possessives: frozenset[str]
    cues: Mapping[Cue, tuple[Phrase, ...]]
    ended: tuple[Phrase, ...]  # says that what was told before is over; "." is a clause's end
    signs: Mapping[str, bool]  # that are no words, such as a cross: whether they deny
    clauses: Clauses
    people: People
    times: Times
    questions: Questions
    replies: Replies
    small: frozenset[str]
    introductions: Introductions
    apart: Mapping[str, tuple[Phrase, ...]]  # how writers set themselves apart from others
    calls: tuple[Phrase, ...]  # for help, where they are the whole message …
    shouted: tuple[Phrase, ...]  # … and those that must be shouted: "HELP", "help!!"
    around_calls: tuple[Phrase, ...]  # what may stand beside either
    sentences: Mapping[str, str]  # that a content falls back on

    def with_topic(self, topic: TopicWords) -> Language:
        """Return the language with what its words mean on a topic."""
        cues = {cue: (*self.cues[cue], *topic.cues.get(cue, ())) for cue in self.cues}
        patients = owners(topic.cues.get(Cue.PATIENTS, ()), self.possessives)
        cues[Cue.PATIENTS] = (*self.cues[Cue.PATIENTS], *patients)
        cues[Cue.OTHERS] = (*cues[Cue.OTHERS], *owners(topic.people, self.possessives))
        times = replace(
            self.times,
            activities=self.times.activities | topic.activities,
            after_plans=self.times.after_plans | topic.plans,
            events=self.times.events | {*topic.events},
            complaint=topic.complaint,
            places=topic.places,
            other_things=topic.other_things,
        )
        return replace(self, cues=cues, times=times)

    def share_known(self, text: str) -> tuple[int, float]:
        """Return how many words a text has, and which share of them is common here."""
        words = [word for raw in text.split() if (word := fold_word(raw.strip(_PUNCTUATION)))]
        letters = [word for word in words if word.isalpha()]
        known = sum(word in self.common for word in letters)
        return len(letters), known / max(len(letters), 1)


_PUNCTUATION: Final = '.,;:!?()[]{}"“”„«»*…—–-¿¡'


def owners(people: Iterable[Phrase], possessives: Iterable[str]) -> tuple[Phrase, ...]:
    """Return people, and each as the owner of something: "my mum", "my mums"."""
    ends = ("", *sorted(possessives))
    return tuple((*phrase[:-1], phrase[-1] + end) for phrase in people for end in ends)
