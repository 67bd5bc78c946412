"""What a plan card says above its buttons: at first what is promised, in the end only what is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nixforhumanity.ui.conversation.items import ENDED_STATES

if TYPE_CHECKING:
    from nixforhumanity.protocol.cards import PlanCard


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The lines of a card, in the order in which they stand."""

    title: str
    sentence: str
    costs: tuple[str, ...]
    undo: str
    undoable: bool
    warnings: tuple[str, ...]
    final: bool

    @property
    def lines(self) -> list[str]:
        """All of them that are not empty."""
        parts = (self.title, self.sentence, *self.costs, self.undo, *self.warnings)
        return [part for part in parts if part]


def facts_of(card: PlanCard) -> PlanFacts:
    """Return what the card says; of what did not happen, only what it was about."""
    if card.state in ENDED_STATES and card.state != "done":
        return PlanFacts(card.title, "", (), "", card.undoable, (), final=False)
    taken_back = card.state == "done" and card.undoable and not card.can_undo_now
    return PlanFacts(
        card.title,
        card.sentence,
        tuple(card.costs),
        "" if taken_back else card.undo,
        card.undoable,
        tuple(card.warnings),
        card.final,
    )


def spoken_label(label: str, title: str) -> str:
    """Return the name of a button of one of several cards: what it does, and of which plan."""
    return label if not title or title in label else f"{label}: {title}"
