"""From a content file to an understanding: the one assembly that every start goes through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

from intents.content.faq import Faq
from intents.content.loader import load
from intents.fitted_cache import FittedCache
from intents.learning.encoder import Encoder
from intents.progress import learning
from intents.understanding import Understanding

CONTENT: Final = "faq.yaml"
# Where the content stands that came with this program: installed, and in a checkout.
_SHIPPED: Final = ("twitchcheck", ".")


def default_content() -> Path:
    """Return the content that is used where none is named.

    It is that of the working folder; where there is none, the one that came with this program.
    """
    here, beside = Path(CONTENT), Path(__file__).parent.parent
    shipped = [beside / folder / CONTENT for folder in _SHIPPED]
    return next((path for path in (here, *shipped) if path.exists()), here)


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
    kept = FittedCache(cache, faq, name) if cache else None
    with ExitStack() as meanwhile:
        if kept and not kept.holds_all():
            if before_learning:
                before_learning(faq)
            if not kept.holds_all():
                meanwhile.enter_context(learning())
        return Understanding(faq, cache, encoder)
