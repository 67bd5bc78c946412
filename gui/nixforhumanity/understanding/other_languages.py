"""Understands lines of the languages that have a model but no foreseen sentences: all but English."""

from collections.abc import Callable
from functools import cached_property

from nixforhumanity.understanding.answer_words_of_languages import answer_words
from nixforhumanity.understanding.by_model import ModelStage, read_by_model
from nixforhumanity.understanding.choices import picked_choice
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.follow_up_words import LAST, follow_up_words
from nixforhumanity.understanding.follow_ups import FollowUps
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.requests import (
    Choice,
    Context,
    Decision,
    NameIndex,
    Request,
    RequestModel,
    Understanding,
)
from nixforhumanity.understanding.shell_code import is_shell_code
from nixforhumanity.understanding.slots import CERTAIN, resolve_name

_QUESTION = ("?", "？", "؟")
_ANSWER_LETTERS = 40
"""A line that is longer is more than the slot that was asked for."""
_NAME_WORDS = 3
ByCommand = Callable[[str, Context], Understanding | None]


class OtherLanguage:
    """Understands one language over one index of names. Keeps no state from line to line."""

    def __init__(
        self, language: str, index: NameIndex, model: RequestModel | None, by_command: ByCommand
    ) -> None:
        """`by_command`: reads pasted errors and typed commands, which are the same in all languages."""
        self._language = language
        self._index = index
        self._model = model
        self._by_command = by_command

    @cached_property
    def _follow_ups(self) -> FollowUps:
        return FollowUps(self._index, self._language, lambda words: self._is_answer(words))

    def understand(self, text: str, context: Context) -> Understanding | None:
        """Return what the text means, in bounded time; None while nothing understands this language."""
        normalised = normalise(text, language=self._language)
        if (picked := self._picked(normalised, context)) is not None:
            return self._follow_ups.picked(text, normalised, picked, context)
        if (completed := self._completed(text, normalised, context)) is not None:
            return _act(text, completed)
        if (follow_up := self._follow_ups.understand(text, normalised, context)) is not None:
            return follow_up
        if (command := self._by_command(text, context)) is not None:
            return command
        if (answer := self._answer(text, normalised)) is not None:
            return answer
        if self._model is None or not self._model.likelihoods("", quick=True, language=self._language):
            return None
        understood = self._by_model(text, normalised)
        if understood.decision is not Decision.ACT and (name := self._name_alone(normalised, context)):
            return _act(text, Request("package_info", {"package": name}))
        return self._follow_ups.with_pronoun(understood, normalised, context)

    def stage(self, text: str) -> ModelStage | None:
        """Return what the model makes of a line; None when it is not there, or there is nothing to read."""
        normalised = normalise(text, language=self._language)
        if self._model is None or not normalised or is_shell_code(text):
            return None
        return read_by_model(normalised, self._model, self._index, self._language)

    def _by_model(self, text: str, normalised: str) -> Understanding:
        stage = self.stage(text)
        if stage is None:
            return Understanding(text, (Request("out_of_scope"),), Decision.DECLINE)
        return stage.understanding(text)

    def _picked(self, normalised: str, context: Context) -> Choice | None:
        """Return the open choice that a number, a name or a word such as "the second" picks."""
        if (picked := picked_choice(normalised, context.choices, context.taken)) is not None:
            return picked
        words = follow_up_words(self._language)
        place = words.places.get(normalised)
        if place is None and (found := words.place_at_end(normalised)) is not None and found[0] <= 4:
            place = words.places.get(found[1])
        if place is None or not context.choices:
            return None
        number = len(context.choices) if place == LAST else int(place)
        return context.choices[number - 1] if number <= len(context.choices) else None

    def _completed(self, text: str, normalised: str, context: Context) -> Request | None:
        """Return the request that lacked a slot, when these words are hardly more than the slot."""
        wanted, slot = context.wanted, context.wanted_slot
        if wanted is None or len(text) > _ANSWER_LETTERS or self._says_no(normalised):
            return None
        found = extract(wanted.name, text, self._index, self._language).values
        return Request(wanted.name, {**wanted.slots, slot: found[slot]}) if slot in found else None

    def _answer(self, text: str, normalised: str) -> Understanding | None:
        words = answer_words(self._language)
        if words is None:
            return None
        if words.says_no(normalised):
            stage = self.stage(text)  # "halt!" may stop what runs, a no does not
            stops = stage is not None and stage.top.request == "cancel"
            return _act(text, Request("cancel" if stops else "deny"))
        if words.says_yes(normalised) and not text.rstrip().endswith(_QUESTION):
            return _act(text, Request("confirm"))
        return None

    def _says_no(self, normalised: str) -> bool:
        words = answer_words(self._language)
        return words is not None and words.says_no(normalised)

    def _is_answer(self, words: str) -> bool:
        known = answer_words(self._language)
        return known is not None and bool(known.words_of(words))

    def _name_alone(self, normalised: str, context: Context) -> str | None:
        """Return the program when the words are nothing but its name."""
        if len(normalised.split()) > _NAME_WORDS:
            return None
        found = resolve_name(normalised, self._index, context)
        return found[0].attribute if found and found[0].score >= CERTAIN else None


def _act(text: str, request: Request) -> Understanding:
    return Understanding(text, (request,), Decision.ACT, alternatives=(request.name,))
