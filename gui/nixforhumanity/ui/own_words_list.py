"""Between the page "My words" and the assistant. Knows no Qt."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from nixforhumanity.client.own_words import OwnWordsConnection
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.own_words import Meaning, OwnPhraseCard, OwnWordsResponse


class WordsScreen(Protocol):
    """Where the words are shown."""

    def isVisible(self) -> bool:
        """Tell whether anybody sees it."""
        ...

    def show_words(self, response: OwnWordsResponse) -> None:
        """Show the phrases."""
        ...

    def show_problem(self, problem: Message) -> None:
        """Say what did not work."""
        ...

    def begin_editing(self, phrase_id: int, meanings: Sequence[Meaning]) -> None:
        """Let a phrase be changed."""
        ...

    def show_saved(self, card: OwnPhraseCard) -> None:
        """Show a phrase that was changed."""
        ...

    def show_not_saved(self, phrase_id: int, problem: Message) -> None:
        """Say why a phrase cannot be like this."""
        ...

    def show_deleted(self, cards: Sequence[OwnPhraseCard]) -> None:
        """Say what was deleted."""
        ...

    def cards_of(self, ids: Sequence[int]) -> list[OwnPhraseCard]:
        """Return what is shown of these phrases."""
        ...


class OwnWordsList:
    """Keeps the page true: it is read again whenever the words change, here or in another window."""

    def __init__(self, screen: WordsScreen, connection: OwnWordsConnection, tasks: BackgroundTasks) -> None:
        self._screen = screen
        self._connection = connection
        self._tasks = tasks
        self._reading = False
        self._read_again = False
        connection.observe(self.changed)

    def changed(self) -> None:
        """Read them again, if anybody sees them."""
        if self._screen.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the words; once more afterwards when they change meanwhile."""
        if self._reading:
            self._read_again = True
        else:
            self._reading = True
            self._tasks.start(self._reload(), name="read own words")

    def learn(self, learning: bool) -> None:
        """Learn new phrases, or do not."""
        self._do(lambda: self._connection.learn(learning), "learn own words")

    def edit(self, phrase_id: int) -> None:
        """Let a phrase be changed."""

        async def edit() -> None:
            self._screen.begin_editing(phrase_id, await self._connection.meanings(phrase_id))

        self._do(edit, "meanings of own words")

    def save(self, phrase_id: int, words: str, request: str) -> None:
        """Change a phrase."""

        async def save() -> None:
            try:
                card = await self._connection.change(phrase_id, words, request)
            except UserError as error:
                self._screen.show_not_saved(phrase_id, error.message)
            else:
                self._screen.show_saved(card)

        self._do(save, "change own words")

    def delete(self, phrase_ids: Sequence[int]) -> None:
        """Delete phrases."""
        cards = self._screen.cards_of(phrase_ids)

        async def delete() -> None:
            await self._connection.delete(phrase_ids)
            self._screen.show_deleted(cards)

        self._do(delete, "delete own words")

    def restore(self, phrase_ids: Sequence[int]) -> None:
        """Bring deleted phrases back."""
        self._do(lambda: self._connection.restore(phrase_ids), "restore own words")

    def _do(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        self._tasks.start(self._tried(work), name=name)

    async def _tried(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except UserError as error:
            self._screen.show_problem(error.message)
        self.reload()

    async def _reload(self) -> None:
        try:
            self._screen.show_words(await self._connection.listed())
        except UserError as error:
            self._screen.show_problem(error.message)
        finally:
            self._reading = False
        if self._read_again:
            self._read_again = False
            self.reload()
