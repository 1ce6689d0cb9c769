"""What every peer is given: the same examples to learn from, the same questions to answer."""

from __future__ import annotations

import copyreg
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from intents.content.faq import Faq, Intent
from intents.languages.language import Language
from intents.languages.loading import load_language

_SLIP: Final = 0.5  # share of noisy examples in which a letter is mistyped, too


def _by_code(language: Language) -> tuple[Callable[[str], Language], tuple[str]]:
    return load_language, (language.code,)


# A task goes to a process of its own, but what a language remembers cannot: it is read anew there.
copyreg.pickle(Language, _by_code)


@dataclass(frozen=True, slots=True)
class Question:
    """A message and the intents that are right for it; none when it is out of scope."""

    text: str
    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Questions about a content in a shape of their own, each with an intent."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A content, without warning signs, and questions about it; more of them in other shapes."""

    name: str
    faq: Faq
    questions: tuple[Question, ...]
    shapes: tuple[Shape, ...] = ()

    @property
    def examples(self) -> tuple[list[str], list[int]]:
        """Return all examples and the position of each one's intent; out of scope comes last."""
        groups = [intent.asked for intent in self.faq.intents]
        if self.faq.out_of_scope:
            groups.append(self.faq.out_of_scope)
        texts = [text for group in groups for text in group]
        return texts, [n for n, group in enumerate(groups) for _ in group]


def own(faq: Faq, questions: Iterable[Path], shapes: Iterable[Path] = ()) -> Task:
    """Return the task of a content of our own: its matching alone, for no peer finds signs."""
    matching = replace(faq, signs=(), combinations=(), not_affirmed=(), check=None)
    found = tuple(question for path in questions for question in _questions(path))
    return Task(faq.name, matching, found, tuple(filter(None, map(_shape, shapes))))


def _shape(path: Path) -> Shape | None:
    """Return the questions of a labelled file; what asks for no intent is left out."""
    asked = tuple(question for question in _questions(path) if question.intents)
    return Shape(path.stem, asked) if asked else None


def public(folder: Path) -> Task:
    """Return the task of a public set: `examples.jsonl` and `questions.jsonl`, no concepts.

    An intent's name is its title, from which everybody learns as from an example.
    """
    by_intent: dict[str, list[str]] = {}
    for example in _questions(folder / "examples.jsonl"):
        by_intent.setdefault(example.intents[0], []).append(example.text)
    intents = tuple(
        Intent(id, title=id.replace("_", " "), question="", answer="", examples=tuple(texts))
        for id, texts in by_intent.items()
    )
    faq = Faq(name=folder.name, intents=intents, words={})
    return Task(folder.name, faq, tuple(_questions(folder / "questions.jsonl")))


def grown(task: Task, size: int, seed: int = 0) -> Task:
    """Return a task with so many examples: some of its own, or all and noisy copies of them."""
    chance = random.Random(seed)
    faq = task.faq
    groups = [list(intent.examples) for intent in faq.intents] + [list(faq.out_of_scope)]
    total = sum(map(len, groups))
    words = sorted({word for group in groups for text in group for word in text.split()})
    sized = [_sized(group, round(len(group) * size / total), words, chance) for group in groups]
    intents = tuple(
        replace(intent, examples=examples)
        for intent, examples in zip(faq.intents, sized, strict=False)
    )
    return replace(task, faq=replace(faq, intents=intents, out_of_scope=sized[-1]))


def _sized(
    texts: Sequence[str], count: int, words: Sequence[str], chance: random.Random
) -> tuple[str, ...]:
    if count <= len(texts):
        return tuple(chance.sample(texts, max(count, min(1, len(texts)))))
    copies = (_noisy(chance.choice(texts), words, chance) for _ in range(count - len(texts)))
    return (*texts, *copies)


def _noisy(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Return a text with one word replaced by another, and perhaps a letter by its neighbour."""
    parts = text.split() or [text]
    parts[chance.randrange(len(parts))] = chance.choice(words)
    noisy = " ".join(parts)
    if chance.random() < _SLIP and len(noisy) > 1:
        at = chance.randrange(len(noisy) - 1)
        noisy = noisy[:at] + noisy[at + 1] + noisy[at] + noisy[at + 2 :]
    return noisy


def _questions(path: Path) -> list[Question]:
    with path.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines if line.strip()]
    return [Question(one["text"], tuple(one.get("intents", ()))) for one in read]
