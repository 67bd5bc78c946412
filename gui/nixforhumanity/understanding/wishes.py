"""Wishes for a program that the model is not sure of, known by what people say programs are for."""

from dataclasses import replace

from nixforhumanity.understanding.requests import Decision, PurposeIndex, Request, Understanding

_SUGGEST = "suggest_package"
_SLOTS = {_SUGGEST: "purpose", "search_packages": "query"}
_MISTAKEN = frozenset({"set_locale"})
"""Learning English is no setting: what these are never is among what programs are for."""
_LONGEST = 120


def with_wish(understood: Understanding, purposes: PurposeIndex | None) -> Understanding:
    """Return the understanding, or that of a wish for a program when the words say what programs are for."""
    if purposes is None or len(understood.text) > _LONGEST:
        return understood
    request = understood.requests[0]
    acts = understood.decision is Decision.ACT
    if acts and (request.name not in _MISTAKEN or len(understood.requests) > 1):
        return understood
    slot = str(request.slots.get(_SLOTS.get(request.name, ""), ""))
    if not acts and slot and purposes.names_purpose(slot):
        return replace(understood, decision=Decision.ACT)
    if purposes.names_purpose(understood.text):
        wish = Request(_SUGGEST, {"purpose": understood.text.strip(" .,;:!?¿¡。！？，؟।")})
        return Understanding(understood.text, (wish,), Decision.ACT, alternatives=(_SUGGEST,))
    if not acts and slot and purposes.suggest(slot, 1):
        return replace(understood, decision=Decision.ACT)
    return understood
