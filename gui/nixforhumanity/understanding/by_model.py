"""What the model's likelihoods are good for: to act, to ask, to decline, or to overrule a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.understanding.extraction import Extraction, extract
from nixforhumanity.understanding.halves import Halves, halves, likeliest_halves
from nixforhumanity.understanding.requests import (
    Choice,
    Decision,
    Likelihood,
    NameIndex,
    NameMatch,
    Request,
    RequestModel,
    Understanding,
)
from nixforhumanity.understanding.sentences import sentences

OUT_OF_SCOPE = "out_of_scope"
ENOUGH = 0.6
"""From this probability on a request is taken as meant."""
SURE = 0.9
_HARDLY = 0.02
_WORTH_OFFERING = 0.08
_OFFERED = 3
_SMALL_TALK = frozenset({"greeting", "thanks"})
_WITH_A_PROGRAM = frozenset({"install_package", "remove_package", "try_package", "run_package"})
"""A sentence for these names a program, and some are called like small talk: "run hello" greets nobody."""
_OWN_WORDS_ONLY = frozenset({"confirm"})
"""What no model may decide: a plan is allowed by the plain words for it alone."""


@dataclass(frozen=True, slots=True)
class ModelStage:
    """The trained stage over one index of names, for one language."""

    likely: Sequence[Likelihood]
    """What the line may ask for, best first; never empty."""
    both: Halves | None
    """The two requests that it is, if it is two."""
    model: RequestModel
    normalised: str
    index: NameIndex
    language: str

    @property
    def top(self) -> Likelihood:
        return self.likely[0]

    def overrules(self, request: str) -> bool:
        """Whether the model is sure of something else than what a sentence was taken for."""
        chance = next((one.probability for one in self.likely if one.request == request), 0.0)
        kind = catalogue().get(request)
        trained = kind is not None and request not in UNTRAINED
        if request in _WITH_A_PROGRAM and self.top.request in _SMALL_TALK:
            return False
        return trained and self.top.probability >= SURE and chance < _HARDLY

    def understanding(self, text: str) -> Understanding:
        """Return what the line means by the model alone."""
        inside = [one for one in self.likely if one.request != OUT_OF_SCOPE]
        if self.both is not None:
            return self._of_halves(text, self.both)
        if self.top.request == OUT_OF_SCOPE:
            near = tuple(one.request for one in inside if one.probability >= _HARDLY)
            return Understanding(text, (Request(OUT_OF_SCOPE),), Decision.DECLINE, alternatives=near)
        if self.top.probability >= ENOUGH and self.top.request not in _OWN_WORDS_ONLY:
            return self._of_request(text, self.top)
        return self._asked(text, [one for one in inside if one.probability >= _WORTH_OFFERING])

    def _of_halves(self, text: str, both: Halves) -> Understanding:
        """Return both requests; what the second leaves out ("and start it") is that of the first."""
        first = extract(both.first_request.request, both.first, self.index, self.language)
        second = extract(both.second_request.request, both.second, self.index, self.language)
        taken = {name: first.values[name] for name in second.missing if name in first.values}
        requests = (
            Request(both.first_request.request, first.values, both.first_request.probability),
            Request(both.second_request.request, {**second.values, **taken}, both.second_request.probability),
        )
        names = tuple(request.name for request in requests)
        missing = (*first.missing, *(name for name in second.missing if name not in taken))
        decision = Decision.ASK if missing else Decision.ACT
        return Understanding(text, requests, decision, alternatives=names, missing=missing)

    def _of_request(self, text: str, likelihood: Likelihood) -> Understanding:
        found = extract(likelihood.request, text, self.index, self.language)
        request = Request(likelihood.request, found.values, likelihood.probability)
        names = tuple(one.request for one in self.likely)
        if not found.missing:
            return Understanding(text, (request,), Decision.ACT, alternatives=names)
        choices = tuple(_choice(request, found, guess) for guess in found.guesses[:_OFFERED])
        return Understanding(
            text,
            (request,),
            Decision.ASK,
            alternatives=names,
            choices=choices,
            unknown_name=found.unknown_name,
            missing=found.missing,
        )

    def _asked(self, text: str, inside: Sequence[Likelihood]) -> Understanding:
        """Offer the likeliest requests that can be put in words; without any, only ask about the best."""
        names = tuple(one.request for one in inside)
        if not inside:
            return Understanding(text, (Request(OUT_OF_SCOPE),), Decision.DECLINE, alternatives=names)
        offered: list[Choice] = []
        extracted = [extract(one.request, text, self.index, self.language) for one in inside[:_OFFERED]]
        for one, found in zip(inside, extracted, strict=False):
            label = None if found.missing else self._label(one.request, found)
            if label is not None and _worth_offering(one.request):
                offered.append(Choice(label, Request(one.request, found.values, one.probability), (label,)))
        best = Request(inside[0].request, extracted[0].values, inside[0].probability)
        return Understanding(text, (best,), Decision.ASK, alternatives=names, choices=tuple(offered))

    def _label(self, request: str, found: Extraction) -> str | None:
        """Return words that say the request with these slots; None when no example can be made to."""
        examples = self._examples(request)
        if not found.values:
            return next((one for one in examples if not extract(request, one, self.index).values), None)
        if set(found.values) != {"package"}:
            return None
        for example in examples:
            named = extract(request, example, self.index).values.get("package")
            words = example.split()
            places = [place for place, word in enumerate(words) if word.casefold() == named]
            if places:
                words[places[0]] = str(found.values["package"])
                return " ".join(words)
        return None

    def _examples(self, request: str) -> tuple[str, ...]:
        known = sentences(self.language).requests or sentences("en").requests
        return known[request].examples if request in known else ()


def read_by_model(
    normalised: str, model: RequestModel, index: NameIndex, language: str = "en"
) -> ModelStage | None:
    """Return what a model makes of a line; None while it is not loaded."""
    parts = likeliest_halves(normalised, model, language)
    likely, *of_parts = model.likelihoods_of([normalised, *(parts or ())], language=language)
    if not likely:
        return None
    both = halves(parts, likely[0], *(one[0] for one in of_parts)) if parts is not None else None
    return ModelStage(likely, both, model, normalised, index, language)


def _worth_offering(request: str) -> bool:
    """Tell whether a request says something by itself: nobody who is not understood wants "repeat"."""
    kind = catalogue().get(request)
    return kind is not None and (kind.effect is not Effect.DIALOGUE or request == "help")


UNTRAINED = frozenset(
    """
    package_licence text_size how_to_start last_change what_was_deleted plan_safety plan_duration
    package_version
    """.split()  # noqa: SIM905
)
"""Requests that the model was not trained on."""


def _choice(request: Request, found: Extraction, guess: NameMatch) -> Choice:
    slots = {**request.slots, found.unknown_slot: guess.attribute}
    return Choice(guess.attribute, Request(request.name, slots, guess.score), (guess.attribute,))
