"""From text to meaning: what a message asks, and which warning signs it affirms.

Pure: nothing here knows of Telegram, a clock or the environment, and nothing is async. These are
the only names that the bot may import.
"""

from intents.answers import (
    Option,
    is_negated,
    only_picks,
    points_at,
    read_choices,
    read_hours,
    takes_all,
)
from intents.content.faq import (
    Cause,
    Check,
    CheckFirst,
    Faq,
    FaqError,
    Intent,
    Level,
    WarningSign,
)
from intents.learning.encoder import Encoder, EncoderFault
from intents.learning.minilm import missing as missing_for_encoder
from intents.matcher import Ambiguous, Match, NoMatch
from intents.opening import default_cache, open_encoder, open_understanding
from intents.screening import Screening, asks_of_own_symptom, is_suspect, screening
from intents.short_replies import Word, exception, leading_word, read_word
from intents.signs.warning_signs import FoundSign, SignReading
from intents.understanding import Understanding, Understood

__all__ = [
    "Ambiguous",
    "Cause",
    "Check",
    "CheckFirst",
    "Encoder",
    "EncoderFault",
    "Faq",
    "FaqError",
    "FoundSign",
    "Intent",
    "Level",
    "Match",
    "NoMatch",
    "Option",
    "Screening",
    "SignReading",
    "Understanding",
    "Understood",
    "WarningSign",
    "Word",
    "asks_of_own_symptom",
    "default_cache",
    "exception",
    "is_negated",
    "is_suspect",
    "leading_word",
    "missing_for_encoder",
    "only_picks",
    "open_encoder",
    "open_understanding",
    "points_at",
    "read_choices",
    "read_hours",
    "read_word",
    "screening",
    "takes_all",
]
