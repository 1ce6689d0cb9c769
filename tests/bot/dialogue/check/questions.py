"""A check of the small content about boilers, at each of its questions."""

from __future__ import annotations

from typing import Final

from bot.dialogue.state import DOUBT, Progress

DANGER: Final = Progress(step="danger")
SIGNS: Final = Progress(step="signs")
SINCE: Final = Progress(step="since")
ABOUT: Final = Progress(step="about")
LATELY: Final = Progress(step="lately")
ASKS_ALARM: Final = Progress(step=DOUBT, doubt="alarm")
