"""Keep what was fitted to a content in a folder, so that the next start need not fit it again.

A file is named for a hash of the content, of this package's source and of the encoder's name: a
changed word or a changed line of code is another file. What cannot be read is fitted anew; what
cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, Final

import numpy as np

from intents.content.faq import Faq
from intents.learning.classifier import Classifier
from intents.learning.features import Vectoriser
from intents.matcher import FittedMatcher
from intents.signs.phrases import Entry
from intents.signs.spotter import FittedSpotter

_MOST_FILES: Final = 5  # older fits are removed


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that is learned from a content."""

    vocabulary: list[str]
    matcher: FittedMatcher
    spotter: FittedSpotter | None
    phrases: list[Entry]
    danger: Classifier | None = None  # over vectors of what texts mean, with an encoder


def holds(folder: Path, faq: Faq, encoder: str = "") -> bool:
    """Tell whether the folder has a fit of this content with the encoder of this name."""
    return (folder / _name(faq, encoder)).is_file()


def load(folder: Path, faq: Faq, encoder: str = "") -> Fitted | None:
    """Return what was fitted to the same content before; None when nothing sound is there."""
    try:
        with np.load(folder / _name(faq, encoder), allow_pickle=False) as arrays:
            lists = json.loads(arrays["lists"].tobytes())
            kept = {name: arrays[name] for name in arrays.files}
        gate = Classifier(kept["gate_w"], kept["gate_b"]) if "gate_w" in kept else None
        matcher = FittedMatcher(
            Vectoriser(lists["matcher"], kept["matcher"]),
            Classifier(kept["intents_w"], kept["intents_b"]),
            gate,
            str(lists["core"]),
        )
        spotter = None
        # What stands in several lists is one string, for each of them costs memory.
        shared = {feature: feature for feature in lists["matcher"]}
        if "spotter" in kept:
            spotter = FittedSpotter(
                Vectoriser([shared.get(f, f) for f in lists["spotter"]], kept["spotter"]),
                Classifier(kept["signs_w"], kept["signs_b"]),
            )
        phrases = [(intern(label), tuple(map(intern, stems))) for label, stems in lists["phrases"]]
        danger = Classifier(kept["danger_w"], kept["danger_b"]) if "danger_w" in kept else None
        return Fitted(lists["vocabulary"], matcher, spotter, phrases, danger)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def save(folder: Path, faq: Faq, fitted: Fitted, encoder: str = "") -> None:
    """Keep what was fitted; quietly do without where the folder cannot be written."""
    lists: dict[str, Any] = {
        "vocabulary": fitted.vocabulary,
        "matcher": fitted.matcher.vectoriser.features,
        "core": fitted.matcher.core,
        "phrases": fitted.phrases,
    }
    arrays: dict[str, Any] = {
        "matcher": fitted.matcher.vectoriser.weights,
        "intents_w": fitted.matcher.intents.weights,
        "intents_b": fitted.matcher.intents.biases,
    }
    if fitted.matcher.gate:
        arrays |= {"gate_w": fitted.matcher.gate.weights, "gate_b": fitted.matcher.gate.biases}
    if fitted.spotter:
        lists["spotter"] = fitted.spotter.vectoriser.features
        arrays |= {
            "spotter": fitted.spotter.vectoriser.weights,
            "signs_w": fitted.spotter.classifier.weights,
            "signs_b": fitted.spotter.classifier.biases,
        }
    if fitted.danger:
        arrays |= {"danger_w": fitted.danger.weights, "danger_b": fitted.danger.biases}
    arrays["lists"] = np.frombuffer(json.dumps(lists).encode(), dtype=np.uint8)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, **arrays)
            Path(temporary).replace(folder / _name(faq, encoder))
        finally:
            Path(temporary).unlink(missing_ok=True)
        _remove_old(folder)
    except OSError:
        return


def _remove_old(folder: Path) -> None:
    files = sorted(folder.glob("*.npz"), key=lambda path: -path.stat().st_mtime)
    for path in files[_MOST_FILES:]:
        path.unlink(missing_ok=True)


def _name(faq: Faq, encoder: str) -> str:
    """Return a file name for a content: all that is learned from, and the code that learns."""
    digest = hashlib.sha256(f"{np.__version__} {encoder}".encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    topic = faq.topic_words
    learned = (
        [(intent.id, intent.asked) for intent in faq.intents],
        [(sign.id, sign.level, sign.implies, sign.phrases) for sign in faq.signs],
        [level.id for level in faq.levels if level.emergency],
        [(concept.id, concept.words) for concept in faq.concepts],
        faq.out_of_scope,
        faq.not_affirmed,
        faq.ordinary,
        faq.dangers,
        faq.language.digest,
        [(cue, phrases) for cue, phrases in topic.cues.items()],
        topic.people,
        sorted(topic.activities),
        sorted(topic.plans),
        topic.events,
        *map(sorted, (topic.complaint, topic.places, topic.other_things)),
    )
    digest.update(repr(learned).encode("utf-8", "surrogatepass"))
    return f"{digest.hexdigest()[:32]}.npz"
