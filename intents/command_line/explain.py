"""Why a message was understood as it was: for people, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from intents.answering import Text
from intents.content.faq import Faq
from intents.matcher import Ambiguous, Match, Outcome, Scores
from intents.reading.reading import Reading
from intents.signs.warning_signs import FoundSign
from intents.understanding import Understanding, Understood

BEST: Final = 5  # scores told
_LABEL: Final = 11  # width of the first column
_DECIDED: Final = {
    Text.QUESTIONS: "each question that is clear by itself",
    Text.QUESTION: "the surest question, with the part before it and the whole message",
    Text.SENTENCE: "the clearest sentence, with the whole message: nothing is asked",
    Text.MESSAGE: "the message as a whole",
}


def values(text: str, understood: Understood, understanding: Understanding) -> dict[str, Any]:
    """Return what was understood of a message as values that JSON can hold."""
    faq, signs = understanding.faq, understood.signs
    return {
        "text": text,
        **_outcome(understood.outcome, understood.scores, faq),
        "decided": str(understood.answer.decided),
        "questions": [
            {"text": one.part.text, **_outcome(one.outcome, one.scores, faq), "own": one.own}
            for one in understood.asked
        ],
        "signs": _signs(signs.found),
        "doubtful": _signs(signs.doubtful),
        "suspicion": signs.is_suspect,
        "emergency": round(signs.suspicion, 4),
        "because": list(reasons(understood, understanding)),
    }


def outcome_name(outcome: Outcome) -> str:
    """Return an outcome's name: match, ambiguous or no_match."""
    if isinstance(outcome, Match):
        return "match"
    return "ambiguous" if isinstance(outcome, Ambiguous) else "no_match"


def reasons(understood: Understood, understanding: Understanding) -> Iterator[str]:
    """Yield the words, <concepts> and mended words that decided, each once."""
    reading = understood.reading
    found: dict[str, None] = {}
    for id in _decided(understood, understanding.faq):
        part = _part(understood, id)
        for reason in understanding.matcher.reasons(part, id):
            found[_in_own_words(reason, part)] = None
    mended = (f"{word.token.word} -> {word.mended}" for word in reading.words if word.mended)
    found.update(dict.fromkeys(mended))
    yield from filter(None, found)


def lines(understood: Understood, understanding: Understanding) -> Iterator[str]:
    """Yield what was understood of a message, readable at a glance."""
    faq = understanding.faq
    outcome = understood.outcome
    best = _best(understood.scores, faq)
    score = dict(zip((i.id for i in faq.intents), understood.scores.values.tolist(), strict=True))
    if isinstance(outcome, Match):
        told = " and ".join(outcome.answers)
        if len(outcome.answers) == 1:  # of two questions neither scores high over the whole
            told += f" {score[outcome.answers[0]]:.2f}"
        rest = [pair for pair in best if pair[0] not in outcome.answers][:1]
    elif isinstance(outcome, Ambiguous):
        told = "did you mean " + ", ".join(f"{id} {score[id]:.2f}" for id in outcome.choices)
        rest = [pair for pair in best if pair[0] not in outcome.choices][:1]
    else:
        told, rest = "nothing the content knows", best[:1]
    gate = f"on the topic {understood.scores.gate:.2f}"
    after = "".join(f"next {id} {number:.2f}, " for id, number in rest)
    yield _line(outcome_name(outcome), f"{told}  ({after}{gate})")
    yield from _asked(understood, faq)
    because = ", ".join(reasons(understood, understanding))
    if because:
        yield _line("because", because)
    for id in _decided(understood, faq):
        weighed = understanding.matcher.weighed(understood.answer.part, understood.scores, id)
        if weighed:
            words, meaning = weighed
            yield _line(
                "meaning", f"as a whole {meaning:+.1f} for {id}, beside words {words:+.1f}"
            )
    yield from _signs_told(understood)
    if understood.elsewhere.is_other:
        other = understood.elsewhere.language
        yield _line("language", f"another one: {other.code if other else 'which is not known'}")


def _signs_told(understood: Understood) -> Iterator[str]:
    """Yield of each sign its level, the writer's words, and the line of content that named it."""
    for sign in understood.signs.found:
        yield _line("sign", _told(sign))
    for sign in understood.signs.doubtful:
        yield _line("doubtful", f"{_told(sign)}: what was learned denies it")
    if understood.signs.is_suspect:
        chance = understood.signs.suspicion
        yield _line(
            "suspicion", f"an emergency may be meant ({chance:.2f}): the screen comes first"
        )


def _in_own_words(reason: str, reading: Reading) -> str:
    """Return a reason in the writer's words: stems as they were written, concepts with theirs."""
    if reason.startswith("<"):
        concepts = reason.strip("<>").split()
        quotes = {m.concept: reading.quote(m.start, m.end) for m in reversed(reading.concepts)}
        return " + ".join(f"<{one}> {quotes.get(one, '')}".strip() for one in concepts)
    written = {word.stem: word.mended or word.token.word for word in reversed(reading.words)}
    written["_"] = "…"  # a word between two that count together
    return " ".join(written.get(stem, stem) for stem in reason.split())


def _asked(understood: Understood, faq: Faq) -> Iterator[str]:
    """Yield a line for each question, with its scores, and one on the text that decided."""
    if understood.answer.part is understood.reading and len(understood.asked) < 2:
        return  # nothing but the message itself was read
    for one in understood.asked:
        best = ", ".join(f"{id} {score:.2f}" for id, score in _best(one.scores, faq)[:2])
        own = f"; by itself {one.own}" if one.own else ""
        yield _line("question", f'"{one.part.text}": {best}{own}')
    yield _line("decided", _DECIDED[understood.answer.decided])


def _part(understood: Understood, id: str) -> Reading:
    """Return the text for which an intent is answered: of several questions the one that asks."""
    if understood.answer.decided is not Text.QUESTIONS:
        return understood.answer.part
    return next((one.part for one in understood.asked if one.asks((id,))), understood.reading)


def _decided(understood: Understood, faq: Faq) -> tuple[str, ...]:
    """Return the intents whose reasons are told: those answered, else the best."""
    if isinstance(understood.outcome, Match):
        return understood.outcome.answers
    return tuple(id for id, score in _best(understood.scores, faq)[:1] if score > 0)


def _outcome(outcome: Outcome, scores: Scores, faq: Faq) -> dict[str, Any]:
    return {
        "outcome": outcome_name(outcome),
        "answers": list(faq.with_wider(outcome.answers)) if isinstance(outcome, Match) else [],
        "choices": list(outcome.choices) if isinstance(outcome, Ambiguous) else [],
        "scores": {id: round(score, 4) for id, score in _best(scores, faq)},
    }


def _best(scores: Scores, faq: Faq) -> list[tuple[str, float]]:
    ranked = scores.ranked()[:BEST]
    return [(faq.intents[n].id, float(scores.values[n])) for n in ranked]


def _signs(signs: Iterable[FoundSign]) -> list[dict[str, Any]]:
    return [
        {"id": s.id, "level": s.level, "words": list(s.words), "lines": list(s.lines)}
        for s in signs
    ]


def _told(sign: FoundSign) -> str:
    words = ", ".join(f'"{words}"' for words in sign.words) or "(no words to quote)"
    return f"{sign.id} ({sign.level}) {words} by {'; '.join(sign.lines)}"


def _line(label: str, text: str) -> str:
    return f"{label:<{_LABEL}}{' '.join(text.split())}"
