"""What the page "My words" asks of the assistant: list, change, delete and bring back phrases."""

from collections.abc import Mapping, Sequence

from nixforhumanity.assistant.own_words import OwnWords
from nixforhumanity.assistant.own_words_store import KeptPhrase
from nixforhumanity.assistant.request_words import request_in_words
from nixforhumanity.assistant.situation import Skill
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.wording import DEFAULT_LANGUAGE
from nixforhumanity.protocol.own_words import (
    ChangeOwnPhraseRequest,
    Meaning,
    MeaningsResponse,
    OwnPhraseCard,
    OwnWordsResponse,
)
from nixforhumanity.understanding.own_phrases import key_of, may_be_kept, may_be_meant, phrase_for
from nixforhumanity.understanding.requests import Decision, Request
from nixforhumanity.understanding.understander import Understander

_MOST_TO_RESTORE = 500


class OwnWordsPage:
    """Serves the page; what was deleted can be brought back until the server ends."""

    def __init__(self, own_words: OwnWords, skills: Mapping[str, Skill]) -> None:
        self._own_words = own_words
        self._store = own_words.store
        self._wording = own_words.wording
        self._skills = skills
        self._deleted: dict[int, KeptPhrase] = {}

    def listed(self) -> OwnWordsResponse:
        """Return every phrase, and whether new ones are learned."""
        cards = [self._card(one) for one in self._store.all_phrases()]
        return OwnWordsResponse(phrases=cards, learning=self._own_words.switch.get())

    def meanings(self, phrase_id: int) -> MeaningsResponse:
        """Return what a phrase can be made to mean, with what it is about now; what it means first."""
        now = self._phrase(phrase_id).phrase.request
        found = [request for name in catalogue() if (request := self._as(name, now)) is not None]
        others = [one for one in found if one.name != now.name]
        labelled = [Meaning(request=one.name, label=self._words(one)) for one in others]
        labelled.sort(key=lambda one: one.label.casefold())
        return MeaningsResponse(meanings=[Meaning(request=now.name, label=self._words(now)), *labelled])

    def change(self, request: ChangeOwnPhraseRequest) -> OwnPhraseCard:
        """Change the words or the meaning of a phrase.

        Raises UserError `own-words-gone`, `own-words-not-allowed`, `own-words-taken`, `own-words-known`,
        `own-words-no-meaning`.
        """
        kept = self._phrase(request.id)
        meant = kept.phrase.request
        if request.request and request.request != meant.name:
            other = self._as(request.request, meant)
            if other is None:
                raise UserError("own-words-no-meaning")
            meant = other
        words = " ".join((request.words or kept.phrase.words).split())
        self._require_allowed(words, changed=key_of(words) != key_of(kept.phrase.words))
        phrase = phrase_for(words, meant, self._own_words.finder, DEFAULT_LANGUAGE)
        if phrase is None:
            raise UserError("own-words-not-allowed")
        for other_kept in self._store.all_phrases():
            same = phrase.key == other_kept.phrase.key or key_of(words) == key_of(other_kept.phrase.words)
            if same and other_kept.id != kept.id:
                raise UserError("own-words-taken", meaning=self._words(other_kept.phrase.request))
        self._store.change(kept.id, phrase)
        self._own_words.tell_readers()
        return self._card(self._phrase(kept.id))

    def delete(self, phrase_ids: Sequence[int]) -> None:
        """Delete phrases; those that are gone already do not matter."""
        kept = (self._store.phrase(one) for one in phrase_ids if _is_id(one))
        found = [one for one in kept if one is not None]
        self._deleted.update({one.id: one for one in found})
        for oldest in list(self._deleted)[:-_MOST_TO_RESTORE]:
            del self._deleted[oldest]
        self._store.delete([one.id for one in found])
        self._own_words.tell_readers()

    def restore(self, phrase_ids: Sequence[int]) -> None:
        """Bring deleted phrases back; raises UserError `own-words-gone` when none of them is known."""
        found = [self._deleted.pop(one) for one in phrase_ids if one in self._deleted]
        if not found:
            raise UserError("own-words-gone")
        self._store.put_back(found)
        self._own_words.tell_readers()

    def learn(self, learning: bool) -> None:
        """Learn new phrases, or do not; those that are known stay of use."""
        self._own_words.switch.set(learning)
        self._own_words.tell_readers()

    def _phrase(self, phrase_id: int) -> KeptPhrase:
        kept = self._store.phrase(phrase_id) if _is_id(phrase_id) else None
        if kept is None:
            raise UserError("own-words-gone")
        return kept

    def _require_allowed(self, words: str, *, changed: bool) -> None:
        """Raise UserError `own-words-not-allowed` for a yes, a no, a command and what is too long.

        Words that are `changed` must not be known already: `own-words-known`.
        """
        understander = Understander(self._own_words.finder)
        understood = understander.understand(words) if may_be_kept(words) else None
        acts = understood is not None and understood.decision is Decision.ACT
        if understood is None or (acts and not all(may_be_meant(one.name) for one in understood.requests)):
            raise UserError("own-words-not-allowed")
        if acts and changed:
            raise UserError("own-words-known", meaning=self._words(understood.requests[0]))

    def _as(self, name: str, now: Request) -> Request | None:
        """Return another request about the same thing; None where it cannot be done or lacks something."""
        kind = catalogue().get(name)
        if kind is None or name not in self._skills or not may_be_meant(name):
            return None
        if any(slot.required and slot.name not in now.slots for slot in kind.slots):
            return None
        names = {slot.name for slot in kind.slots}
        return Request(name, {slot: value for slot, value in now.slots.items() if slot in names})

    def _words(self, request: Request) -> str:
        return self._wording.text(request_in_words(request, self._own_words.finder))

    def _card(self, kept: KeptPhrase) -> OwnPhraseCard:
        return OwnPhraseCard(
            id=kept.id,
            words=kept.phrase.words,
            request=kept.phrase.request.name,
            meaning=self._words(kept.phrase.request),
            learned_at=kept.learned_at,
            used=kept.used,
            used_at=kept.used_at if kept.used else "",
        )


def _is_id(number: int) -> bool:
    """Tell whether a number that a client sent can be an id: the database takes no larger one."""
    return 0 < number < 2**63
