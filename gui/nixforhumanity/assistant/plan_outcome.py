"""How plans end, and whether two looks at the same plan found the same."""

from collections.abc import Sequence
from enum import Enum

from nixforhumanity.assistant.host import ActionPreview


class PlanOutcome(Enum):
    """How a plan ended."""

    DONE = "done"
    NOT_NEEDED = "not-needed"
    DECLINED = "declined"
    SET_ASIDE = "set-aside"
    """Another plan was put forward before this one was answered."""
    FAILED = "failed"
    CHANGED = "changed"
    """Only inside: the effect is another than the one that was shown."""


def same_effect(before: Sequence[ActionPreview], now: Sequence[ActionPreview]) -> bool:
    """Return whether a plan would still do what was shown."""
    return [(p.packages, p.removals, p.nothing_to_do) for p in before] == [
        (p.packages, p.removals, p.nothing_to_do) for p in now
    ]
