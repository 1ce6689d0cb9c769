"""Fit a content: take from the cache what is kept there, and learn the rest."""

from __future__ import annotations

from pathlib import Path

from intents.content.faq import Faq
from intents.fitted_cache import Fitted, FittedCache, FittedSigns
from intents.learner import Learner
from intents.learning.encoder import Encoder, Kept


def fit(faq: Faq, folder: Path | None = None, encoder: Encoder | None = None) -> Fitted:
    """Return all that is learned from a content; `folder` is where it is kept."""
    encoder = Kept(encoder) if encoder else None
    cache = FittedCache(folder, faq, encoder.name if encoder else "") if folder else None
    learner = Learner(faq, encoder, cache.lessons if cache else None)

    def signs() -> FittedSigns:
        return FittedSigns(
            phrases=learner.phrases(), spotter=learner.signs(), danger=learner.danger()
        )

    if cache is None:
        return Fitted(learner.vocabulary(), learner.topics(), signs())
    # The signs come last: the fit that needs most room has what the lines taught all to itself.
    words, topics = cache.vocabulary(learner.vocabulary), cache.topics(learner.topics)
    return Fitted(words, topics, cache.signs(signs))
