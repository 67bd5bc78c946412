"""What a typed yes or no means for the plan that waits: it answers only what was just asked."""

from dataclasses import dataclass

from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.channel import Question, Reply
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Request


@dataclass(frozen=True, slots=True)
class TypedReply:
    """What to do about it."""

    reply: Reply | None = None
    """The answer to the plan; None: it goes on waiting."""
    said: Answer | None = None
    asks_again: bool = False
    """What is said puts the plan to the person once more: the next yes is for it."""


def typed_reply(
    request: Request, question: Question, *, just_asked: bool, previous: Answer | None
) -> TypedReply:
    """Return what a `confirm` or `deny` means while a question is open.

    `just_asked`: nothing else was said since the plan was put to the person; else `previous` was.
    """
    if request.name == "deny":
        if not just_asked and previous is not None and previous.choices:  # no to what was offered since
            waits = message("plan-still-waits", title=question.title)
            return TypedReply(said=Answer((message("nothing-to-deny"), waits)))
        return TypedReply(Reply.DECLINED, Answer((message("plan-declined-reply", title=question.title),)))
    names = {"title": question.title, "label": question.allow_label}
    verb = str(request.slots.get("explicit", "")).partition(" ")[0]
    if not just_asked:
        asked = message("yes-to-which-final" if question.final else "yes-to-which", **names)
    elif question.final and (not verb or verb not in question.verbs):
        asked = message("final-needs-words", **names)
    elif verb and verb not in question.verbs:
        asked = message("yes-names-another", **names)
    else:
        return TypedReply(Reply.ALLOWED)
    return TypedReply(said=Answer((asked,)), asks_again=True)
