"""Learns from corrections: the words that were not understood, and what they turn out to have meant."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from nixforhumanity.assistant.situation import Finder
from nixforhumanity.understanding.choices import place_of
from nixforhumanity.understanding.follow_up_words import follow_up_words
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.own_phrases import OwnPhrase, may_be_meant, named_exactly, phrase_for
from nixforhumanity.understanding.requests import Context, Decision, Request, Understanding

_TURNED_DOWN = frozenset({"deny", "cancel"})
"""After these the right words may still come: "no" first, "I meant ..." then."""


@dataclass(frozen=True, slots=True)
class _First:
    """The words that may turn out to be misunderstood."""

    text: str
    understood: Understanding
    unclear: bool = False
    """It was asked, or is asked now, what was meant; a pick then says it."""
    taught: bool = False
    """They were learned already: "no, the other one" then changes what they mean."""


class Corrections:
    """Follows one conversation, line by line."""

    def __init__(self, finder: Finder, understand: Callable[[str], Understanding]) -> None:
        """`understand`: what a line means that stands alone."""
        self._finder = finder
        self._understand = understand
        self._first: _First | None = None

    def lesson(
        self, text: str, understood: Understanding, context: Context, language: str, *, shown: Understanding
    ) -> OwnPhrase | None:
        """Take the next line; return the phrase that is to be learned from it, if it is a correction.

        `understood`: what it means without own words; `shown`: what it was really taken for.
        """
        first = self._first
        picked = place_of(understood.requests, context.choices) is not None
        taught = first is not None and first.taught
        # "Rather GIMP" is a change of mind; only "I meant ..." says that the words were taken wrongly.
        corrects = bool(_what_was_meant(text, language)) or (taught and understood.corrects)
        acts = understood.decision is Decision.ACT
        if acts and understood.requests[0].name in _TURNED_DOWN and not understood.corrects:
            return None
        if not (acts and (picked or corrects)):
            if corrects and first is not None:  # "I meant install vcl": still about the first words
                self._first = replace(first, unclear=True)
            else:
                unclear = shown.decision is not Decision.ACT
                # Own words with a slip in the name are known: only the name is asked about.
                known = unclear and shown is not understood
                self._first = None if known else _First(text, understood, unclear)
            return None
        self._first = None
        # A list that answers a request ("something for photos") is no question what was meant.
        if first is None or not (corrects or first.unclear):
            return None
        meant = understood.requests[-1]
        if self._is_slip(first, meant) or not self._stands_alone(first):
            return None
        self._first = replace(first, unclear=False, taught=True)
        return phrase_for(first.text, meant, self._finder, language)

    def restated(self, text: str, understood: Understanding, language: str) -> Understanding:
        """Return what comes after "no, I meant", where the line as a whole was not taken for a request."""
        acts = understood.decision is Decision.ACT and may_be_meant(understood.requests[0].name)
        if acts or understood.corrects or self._first is None:
            return understood
        for rest in _what_was_meant(text, language):
            if " " not in rest:  # a bare name: for what, the dialogue knows better
                continue
            meant = self._understand(rest)
            if meant.decision is Decision.ACT and all(may_be_meant(one.name) for one in meant.requests):
                return replace(meant, text=text)
        return understood

    def _is_slip(self, first: _First, meant: Request) -> bool:
        """Tell whether the words said something else plainly: "install vlc" will never mean GIMP."""
        if first.understood.decision is Decision.ACT and first.understood.requests[-1] == meant:
            return True
        package = meant.slots.get("package")
        named = {one for one in named_exactly(first.text, self._finder) if self._is_well_known(one)}
        return isinstance(package, str) and bool(named) and package not in named

    def _is_well_known(self, attribute: str) -> bool:
        facts = self._finder.facts(attribute)
        return facts is not None and bool(facts.description)

    def _stands_alone(self, first: _First) -> bool:
        """Tell whether the words mean the same wherever they are said, and answer nothing."""
        names = {request.name for request in first.understood.requests}
        if first.understood.decision is Decision.ACT and not all(may_be_meant(name) for name in names):
            return False
        alone = self._understand(first.text)
        same = [one.name for one in alone.requests] == [one.name for one in first.understood.requests]
        return same and alone.decision is first.understood.decision


def _what_was_meant(text: str, language: str) -> list[str]:
    """Return what is said to have been meant, in each way to read it."""
    line = normalise(text, language=language)
    return [reading["name"] for reading in follow_up_words(language).readings("corrected", line)]
