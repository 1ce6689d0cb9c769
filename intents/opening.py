"""From a content file to an understanding: the one assembly that every start goes through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from intents.content.faq import Faq
from intents.content.loader import load
from intents.fitted_cache import FittedCache
from intents.learning.encoder import Encoder
from intents.understanding import Understanding


def default_cache() -> Path:
    """Return the folder where programs of this user keep what they can make again."""
    from platformdirs import user_cache_path

    return user_cache_path("twitchcheck", appauthor=False)


def open_encoder(cache: Path) -> Encoder:
    """Open the optional sentence encoder, whose graph is kept in `cache`.

    Raises EncoderFault, which says what to install or to mend.
    """
    from intents.learning.minilm import MiniLM

    return MiniLM(cache)


def open_understanding(
    path: Path,
    today: date,
    cache: Path | None = None,
    encoder: Encoder | None = None,
    before_learning: Callable[[Faq], None] | None = None,
) -> Understanding:
    """Read a content and take its fit from the folder `cache`, else fit it and keep the fit there.

    `today` is held against the review dates. `before_learning` is called where nothing was kept:
    learning takes a while, and who knows a better place for it may do it there.

    Raises FaqError.
    """
    faq = load(path, today)
    name = encoder.name if encoder else ""
    if cache and before_learning and not FittedCache(cache, faq, name).holds_all():
        before_learning(faq)
    return Understanding(faq, cache, encoder)
