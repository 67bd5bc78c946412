"""Skills that answer questions about the plan that waits, from the plan's own facts."""

from nixforhumanity.assistant.answers import Answer, Bullets, Part, suggested
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.core.text import Message, message
from nixforhumanity.understanding.requests import Request

ABOUT_WAITING = frozenset(
    {"plan_safety", "plan_duration", "last_change", "explain_last", "more_detail", "simpler", "help"}
)
"""Requests whose answer is about the plan that waits: a yes right after it is still for that plan."""


async def plan_safety(request: Request, situation: Situation) -> Outcome:
    """Say what can go wrong with the plan that waits: where it comes from, and whether it can be undone."""
    card = situation.waiting
    if card is None:
        return Answer(
            (message("safety-general"),), (suggested("concept", concept="Rollback"), suggested("help"))
        )
    facts = [_shown(card.undo), message("safety-asks-first")]
    if card.final:
        facts.insert(0, message("safety-final", count=len(card.removals)))
    elif card.request == "install_package":
        facts.insert(0, message("safety-source", source=situation.description.package_source))
    facts += [_shown(warning) for warning in card.warnings]
    return Answer((message("plan-in-question", title=card.title), Bullets(tuple(facts))))


async def plan_duration(request: Request, situation: Situation) -> Outcome:
    """Say what decides how long the plan that waits takes: what is fetched, and what is built here."""
    card = situation.waiting
    if card is None:
        return Answer((message("duration-general"),), (suggested("help"),))
    parts: list[Part] = [message("plan-in-question", title=card.title)]
    facts = [_shown(line) for line in (*card.costs, *card.warnings)]
    parts.append(Bullets((*facts, message("duration-deletes" if card.final else "duration-depends"))))
    return Answer(tuple(parts))


def _shown(line: str) -> Message:
    """Return a line of the card, which is in words already."""
    return message("fact-of-the-plan", line=line)


SKILLS = {"plan_safety": plan_safety, "plan_duration": plan_duration}
