"""A yes or a no, in any language, to the question whether one thing was meant."""

from nixforhumanity.assistant.answers import Answer
from nixforhumanity.understanding.answer_words import asks, says_no, says_yes
from nixforhumanity.understanding.answer_words_of_languages import is_no_anywhere, is_yes_anywhere
from nixforhumanity.understanding.normalise import clean, normalise
from nixforhumanity.understanding.requests import Context, Decision, Request, Understanding


def answered_proposal(
    text: str, understood: Understanding, said_last: Answer | None, context: Context
) -> Understanding:
    """Return the one choice that was asked about last when the words are a yes; else what was understood.

    Nobody has to know which language a "ja" is in: words that are no request are looked up in all of them.
    What comes of the choice is the usual answer or plan; nothing is confirmed by it.
    """
    if context.waiting is not None:  # the yes is for the plan
        return understood
    if said_last is None or not said_last.asks or len(context.choices) != 1:
        return understood
    names = [request.name for request in understood.requests]
    if understood.decision is Decision.ACT and names != ["confirm"]:
        return understood
    lines = (normalise(text), clean(text).casefold())
    if any(says_no(line) or is_no_anywhere(line) for line in lines):
        return _act(text, Request("deny"))
    if asks(text) or not any(says_yes(line) or is_yes_anywhere(line) for line in lines):
        return understood
    return _act(text, context.choices[0].request)


def _act(text: str, request: Request) -> Understanding:
    return Understanding(text, (request,), Decision.ACT, alternatives=(request.name,))
