"""Small contents as texts, and what the loader finds wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from intents.content.faq import FaqError
from intents.content.loader import load_text
from intents.yaml_files.faults import Fault
from tests.conftest import TODAY

TOPIC: Final = "- {id: hours, title: Hours, answer: Nine to six., examples: [when do you open]}"
SIGN: Final = "- {id: pain, title: pain, level: soon, phrases: [it hurts]}"
LEVEL: Final = "- {id: soon, title: Soon, text: See a doctor.}"


def faults(text: str, folder: Path = Path()) -> tuple[Fault, ...]:
    """Return what is wrong with a content."""
    with pytest.raises(FaqError) as caught:
        load_text(text, "faq.yaml", folder, TODAY)
    return caught.value.faults


def one_fault(text: str, folder: Path = Path()) -> Fault:
    """Return the one thing that is wrong with a content."""
    (fault,) = faults(text, folder)
    return fault


def small(*lines: str) -> str:
    """Return a sound content with one topic, and more lines from its third on."""
    return "\n".join(["name: Desk", f"intents: [{TOPIC[2:]}]", *lines])
