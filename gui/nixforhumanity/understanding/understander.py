"""The pipeline: one utterance, with what the dialogue expects, becomes an understanding."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nixforhumanity.understanding.choices import picked_choice
from nixforhumanity.understanding.grammar import Grammar, grammar
from nixforhumanity.understanding.normalise import normalise, without_politeness
from nixforhumanity.understanding.requests import (
    Choice,
    Context,
    Decision,
    NameIndex,
    NameMatch,
    Request,
    Understanding,
)
from nixforhumanity.understanding.slash_commands import slash_match
from nixforhumanity.understanding.slots import CERTAIN, FilledSlots, fill_slots, resolve_name
from nixforhumanity.understanding.templates import TemplateMatch

_SPLIT = re.compile(r"\s*(?:;|&&|, and then|,? then|,? and then|,? and also|,? and|,)\s+")
_NEGATION = re.compile(r"(?:please )?(?:do not|never(?! mind\b)|not) \w+")
_BUT = re.compile(r"\s*(?:;|,? but|,? and|,)\s+")
_NEVER_MIND = re.compile(r"never ?mind|forget (?:about )?it")
_PASTED_ERROR = re.compile(r"(?m)^[ \t]*(?:error|trace|warning): ")
_MAXIMUM_PARTS = 4
_ONLY_WHEN_KNOWN = frozenset({"package_info"})
"""Requests whose templates fit nearly any question: not meant, unless the name is at least near one."""


class Understander:
    """Understands one language over one index of names. Keeps no state from line to line."""

    def __init__(self, index: NameIndex, language: str = "en") -> None:
        self._index = index
        self._language = language
        self._grammar: Grammar = grammar(language)

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        """Return what the text means; any text at all gives an answer in bounded time."""
        context = context or Context()
        if _is_pasted_error(text):
            return self._act(text, (Request("diagnose_error", {"error_text": text[:20_000]}),))
        normalised = normalise(text)
        bare = without_politeness(normalised)
        if not bare:
            return Understanding(text, (Request("out_of_scope"),), Decision.DECLINE)
        for words in dict.fromkeys((normalised, bare)):
            if (choice := picked_choice(words, context.choices)) is not None:
                return self._act(text, (choice.request,))
        whole = self._one(text, normalised, bare, context)
        if whole.decision is Decision.ACT:
            return whole
        if self._takes_a_yes_back(bare, context):
            return self._act(text, (Request("deny"),))
        return self._parts(text, bare, context) or whole

    def _one(self, text: str, normalised: str, bare: str, context: Context) -> Understanding:
        by_sentence, candidates = self._by_sentence(text, normalised, bare, context)
        if by_sentence is not None:
            return by_sentence
        if (name := self._name_alone(bare, context)) is not None:
            return self._act(text, (Request("package_info", {"package": name}),))
        asked = [pair for pair in candidates if pair[0].request not in _ONLY_WHEN_KNOWN or pair[1].guesses]
        if asked:
            match, slots = asked[0]
            return _ask(text, match.request, slots)
        return Understanding(text, (Request("out_of_scope"),), Decision.DECLINE)

    def _by_sentence(
        self, text: str, normalised: str, bare: str, context: Context
    ) -> tuple[Understanding | None, list[tuple[TemplateMatch, FilledSlots]]]:
        """Return what a sentence that names the request means, and what else it may have meant."""
        candidates: list[tuple[TemplateMatch, FilledSlots]] = []
        for words in dict.fromkeys((normalised, bare)):
            slash = slash_match(words)
            matches = [slash] if slash is not None else self._grammar.matches(words)
            filled = [(match, fill_slots(match, self._index, context, self._language)) for match in matches]
            found = [pair for pair in filled if not pair[1].impossible]
            candidates += found
            certain = [pair for pair in found if pair[1].certain]
            if certain:
                names = tuple(dict.fromkeys(match.request for match, _ in certain))[:5]
                match, slots = certain[0]
                act = self._act(text, (Request(match.request, slots.values),))
                return replace(act, alternatives=names), candidates
        if _NEGATION.match(bare):
            return self._act(text, (Request("deny"),)), candidates
        return None, candidates

    def _name_alone(self, bare: str, context: Context) -> str | None:
        """Return the program when the words are nothing but its name."""
        found = resolve_name(bare, self._index, context)
        certain = bool(found) and found[0].score >= CERTAIN and len(bare.split()) <= 3
        return found[0].attribute if certain else None

    def _takes_a_yes_back(self, bare: str, context: Context) -> bool:
        """Tell whether a sentence says both yes and no: the no counts."""
        parts = [part for part in _BUT.split(bare) if part]
        if not 2 <= len(parts) <= _MAXIMUM_PARTS:
            return False
        said = {self._one(part, part, without_politeness(part), context).requests[0].name for part in parts}
        return {"confirm", "deny"} <= said

    def _parts(self, text: str, bare: str, context: Context) -> Understanding | None:
        """Understand several requests in one sentence; None unless each part is one."""
        parts = [part for part in _SPLIT.split(bare) if part]
        if not 2 <= len(parts) <= _MAXIMUM_PARTS:
            return None
        requests: list[Request] = []
        for part in parts:
            plain = without_politeness(part)
            understood = self._one(part, part, plain, context)
            request = understood.requests[0]
            if understood.decision is not Decision.ACT:
                return None
            if request.name == "package_info" and requests and "package" in requests[-1].slots:
                # Only a bare name takes the verb before it: "remove hello and what is vlc" asks about vlc.
                if self._by_sentence(part, part, plain, context)[0] is None:
                    request = Request(requests[-1].name, request.slots)
            elif request.name == "cancel" and _NEVER_MIND.fullmatch(plain):
                request = Request("deny")
            if isinstance(package := request.slots.get("package"), str):
                context = replace(context, last_package=package)
            requests.append(request)
        return self._act(text, tuple(requests))

    def _act(self, text: str, requests: tuple[Request, ...]) -> Understanding:
        names = tuple(dict.fromkeys(request.name for request in requests))
        return Understanding(text, requests, Decision.ACT, alternatives=names)


def _is_pasted_error(text: str) -> bool:
    return "\n" in text.strip() and _PASTED_ERROR.search(text[:20_000]) is not None


def _ask(text: str, request: str, slots: FilledSlots) -> Understanding:
    choices = tuple(_choice(request, slots, guess) for guess in _distinct(slots.guesses)[:3])
    return Understanding(
        text,
        (Request(request, slots.values, 0.5),),
        Decision.ASK,
        alternatives=(request,),
        choices=choices,
        unknown_name=slots.unknown_name,
    )


def _choice(request: str, slots: FilledSlots, guess: NameMatch) -> Choice:
    filled = Request(request, {**slots.values, "package": guess.attribute}, guess.score)
    return Choice(guess.attribute, filled, (guess.attribute,))


def _distinct(guesses: Sequence[NameMatch]) -> list[NameMatch]:
    return list({guess.attribute: guess for guess in guesses}.values())
