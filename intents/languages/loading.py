"""Read a language from its folder, or tell every fault in its files at once.

A language is a folder beside this file, named for its code, with the same files as `en/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import Stemmer

from intents.languages.folding import Phrases, fold_word
from intents.languages.language import (
    Clauses,
    Cue,
    Introductions,
    Language,
    People,
    Questions,
    Replies,
    Times,
    Word,
    owners,
)
from intents.languages.tables import Tables
from intents.yaml_files.faults import Fault, Faults, FileFaults

LANGUAGES: Final = Path(__file__).parent
NO_STEMMER: Final = "none"
_TIME_PHRASES: Final = ("and_half", "on_something", "events", "bout_after")
_COMMON: Final = 30_000  # the commonest words; rarer ones are more often a slip than meant


def known_languages(folder: Path = LANGUAGES) -> list[str]:
    """Return the codes of the languages that there are."""
    return sorted(path.parent.name for path in folder.glob("*/language.yaml"))


@lru_cache(maxsize=8)
def load_language(code: str, folder: Path = LANGUAGES) -> Language:
    """Read a language from its folder.

    Raises FileFaults with every fault in its files: where, what, and what to do about it.
    """
    if code not in known_languages(folder):
        what = f'There is no language "{code[:20]}" here.'
        remedy = f"There is: {', '.join(known_languages(folder))}."
        raise FileFaults((Fault(str(folder), 1, what, remedy),))
    return _Reader(folder / code).language()


class _Reader:
    """Reads the files of one language."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faults: list[Faults] = []

    def language(self) -> Language:
        top, cues, small = self._file("language"), self._file("cues"), self._file("small_words")
        top.text("name")
        stem = self._stemmer(top)
        fold = partial(_fold, stem, self._shorthand())
        possessives = top.words("possessives")
        phrases = {cue: cues.phrases(cue) for cue in Cue}
        phrases[Cue.PATIENTS] = owners(phrases[Cue.PATIENTS], possessives)
        people = owners(cues.phrases("people"), possessives)
        phrases[Cue.OTHERS] = (*phrases[Cue.OTHERS], *people)
        found = Language(
            code=self._folder.name,
            digest=self._digest(),
            script=top.text("script"),
            fold=lru_cache(maxsize=50_000)(fold),
            fold_once=fold,
            common=self._common(top),
            possessives=possessives,
            cues=phrases,
            ended=cues.phrases("ended"),
            signs={
                " ".join(sign): table == "no_signs"
                for table in ("yes_signs", "no_signs")
                for sign in cues.phrases(table)
            },
            clauses=(clauses := Clauses(*(cues.words(f.name) for f in fields(Clauses)))),
            people=self._people(possessives, clauses),
            times=self._times(possessives),
            questions=self._questions(),
            replies=self._replies(),
            small=small.words("small_words"),
            introductions=Introductions(
                *(Phrases(small.phrases(f.name)) for f in fields(Introductions))
            ),
            apart={name: small.phrases(name) for name in ("but_i", "i_am", "so_i_am")},
            calls=cues.phrases("calls"),
            shouted=cues.phrases("shouted"),
            around_calls=cues.phrases("around_calls"),
            sentences=self._file("sentences").texts(),
        )
        for file in (top, cues, small):
            file.close()
        faults = tuple(sorted(fault for noted in self._faults for fault in noted.found))
        if faults:
            raise FileFaults(faults)
        return found

    def _shorthand(self) -> dict[str, str]:
        """Return the words for what thumbs shorten."""
        return self._file("shorthand").names_of_words()

    def _file(self, name: str) -> Tables:
        return Tables(self._folder / f"{name}.yaml", self._faults)

    def _digest(self) -> str:
        digest = sha256()
        for path in sorted(self._folder.glob("*")):
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def _stemmer(self, top: Tables) -> Stemmer.Stemmer | None:
        name = top.text("stemmer")
        if name == NO_STEMMER:
            return None
        if name in Stemmer.algorithms():
            return Stemmer.Stemmer(name)
        top.fault(
            "stemmer",
            f'There is no stemmer "{name[:20]}".',
            f"Take one of the Snowball family, or {NO_STEMMER}.",
        )
        return None

    def _common(self, top: Tables) -> frozenset[str]:
        name = top.text("common_words")
        package, _, file = name.partition("/")
        try:
            path = files(package) / file if file else self._folder / name
            with path.open(encoding="utf-8-sig") as lines:
                words = [line.split()[0] for _, line in zip(range(_COMMON), lines, strict=False)]
        except (OSError, ValueError, IndexError, ModuleNotFoundError):
            what = f'The list of common words "{name[:60]}" cannot be read.'
            top.fault("common_words", what, "Put a file of that name here, one word a line.")
            return frozenset()
        return frozenset(word if word.isascii() else fold_word(word) for word in words)

    def _times(self, possessives: frozenset[str]) -> Times:
        file = self._file("times")
        moments = file.numbers("moments")
        known: dict[str, Any] = {
            "units": {word: unit for unit in file.units("units") for word in unit.words},
            "numbers": file.numbers("numbers"),
            "ordinals": file.numbers("ordinals"),
            "moments": {
                **{w + end: n for w, n in moments.items() for end in possessives},
                **moments,
            },
            "happenings": file.phrase_numbers("happenings"),
            "answers": file.phrase_numbers("answers"),
            **{name: Phrases(file.phrases(name)) for name in _TIME_PHRASES},
            **dict.fromkeys(("complaint", "places", "other_things"), frozenset()),  # a content's
        }
        others: dict[str, Any] = {
            f.name: file.words(f.name) for f in fields(Times) if f.name not in known
        }
        file.close()
        return Times(**known, **others)

    def _people(self, possessives: frozenset[str], clauses: Clauses) -> People:
        file = self._file("people")
        nouns, addressed = file.words("nouns"), file.words("addressed")
        owning = frozenset(word + end for word in nouns | addressed for end in possessives)
        known: dict[str, Any] = {
            "nouns": nouns | frozenset(word + end for word in nouns for end in possessives),
            "owners": owning,
            "addressed": addressed | frozenset(w + end for w in addressed for end in possessives),
            "turns": clauses.opens_clause,
            "joins": clauses.joins,
            "present": clauses.present,
        }
        others: dict[str, Any] = {
            f.name: file.words(f.name) for f in fields(People) if f.name not in known
        }
        file.close()
        return People(**known, **others)

    def _questions(self) -> Questions:
        file = self._file("questions")
        found = Questions(
            Phrases(file.phrases("openers")),
            Phrases(file.phrases("telling")),
            file.words("joints"),
            Phrases(file.phrases("fillers")),
            Phrases(file.phrases("asking")),
            Phrases(file.phrases("pointing")),
        )
        file.close()
        return found

    def _replies(self) -> Replies:
        file = self._file("replies")
        known: dict[str, Any] = {
            "words": {word: Phrases(file.phrases(word)) for word in Word},
            "ordinals": file.numbers("ordinals"),
        }
        others: dict[str, Any] = {
            f.name: Phrases(file.phrases(f.name)) for f in fields(Replies) if f.name not in known
        }
        file.close()
        return Replies(**known, **others)


def _fold(stem: Stemmer.Stemmer | None, shorthand: Mapping[str, str], raw: str) -> tuple[str, str]:
    """Return a raw word as it is compared, and its stem."""
    word = fold_word(raw)
    word = shorthand.get(word, word)
    return word, str(stem.stemWord(word)) if stem else word
