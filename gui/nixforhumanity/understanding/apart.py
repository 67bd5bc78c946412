"""What each step of understanding makes of a line for itself, before one of them is believed."""

from dataclasses import dataclass

from nixforhumanity.understanding.by_model import ModelStage
from nixforhumanity.understanding.requests import NameIndex, Understanding


@dataclass(frozen=True, slots=True)
class Apart:
    """The steps of one line that stands alone."""

    normalised: str
    foreseen: Understanding
    """By typed commands and by the sentences that were foreseen."""
    stage: ModelStage | None
    """By the model; None where it is not asked."""
    index: NameIndex
    language: str
