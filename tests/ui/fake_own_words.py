"""The person's own words as a test has them: fulfils `OwnWordsConnection` without a server."""

from collections.abc import Callable, Sequence

import msgspec

from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.own_words import Meaning, OwnPhraseCard, OwnWordsResponse

MEANINGS = (
    Meaning(request="install_package", label="Install VLC media player"),
    Meaning(request="remove_package", label="Remove VLC media player"),
    Meaning(request="package_info", label="Tell about VLC media player"),
)


def card(number: int, words: str = "", *, used: int = 0) -> OwnPhraseCard:
    """Return a phrase."""
    return OwnPhraseCard(
        id=number,
        words=words or f"pop vlc on here {number}",
        request="install_package",
        meaning="Install VLC media player",
        learned_at="2026-01-02T10:00:00Z",
        used=used,
        used_at="2026-01-03T10:00:00Z" if used else "",
    )


class FakeOwnWords:
    """Keeps phrases in memory; `problem` makes the next call fail."""

    def __init__(self, *cards: OwnPhraseCard) -> None:
        self.cards = {one.id: one for one in cards}
        self.learning = True
        self.problem: UserError | None = None
        self.deleted: dict[int, OwnPhraseCard] = {}
        self.tell: Callable[[], None] = lambda: None

    def observe(self, changed: Callable[[], None]) -> None:
        self.tell = changed

    def _fail(self) -> None:
        problem, self.problem = self.problem, None
        if problem is not None:
            raise problem

    async def listed(self) -> OwnWordsResponse:
        self._fail()
        return OwnWordsResponse(phrases=list(self.cards.values()), learning=self.learning)

    async def meanings(self, phrase_id: int) -> Sequence[Meaning]:
        self._fail()
        return MEANINGS

    async def change(self, phrase_id: int, words: str, request: str) -> OwnPhraseCard:
        self._fail()
        meaning = next(one.label for one in MEANINGS if one.request == request)
        changed = msgspec.structs.replace(
            self.cards[phrase_id], words=words, request=request, meaning=meaning
        )
        self.cards[phrase_id] = changed
        return changed

    async def delete(self, phrase_ids: Sequence[int]) -> None:
        self._fail()
        self.deleted |= {one: self.cards.pop(one) for one in phrase_ids}

    async def restore(self, phrase_ids: Sequence[int]) -> None:
        self._fail()
        self.cards |= {one: self.deleted.pop(one) for one in phrase_ids}

    async def learn(self, learning: bool) -> None:
        self._fail()
        self.learning = learning
