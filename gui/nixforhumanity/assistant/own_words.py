"""A person's own words in the conversation: used, learned, and told about."""

from collections.abc import Callable
from typing import Protocol

from nixforhumanity.assistant.answers import Answer, suggested
from nixforhumanity.assistant.own_words_store import OwnWordsStore
from nixforhumanity.assistant.request_words import request_in_words
from nixforhumanity.assistant.service import Audience
from nixforhumanity.assistant.session_store import iso
from nixforhumanity.assistant.situation import Finder
from nixforhumanity.core.clock import Clock
from nixforhumanity.core.text import message
from nixforhumanity.core.wording import Wording
from nixforhumanity.understanding.own_phrases import OwnPhrase, key_of, understood_by_phrase
from nixforhumanity.understanding.requests import Decision, Understanding

_PLACE = "\ue000"
_ANSWERS = frozenset({"confirm", "deny", "cancel"})


class LearningSwitch(Protocol):
    """Whether the person wants phrases to be learned."""

    def get(self) -> bool:
        """Return what is wanted now."""
        ...

    def set(self, learning: bool) -> None:
        """Change it; raises UserError when that cannot be kept."""
        ...


class OwnWords:
    """The phrases of the person, shared by all conversations."""

    def __init__(
        self,
        store: OwnWordsStore,
        finder: Finder,
        wording: Wording,
        clock: Clock,
        switch: LearningSwitch,
    ) -> None:
        self.store = store
        self.finder = finder
        self.switch = switch
        self.wording = wording
        self._clock = clock
        self._readers: set[Audience] = set()
        self._forget_words = wording.text(message("say-own-words-forget", words=_PLACE))

    # --- in a conversation ------------------------------------------------------------------------

    def understood(
        self, text: str, usual: Understanding, alone: Callable[[str], Understanding]
    ) -> tuple[OwnPhrase, Understanding] | None:
        """Return what the person's own words mean, where they decide.

        They never do where the dialogue expects something of these words: what they mean otherwise
        (`usual`) is then not what they mean alone. They are never a yes or a no.
        """
        found = understood_by_phrase(text, self.store, self.finder)
        if found is None or usual.foreign_tool:
            return None
        by_itself = alone(text)
        if any(one.name in _ANSWERS for one in (*usual.requests, *by_itself.requests)):
            return None
        if usual.requests != by_itself.requests or usual.decision is not by_itself.decision:
            return None
        return found

    def used(self, phrase: OwnPhrase, understood: Understanding) -> Answer | None:
        """Count the use of a phrase; return the line that says so, with the way to forget it.

        Where it is asked which program is meant, nothing is taken for granted and nothing said.
        """
        if understood.decision is not Decision.ACT:
            return None
        self.store.count_use(phrase.key, iso(self._clock()))
        self.tell_readers()
        meaning = self.wording.text(request_in_words(understood.requests[0], self.finder))
        line = message("own-words-used", words=" ".join(understood.text.split()), meaning=meaning)
        return Answer((line,), (suggested("own-words-forget", words=phrase.words),), kind="notice")

    def learned(self, phrase: OwnPhrase) -> Answer | None:
        """Keep a phrase, if that is wanted; return the line that says so."""
        if not self.switch.get():
            return None
        self.store.learn(phrase, iso(self._clock()))
        self.tell_readers()
        meaning = self.wording.text(request_in_words(phrase.request, self.finder))
        line = message("own-words-learned", words=phrase.words, meaning=meaning)
        return Answer((line,), (suggested("own-words-forget", words=phrase.words),), kind="notice")

    def forgotten(self, text: str) -> Answer | None:
        """Forget the phrase that the words of the forget button name; None for any other words."""
        before, _, after = self._forget_words.partition(_PLACE)
        line = text.strip()
        if not (line.casefold().startswith(before.casefold()) and line.endswith(after)):
            return None
        words = line[len(before) : len(line) - len(after)]
        key = key_of(words)
        known = [one for one in self.store.all_phrases() if key_of(one.phrase.words) == key]
        if not known:
            return Answer((message("own-words-not-known", words=words[:160]),))
        self.store.delete([one.id for one in known])
        self.tell_readers()
        return Answer((message("own-words-forgotten", words=known[0].phrase.words),))

    # --- who looks at them ------------------------------------------------------------------------

    def watch(self, reader: Audience) -> None:
        """Tell this client of every change from now on."""
        self._readers.add(reader)

    def leave(self, reader: Audience) -> None:
        """Forget a client that is gone."""
        self._readers.discard(reader)

    def tell_readers(self) -> None:
        """Tell everyone who looks at the phrases that they are others now."""
        for reader in tuple(self._readers):
            reader.own_words_changed()
