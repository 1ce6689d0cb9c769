"""Keep what was fitted to a content in a folder, so that the next start need not fit it again.

Topics, signs and words have a file each. It is named for a hash of what it is learned from, of
this package's source and of the encoder's name: a changed word or a changed line of code is
another file. What cannot be read is fitted anew; what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from sys import intern
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np

from intents.content.faq import Faq
from intents.learning.classifier import Classifier
from intents.learning.features import Vectoriser
from intents.lessons.kept import KeptLessons
from intents.lessons.whole_file import write_whole
from intents.matcher import FittedMatcher
from intents.signs.phrases import Entry
from intents.signs.spotter import FittedSpotter

_MOST_FILES: Final = 5  # of a part; those that were used longer ago are removed …
_IN_USE: Final = 24 * 60 * 60.0  # … but none that was used so many seconds ago

T = TypeVar("T")
Arrays = dict[str, Any]


class FittedSigns(NamedTuple):
    """What is learned of the signs."""

    spotter: FittedSpotter | None
    phrases: list[Entry]
    danger: Classifier | None = None  # over vectors of what texts mean, with an encoder


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that is learned from a content."""

    vocabulary: list[str]
    matcher: FittedMatcher
    signs: FittedSigns


class FittedCache:
    """The files of one content in a folder."""

    def __init__(self, folder: Path, faq: Faq, encoder: str = "") -> None:
        """`encoder` is the name of the encoder that the fit is for."""
        reading = _hash([_code(), faq.language.digest, *_topic(faq)])
        asked = [(intent.id, intent.asked) for intent in faq.intents], faq.out_of_scope
        told = (
            [(sign.id, sign.level, sign.implies, sign.phrases) for sign in faq.signs],
            [level.id for level in faq.levels if level.emergency],
            (faq.not_affirmed, faq.ordinary, faq.dangers),
        )
        self._folder = folder
        self._topics = folder / f"topics-{_hash([reading, encoder, asked])}.npz"
        # What is asked affirms no sign, from which the signs are learned as well.
        self._signs = folder / f"signs-{_hash([reading, encoder, asked, told])}.npz"
        self._words = folder / f"words-{_hash([reading, asked, told])}.npz"
        self._intents, self._classes = len(faq.intents), len(faq.signs) + 1
        self.lessons = KeptLessons(folder / f"lines-{reading}.bin")

    def holds_all(self) -> bool:
        """Tell whether nothing needs to be learned."""
        return all(path.is_file() for path in (self._topics, self._signs, self._words))

    def topics(self, learn: Callable[[], FittedMatcher]) -> FittedMatcher:
        """Return what is kept of the topics, else learn it and keep it."""
        return self._kept(
            self._topics, partial(_topics_from, count=self._intents), _topics_as, learn
        )

    def signs(self, learn: Callable[[], FittedSigns]) -> FittedSigns:
        """Return what is kept of the signs, else learn it and keep it."""
        return self._kept(self._signs, partial(_signs_from, count=self._classes), _signs_as, learn)

    def vocabulary(self, learn: Callable[[], list[str]]) -> list[str]:
        """Return what is kept of the words, else learn it and keep it."""
        return self._kept(
            self._words,
            lambda kept: [*map(str, kept["lists"])],
            lambda found: _lists(found),
            learn,
        )

    def _kept(
        self,
        path: Path,
        of_arrays: Callable[[Arrays], T],
        as_arrays: Callable[[T], Arrays],
        learn: Callable[[], T],
    ) -> T:
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                kept = {name: arrays[name] for name in arrays.files}
            kept["lists"] = json.loads(kept["lists"].tobytes())
            found = of_arrays(kept)
            with suppress(OSError):
                os.utime(path)  # in use
            return found
        except Exception:  # whatever is wrong with a file that somebody damaged or put there
            found = learn()
        if write_whole(path, partial(_write, as_arrays(found))):
            for kind in (path.name.partition("-")[0], "lines"):
                _remove_old(self._folder.glob(f"{kind}-*"))
        return found


