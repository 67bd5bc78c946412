"""The person's own words, asked of the assistant that the window is connected to."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from nixforhumanity.protocol import methods
from nixforhumanity.protocol.messages import Nothing
from nixforhumanity.protocol.own_words import (
    ChangeOwnPhraseRequest,
    LearnOwnWordsRequest,
    Meaning,
    OwnPhraseCard,
    OwnPhraseRequest,
    OwnPhrasesRequest,
    OwnWordsResponse,
)


class Ask(Protocol):
    """Asks the server; with `again`, once more when the connection was lost before the answer came."""

    def __call__(self, method: str, params: Any, *, again: bool = False) -> Awaitable[Any]:
        """Return the answer; raises UserError."""
        ...


class OwnWordsConnection(Protocol):
    """What the page "My words" needs. Errors for a person are UserError."""

    def observe(self, changed: Callable[[], None]) -> None:
        """Call this whenever the words have changed; there is one observer."""
        ...

    async def listed(self) -> OwnWordsResponse:
        """Return the phrases, and whether new ones are learned."""
        ...

    async def meanings(self, phrase_id: int) -> Sequence[Meaning]:
        """Return what a phrase can be made to mean; what it means now first."""
        ...

    async def change(self, phrase_id: int, words: str, request: str) -> OwnPhraseCard:
        """Change words or meaning; what is empty stays."""
        ...

    async def delete(self, phrase_ids: Sequence[int]) -> None:
        """Delete phrases."""
        ...

    async def restore(self, phrase_ids: Sequence[int]) -> None:
        """Bring deleted phrases back."""
        ...

    async def learn(self, learning: bool) -> None:
        """Learn new phrases, or do not."""
        ...


class OwnWordsClient:
    """Implements OwnWordsConnection."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._changed: Callable[[], None] | None = None

    def observe(self, changed: Callable[[], None]) -> None:
        """See OwnWordsConnection."""
        self._changed = changed

    def changed(self) -> None:
        """Hand on that the words have changed."""
        if self._changed is not None:
            self._changed()

    async def listed(self) -> OwnWordsResponse:
        """See OwnWordsConnection."""
        response: OwnWordsResponse = await self._ask(methods.OWN_WORDS, Nothing(), again=True)
        return response

    async def meanings(self, phrase_id: int) -> Sequence[Meaning]:
        """See OwnWordsConnection."""
        response = await self._ask(methods.OWN_WORDS_MEANINGS, OwnPhraseRequest(id=phrase_id), again=True)
        meanings: Sequence[Meaning] = response.meanings
        return meanings

    async def change(self, phrase_id: int, words: str, request: str) -> OwnPhraseCard:
        """See OwnWordsConnection."""
        change = ChangeOwnPhraseRequest(id=phrase_id, words=words, request=request)
        card: OwnPhraseCard = await self._ask(methods.OWN_WORDS_CHANGE, change, again=True)
        return card

    async def delete(self, phrase_ids: Sequence[int]) -> None:
        """See OwnWordsConnection."""
        await self._ask(methods.OWN_WORDS_DELETE, OwnPhrasesRequest(ids=list(phrase_ids)), again=True)

    async def restore(self, phrase_ids: Sequence[int]) -> None:
        """See OwnWordsConnection."""
        await self._ask(methods.OWN_WORDS_RESTORE, OwnPhrasesRequest(ids=list(phrase_ids)))

    async def learn(self, learning: bool) -> None:
        """See OwnWordsConnection."""
        await self._ask(methods.OWN_WORDS_LEARN, LearnOwnWordsRequest(learning=learning), again=True)
