"""Short answers: yes and no in many words. A no anywhere in them counts."""

import re

_WORD = re.compile(r"[^\W_']+(?:'\w+)?")
_LONGEST = 8

_YES = frozenset(
    """
    yes yeah yep yup ya yah aye ok okay k sure fine certainly absolutely definitely agreed agree confirm
    confirmed proceed continue alright affirmative correct exactly indeed y
    """.split()  # noqa: SIM905
)
_NO = frozenset(
    """
    no nope nah nay n not never don't dont cancel stop abort wait hold leave skip neither wrong rather
    later maybe perhaps unsure but
    """.split()  # noqa: SIM905
)
_BESIDE = frozenset(
    """
    please thanks thank you do it go ahead on for then that's that is this the a i am very much now just
    well so oh hmm hm um uh right all of course by means with let us let's me why sounds good great
    perfect want would like to and yet better think know my dear mind sorry at moment today time fine
    absolutely works im i'm course
    """.split()  # noqa: SIM905
)
_THANKS = frozenset({"thanks", "thank"})
_CLEAR = frozenset({"yes", "yeah", "yep", "yup", "sure", "go", "proceed"})
_SAYS_YES = re.compile(
    r"\b(?:do (?:it|that|so)|go (?:ahead|on|for it)|(?:please|yes) do|of course|why not|by all means"
    r"|sounds good|all right|that is (?:right|fine|good|ok|okay)|works for me|i (?:agree|do|am sure))\b"
)


_ASKS = re.compile(
    r"(?:(?:oh|so|ok|okay|well|and|but)[ ,]+)*"
    r"(?:why(?! not)|what|how|who|when|where|do (?:you|i|we|they)|does|did|is|are|am|should|would i|must)\b"
)
"""A question is no yes, whatever words it is made of: "why do you want to do that"."""


_WHY_NOT = re.compile(r"\bwhy not\b|\bpourquoi pas\b|\bcómo no\b|\bcomo no\b", re.IGNORECASE)


def asks(text: str) -> bool:
    """Tell whether a text as it was typed has a question mark: then it is no yes, but for "why not?"."""
    return any(mark in text for mark in "?？؟") and _WHY_NOT.search(text) is None


def says_no(normalised: str) -> bool:
    """Tell whether a short answer is a no, also one that is softened or comes with a yes."""
    words = _only_answer_words(normalised)
    return words is not None and bool(words & _NO)


def says_yes(normalised: str) -> bool:
    """Tell whether a short answer is nothing but a yes."""
    words = None if _ASKS.match(normalised) else _only_answer_words(normalised)
    if words is None or words & _NO or (words & _THANKS and not words & _CLEAR):  # "ok, thanks" ends a talk
        return False
    return bool(words & _YES) or _SAYS_YES.search(normalised) is not None


def are_answer_words(normalised: str) -> bool:
    """Tell whether these are only words that stand in answers, a name among them or not: "thanks", "wait"."""
    return _only_answer_words(normalised) is not None


def _only_answer_words(normalised: str) -> set[str] | None:
    words = _WORD.findall(normalised.replace("why not", "why"))
    known = _YES | _NO | _BESIDE
    return set(words) if 0 < len(words) <= _LONGEST and all(word in known for word in words) else None
