"""Of what the learned eye found in a long sentence, the clause that tells it most is quoted."""

from __future__ import annotations

import numpy as np
import pytest

from intents.languages.loading import load_language
from intents.learning.classifier import Classifier
from intents.learning.features import Vectoriser
from intents.reading.reading import Reader
from intents.signs.spotter import Spotter

READER = Reader((), (), load_language("en"))
TEXT = "we had supper and the dog barked, then his words came out like soup, so we sat down"


def spotter(bias: float) -> Spotter:
    """Return an eye for one sign that knows two words of it."""
    weights = np.array([[9.0], [9.0]], np.float16)
    vectoriser = Vectoriser(["wword", "wsoup"], np.ones(2, np.float32))
    return Spotter(["speech"], vectoriser, Classifier(weights, np.array([bias], np.float32)))


@pytest.mark.parametrize(
    ("bias", "told"),
    [
        pytest.param(-1.0, "his words came out like soup", id="one tells it by itself"),
        pytest.param(-40.0, TEXT.replace(",", ""), id="none does: the whole sentence"),
    ],
)
def test_the_most_telling_clause(bias: float, told: str) -> None:
    reading = READER.read(TEXT)
    start, end = spotter(bias).most_telling(reading, "speech", (0, len(reading.words)))
    assert " ".join(reading.plain[start:end]).removeprefix("then ") == told


def test_no_clause_outside_of_the_sentence() -> None:
    reading = READER.read("his words came out like soup. We had supper, and the dog barked")
    within = reading.sentences[1]
    assert spotter(-1.0).most_telling(reading, "speech", within) == within
