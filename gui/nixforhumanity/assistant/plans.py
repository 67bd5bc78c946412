"""What a skill returns when something is to be done: a draft of a plan."""

from dataclasses import dataclass
from itertools import count

from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
)
from nixforhumanity.assistant.answers import Suggested
from nixforhumanity.core.text import Message

_VERBS: dict[type[AnyAction], frozenset[str]] = {
    InstallPackage: frozenset({"install"}),
    RemovePackage: frozenset({"remove", "delete"}),
    SwitchGeneration: frozenset(),
    DeleteGenerations: frozenset({"delete", "remove", "clean"}),
    CollectGarbage: frozenset({"delete", "remove", "clean"}),
}


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan before its effects were looked up. Frozen: what was shown is what runs."""

    request: str
    actions: tuple[AnyAction, ...]
    title: Message
    sentence: Message
    undo: Message
    allow: Message
    done: Message
    """The sentence when it has been done."""
    explanation: tuple[Message, ...] = ()
    afterwards: tuple[Suggested, ...] = ()
    """Buttons to show when it has been done."""
    last_package: str | None = None
    undoes: int | None = None
    """The journal entry that this plan takes back."""

    @property
    def final(self) -> bool:
        """Whether any step cannot be undone."""
        return any(action.effect == "final" for action in self.actions)

    @property
    def goes_back(self) -> bool:
        """Whether it brings back what was there before, so that what comes and goes has to be told."""
        return self.undoes is not None or any(isinstance(action, SwitchGeneration) for action in self.actions)

    @property
    def verbs(self) -> frozenset[str]:
        """The words for what it does, as a typed yes may name them."""
        undo = {"undo"} if self.undoes is not None else set()
        return frozenset().union(undo, *(_VERBS[type(action)] for action in self.actions))


class Ids:
    """Makes ids for messages, plans and steps that are unique in a session and tell their order."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._numbers = count(1)

    def new(self, kind: str) -> str:
        """Return the next id, e.g. `plan-PREFIX-3`."""
        return f"{kind}-{self._prefix}-{next(self._numbers)}"
