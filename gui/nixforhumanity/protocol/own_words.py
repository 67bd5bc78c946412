"""A person's own phrases on the wire: what the page "My words" asks for, and what it is told."""

from typing import Any

from nixforhumanity.protocol.cards import Card

METHOD_WORDS = "_nixforhumanity/words"
METHOD_MEANINGS = "_nixforhumanity/words/meanings"
METHOD_CHANGE = "_nixforhumanity/words/change"
METHOD_DELETE = "_nixforhumanity/words/delete"
METHOD_RESTORE = "_nixforhumanity/words/restore"
METHOD_LEARN = "_nixforhumanity/words/learn"
METHOD_CHANGED = "_nixforhumanity/words/changed"
"""A notification, to those who asked for the phrases: they are others now."""


class OwnPhraseCard(Card, frozen=True):
    """One phrase."""

    id: int
    words: str
    request: str
    """Name of the request in the catalogue."""
    meaning: str
    """What is meant, in plain words."""
    learned_at: str
    """ISO 8601 UTC."""
    used: int = 0
    used_at: str = ""
    """ISO 8601 UTC; empty as long as it was of no use."""


class OwnWordsResponse(Card, frozen=True):
    """`_nixforhumanity/words`: the phrase that was learned last first."""

    phrases: list[OwnPhraseCard]
    learning: bool
    """Whether new ones are learned."""


class OwnPhraseRequest(Card, frozen=True):
    """`_nixforhumanity/words/meanings`: what these words could mean as well."""

    id: int


class Meaning(Card, frozen=True):
    """A request that a phrase may stand for, in plain words."""

    request: str
    label: str


class MeaningsResponse(Card, frozen=True):
    """What a phrase can be made to mean; what it means now first."""

    meanings: list[Meaning]


class ChangeOwnPhraseRequest(Card, frozen=True):
    """`_nixforhumanity/words/change`: empty fields stay as they are."""

    id: int
    words: str = ""
    request: str = ""


class OwnPhrasesRequest(Card, frozen=True):
    """`_nixforhumanity/words/delete` and `restore`. Deleted ones can be restored while the server runs."""

    ids: list[int]


class LearnOwnWordsRequest(Card, frozen=True):
    """`_nixforhumanity/words/learn`: whether new phrases are to be learned."""

    learning: bool


class OwnWordsChanged(Card, frozen=True):
    """`_nixforhumanity/words/changed`."""

    meta: dict[str, Any] | None = None
