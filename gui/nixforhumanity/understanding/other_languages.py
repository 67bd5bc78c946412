"""Understands lines of the languages that have a model but no foreseen sentences: all but English."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.understanding.answer_words import asks
from nixforhumanity.understanding.answer_words_of_languages import answer_words
from nixforhumanity.understanding.between import negated
from nixforhumanity.understanding.by_model import ModelStage, read_by_model
from nixforhumanity.understanding.comparisons import compared
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.follow_up_words import follow_up_words, has_follow_up_words
from nixforhumanity.understanding.follow_ups import FollowUps
from nixforhumanity.understanding.languages import with_umlauts
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.requests import (
    Choice,
    Context,
    Decision,
    NameIndex,
    PurposeIndex,
    Request,
    RequestModel,
    Understanding,
)
from nixforhumanity.understanding.several_names import for_each_name
from nixforhumanity.understanding.shell_code import is_shell_code
from nixforhumanity.understanding.slots import CERTAIN, resolve_name
from nixforhumanity.understanding.which_one import which_program
from nixforhumanity.understanding.wishes import with_wish

_ANSWER_LETTERS = 40
"""A line that is longer is more than the slot that was asked for."""
_NAME_WORDS = 3
_LINE = 200
_RATHER = 0.4
_ARTICLE = 3
ByCommand = Callable[[str, Context], Understanding | None]


class OtherLanguage:
    """Understands one language over one index of names. Keeps no state from line to line."""

    def __init__(
        self,
        language: str,
        index: NameIndex,
        model: RequestModel | None,
        by_command: ByCommand,
        purposes: PurposeIndex | None = None,
    ) -> None:
        """`by_command`: reads pasted errors and typed commands, which are the same in all languages."""
        self._language = language
        self._index = index
        self._model = model
        self._by_command = by_command
        self._purposes = purposes

    @cached_property
    def _follow_ups(self) -> FollowUps:
        return FollowUps(self._index, self._language, lambda words: self._is_answer(words))

    def understand(self, text: str, context: Context) -> Understanding | None:
        """Return what the text means, in bounded time; None while nothing understands this language."""
        normalised = self._normalised(text)
        if (picked := self._picked(normalised, context)) is not None:
            return self._follow_ups.picked(text, normalised, picked, context)
        if (both := compared(text, normalised, self._index, self._language, self._is_answer)) is not None:
            return both
        if (completed := self._completed(text, normalised, context)) is not None:
            return _act(text, completed)
        if (follow_up := self._follow_up(text, normalised, context)) is not None:
            return follow_up
        if (command := self._by_command(text, context)) is not None:
            return command
        if (answer := self._answer(text, normalised)) is not None:
            return answer
        if self._model is None or not self._model.likelihoods("", quick=True, language=self._language):
            return None
        words = follow_up_words(self._language)
        read = self._of_the_model
        if (which := which_program(text, normalised, words, context, read)) is not None:
            return which
        understood = self._for_each(self._of_the_model(text))
        if understood.decision is Decision.ACT and self._is_negated(normalised, understood.requests):
            return _act(text, Request("deny"))
        if understood.decision is not Decision.ACT and (name := self._name_alone(normalised, context)):
            return _act(text, Request("package_info", {"package": name}))
        understood = with_wish(understood, self._purposes)
        return self._follow_ups.with_pronoun(understood, normalised, context)

    def _for_each(self, understood: Understanding) -> Understanding:
        """Ask once for each program of a list; a bare name after "and" is no request of its own."""
        if understood.decision is not Decision.ACT:
            return understood
        request, *others = understood.requests

        def named(part: str) -> str | None:
            if (name := self._bare_name(part)) is not None:
                return name
            if others or self._asks_something_else(part, request.name):
                return None
            found = extract(request.name, part, self._index, self._language).values.get("package")
            return found if isinstance(found, str) else None

        requests = for_each_name(request, understood.text, self._language, named)
        return replace(understood, requests=requests) if len(requests) > 1 else understood

    def _bare_name(self, part: str) -> str | None:
        """Return the program when a part is its name, at most with an article before it."""
        words = part.split()
        if len(words) == 2 and len(words[0]) <= _ARTICLE:
            words = words[1:]
        return self._name_alone(" ".join(words), Context()) if len(words) == 1 else None

    def _asks_something_else(self, part: str, request: str) -> bool:
        if self._model is None:
            return False
        normalised = normalise(part, language=self._language)
        likely = self._model.likelihoods(normalised, quick=True, language=self._language)
        return bool(likely) and likely[0].request != request and likely[0].probability >= _RATHER

    def _is_negated(self, normalised: str, requests: Sequence[Request]) -> bool:
        """Tell whether a line asks that something be not done: only of a change nobody says so otherwise."""
        kinds = [catalogue().get(request.name) for request in requests]
        changes = all(
            kind is not None and kind.effect not in (Effect.READ, Effect.DIALOGUE) for kind in kinds
        )
        pattern = negated(self._language)
        return changes and pattern is not None and pattern.search(normalised[:_LINE]) is not None

    def _follow_up(self, text: str, normalised: str, context: Context) -> Understanding | None:
        if not has_follow_up_words(self._language) or self._is_answer(normalised):
            return None  # "nee du" is a no, whatever is called "du"
        return self._follow_ups.understand(text, normalised, context)

    def _normalised(self, text: str) -> str:
        plain = normalise(text, language=self._language)
        return with_umlauts(plain) if self._language == "de" else plain

    def stage(self, text: str) -> ModelStage | None:
        """Return what the model makes of a line; None when it is not there, or there is nothing to read."""
        normalised = self._normalised(text)
        if self._model is None or not normalised or is_shell_code(text):
            return None
        return read_by_model(normalised, self._model, self._index, self._language)

    def _of_the_model(self, text: str) -> Understanding:
        stage = self.stage(text)
        if stage is None:
            return Understanding(text, (Request("out_of_scope"),), Decision.DECLINE)
        return stage.understanding(text)

    def _picked(self, normalised: str, context: Context) -> Choice | None:
        """Return the open choice that a number, a name or a word such as "the second" picks."""
        return self._follow_ups.pick(normalised, context.choices, context.taken)

    def _completed(self, text: str, normalised: str, context: Context) -> Request | None:
        """Return the request that lacked a slot, when these words are hardly more than the slot."""
        wanted, slot = context.wanted, context.wanted_slot
        if wanted is None or len(text) > _ANSWER_LETTERS or self._says_no(normalised):
            return None
        if follow_up_words(self._language).place_at_end(normalised) is not None:
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
        if words.says_yes(normalised) and not asks(text):
            return _act(text, Request("confirm"))
        return None

    def _says_no(self, normalised: str) -> bool:
        words = answer_words(self._language)
        return words is not None and words.says_no(normalised)

    def _is_answer(self, words: str) -> bool:
        known = answer_words(self._language)
        return known is not None and known.is_answer(words)

    def _name_alone(self, normalised: str, context: Context) -> str | None:
        """Return the program when the words are nothing but its name."""
        if len(normalised.split()) > _NAME_WORDS:
            return None
        found = resolve_name(normalised, self._index, context)
        return found[0].attribute if found and found[0].score >= CERTAIN else None


def _act(text: str, request: Request) -> Understanding:
    return Understanding(text, (request,), Decision.ACT, alternatives=(request.name,))