def _write(arrays: Arrays, file: Any) -> None:
    np.savez(file, **arrays)


def _topics_as(topics: FittedMatcher) -> Arrays:
    arrays = _lists({"features": topics.vectoriser.features, "core": topics.core})
    arrays |= _classifier_as("intents", topics.intents) | _classifier_as("gate", topics.gate)
    return arrays | {"weights": topics.vectoriser.weights}


def _topics_from(kept: Arrays, count: int) -> FittedMatcher:
    intents, gate = _classifier_from("intents", kept), _classifier_from("gate", kept)
    if intents is None:
        raise KeyError("intents")
    lists = kept["lists"]
    features = Vectoriser([*map(intern, lists["features"])], kept["weights"])
    _hold(intents, features, count)
    if gate:
        _hold(gate, features)
    return FittedMatcher(features, intents, gate, str(lists["core"]))


def _signs_as(signs: FittedSigns) -> Arrays:
    spotter = signs.spotter
    features = spotter.vectoriser.features if spotter else None
    arrays = _lists({"features": features, "phrases": signs.phrases})
    arrays |= _classifier_as("danger", signs.danger)
    if spotter:
        arrays |= _classifier_as("signs", spotter.classifier)
        arrays["weights"] = spotter.vectoriser.weights
    return arrays


def _signs_from(kept: Arrays, count: int) -> FittedSigns:
    lists, spotter = kept["lists"], None
    if classifier := _classifier_from("signs", kept):
        # What stands in several lists is one string, for each of them costs memory.
        features = [*map(intern, lists["features"])]
        spotter = FittedSpotter(Vectoriser(features, kept["weights"]), classifier)
        _hold(classifier, spotter.vectoriser, count)
    phrases = [(intern(label), tuple(map(intern, stems))) for label, stems in lists["phrases"]]
    return FittedSigns(spotter, phrases, _classifier_from("danger", kept))


def _hold(classifier: Classifier, vectoriser: Vectoriser, count: int = 0) -> None:
    """Raise ValueError where weights are not those of the features, or not of so many classes."""
    rows, columns = classifier.weights.shape
    features, weights = len(vectoriser.features), len(vectoriser.weights)
    if rows < features or weights != features or len(classifier.biases) != columns:
        raise ValueError("not of these features")
    if count and columns != count:
        raise ValueError("not of these classes")


def _lists(lists: Any) -> Arrays:
    return {"lists": np.frombuffer(json.dumps(lists).encode(), dtype=np.uint8)}


def _classifier_as(name: str, classifier: Classifier | None) -> Arrays:
    if classifier is None:
        return {}
    return {f"{name}_w": classifier.weights, f"{name}_b": classifier.biases}


def _classifier_from(name: str, kept: Arrays) -> Classifier | None:
    return Classifier(kept[f"{name}_w"], kept[f"{name}_b"]) if f"{name}_w" in kept else None


def _remove_old(paths: Iterable[Path]) -> None:
    used = sorted(((path.stat().st_mtime, path) for path in paths), reverse=True)
    for at, path in used[_MOST_FILES:]:
        if at < used[0][0] - _IN_USE:  # the first was written just now
            path.unlink(missing_ok=True)


def _hash(parts: Iterable[object]) -> str:
    said = "\n".join(map(repr, parts)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()[:32]


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a hash of the code that learns."""
    digest = hashlib.sha256(np.__version__.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _topic(faq: Faq) -> list[object]:
    """Return what of a content changes how lines are read."""
    topic = faq.topic_words
    return [
        [(concept.id, concept.words) for concept in faq.concepts],
        [(cue, phrases) for cue, phrases in topic.cues.items()],
        topic.people,
        sorted(topic.activities),
        sorted(topic.plans),
        topic.events,
        *map(sorted, (topic.complaint, topic.places, topic.other_things)),
    ]
