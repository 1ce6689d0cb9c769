"""From text to meaning: what a message asks, and which warning signs it affirms.

Pure: nothing here knows of Telegram, a clock or the environment, and nothing is async. These are
the only names that the bot may import.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in one line, before newer code is read
    raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

from intents.content.check import Cause, Check, Kind, Risk
from intents.content.check import Option as CheckOption
from intents.content.check import Step as CheckStep
from intents.content.faq import (
    CheckFirst,
    Faq,
    FaqError,
    Intent,
    Level,
    LevelWay,
    WarningSign,
)
from intents.languages.language import Word
from intents.languages.other_languages import Danger
from intents.learning.encoder import Encoder, EncoderFault
from intents.learning.minilm import missing as missing_for_encoder
from intents.lessons.whole_file import can_write
from intents.matcher import Ambiguous, Match, NoMatch
from intents.opening import default_cache, default_content, open_encoder, open_understanding
from intents.options import Named, Option, OptionReader, Options
from intents.reading.other_languages import Elsewhere
from intents.reading.reading import Reading
from intents.replies import Said, denies, has_called, read_reply
from intents.screening import Plan, Screening, asks_of_own_symptom, is_strange, is_suspect, plan
from intents.signs.warning_signs import FoundSign
from intents.understanding import Understanding, Understood

__all__ = [
    "Ambiguous",
    "Cause",
    "Check",
    "CheckFirst",
    "CheckOption",
    "CheckStep",
    "Danger",
    "Elsewhere",
    "Encoder",
    "EncoderFault",
    "Faq",
    "FaqError",
    "FoundSign",
    "Intent",
    "Kind",
    "Level",
    "LevelWay",
    "Match",
    "Named",
    "NoMatch",
    "Option",
    "OptionReader",
    "Options",
    "Plan",
    "Reading",
    "Risk",
    "Said",
    "Screening",
    "Understanding",
    "Understood",
    "WarningSign",
    "Word",
    "asks_of_own_symptom",
    "can_write",
    "default_cache",
    "default_content",
    "denies",
    "has_called",
    "is_strange",
    "is_suspect",
    "missing_for_encoder",
    "open_encoder",
    "open_understanding",
    "plan",
    "read_reply",
]
