"""Skills that explain: an idea, and on "why", "more" or "simpler" the plan that waits or the last answer."""

from nixforhumanity.assistant.answers import Answer, Code, Markdown, Part, Suggested, suggested
from nixforhumanity.assistant.naming import suggested_program
from nixforhumanity.assistant.rendering import shortened
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.happened import last_change
from nixforhumanity.core.concepts import concept_meant, concepts, near_concepts, without_small_words
from nixforhumanity.core.text import message
from nixforhumanity.protocol.cards import PlanCard
from nixforhumanity.understanding.requests import Request
from nixforhumanity.understanding.slots import CERTAIN

_FIRST_IDEAS = ("nix", "package", "generation")
"""What is offered when nothing comes near."""
_DEEPER = {"beginner": "intermediate", "intermediate": "expert", "expert": "expert"}
_EASIER = {"expert": "intermediate", "intermediate": "beginner", "beginner": "beginner"}


async def explain_concept(request: Request, situation: Situation) -> Outcome:
    """Explain an idea at the person's level; what is no idea of Nix is said so, with those that come near."""
    words = str(request.slots["concept"])
    known = concepts(situation.language)
    concept = known.get(words) or concept_meant(words, situation.language)
    if concept is None:
        return _no_such_concept(words, situation)
    return _explained(concept.id, situation.level, situation)


def _no_such_concept(words: str, situation: Situation) -> Answer:
    """Say that there is no explanation of this, and offer what comes near: ideas, or a program called so."""
    near = near_concepts(words, situation.language)
    known = concepts(situation.language)
    ideas = near or [known[one] for one in _FIRST_IDEAS]
    buttons = [suggested("concept", concept=one.title) for one in ideas]
    match = next(iter(situation.finder.resolve(words, 1)), None)
    if match is not None and match.score >= CERTAIN:
        buttons.insert(0, suggested_program("about", match.attribute, situation.finder))
    shown = shortened(words)
    if not without_small_words(words):
        return Answer((message("concept-which"),), tuple(buttons))
    return Answer(
        (message("concept-unknown-near" if near else "concept-unknown", words=shown),), tuple(buttons)
    )


def _explained(concept_id: str, depth: str, situation: Situation) -> Answer:
    known = concepts(situation.language)
    concept = known[concept_id]
    buttons: list[Suggested] = []
    if depth != "expert":
        buttons.append(suggested("more"))
    if depth != "beginner":
        buttons.append(suggested("simpler"))
    buttons += [suggested("concept", concept=known[name].title) for name in concept.needs[:2]]
    return Answer(
        (
            Markdown(f"**{concept.title}**"),
            Markdown(concept.depths[depth]),
            Markdown(concept.example),
        ),
        tuple(buttons),
    )


async def more_detail(request: Request, situation: Situation) -> Outcome:
    """Explain the same idea one step deeper, or say more about the plan that waits or the last answer."""
    if (shown := _shown_concept(situation)) is not None:
        return _explained(shown[0], _DEEPER[shown[1]], situation)
    previous = situation.previous
    if previous is not None and previous.more and not _plan_is_newer(situation):
        return Answer(previous.more, choices=previous.choices, why=previous.why)
    if (card := situation.waiting) is not None:
        about = _about_plan(card, card.explanation)
        if situation.level == "beginner":  # no commands there, unless they are asked for
            return Answer((*about, message("fact-of-the-plan", line=card.undo)))
        commands = Code("\n".join(step.command for step in card.steps))
        return Answer((*about, message("plan-commands"), commands))
    if situation.said_last is None and situation.journal.entries(1):
        return await last_change(request, situation)
    return _nothing_to_say("no-more-to-say", situation)


async def simpler(request: Request, situation: Situation) -> Outcome:
    """Explain the same idea one step easier, or say the plan that waits or the last answer in short."""
    if (shown := _shown_concept(situation)) is not None:
        return _explained(shown[0], _EASIER[shown[1]], situation)
    previous = situation.previous
    if situation.waiting is not None and (_plan_is_newer(situation) or not _can_be_shorter(previous)):
        return Answer(
            _about_plan(situation.waiting, f"{situation.waiting.sentence} {situation.waiting.undo}")
        )
    if previous is not None and _can_be_shorter(previous):
        return Answer(
            (message("in-short"), previous.parts[0]), choices=previous.choices, more=previous.parts[1:]
        )
    return _nothing_to_say("no-simpler-words", situation)


async def explain_last(request: Request, situation: Situation) -> Outcome:
    """Say why: of the plan that waits, of the last answer, or of what went wrong."""
    if (shown := _shown_concept(situation)) is not None:
        return _explained(shown[0], _EASIER[shown[1]], situation)
    if situation.waiting is not None and _plan_is_newer(situation):
        return Answer(_about_plan(situation.waiting, situation.waiting.explanation))
    said = situation.said_last
    if said is not None and said.kind == "error":
        return await last_change(request, situation)
    if said is not None and said.why:
        return Answer(said.why, choices=said.choices, more=said.more)
    if situation.waiting is not None:
        return Answer(_about_plan(situation.waiting, situation.waiting.explanation))
    entries = situation.journal.entries(1)
    if entries and (said is None or entries[0].state == "failed"):
        return await last_change(request, situation)
    return Answer((message("explain-what"),), (suggested("concept", concept="generation"),))


def _plan_is_newer(situation: Situation) -> bool:
    """Tell whether a plan was put forward after the last answer, so that "why" is about the plan."""
    return situation.waiting is not None and situation.asked_last == situation.waiting.plan_id


def _about_plan(card: PlanCard, words: str) -> tuple[Part, ...]:
    return (message("plan-in-question", title=card.title), message("fact-of-the-plan", line=words))


def _can_be_shorter(previous: Answer | None) -> bool:
    return previous is not None and len(previous.parts) > 1 and previous.kind == "answer"


def _nothing_to_say(message_id: str, situation: Situation) -> Answer:
    """Say that there is no more to say; where nothing was said yet, what can be explained."""
    nothing = situation.previous is None
    return Answer((message("nothing-to-explain" if nothing else message_id),), (suggested("help"),))


def _shown_concept(situation: Situation) -> tuple[str, str] | None:
    """Return the concept and depth that the answer before this one explained, unless a plan came after it."""
    previous = None if _plan_is_newer(situation) else situation.previous
    texts = [part.text for part in previous.parts if isinstance(part, Markdown)] if previous else []
    for concept in concepts(situation.language).values():
        for depth in ("beginner", "intermediate", "expert"):
            if concept.depths[depth] in texts:
                return concept.id, depth
    return None


SKILLS = {
    "explain_concept": explain_concept,
    "more_detail": more_detail,
    "simpler": simpler,
    "explain_last": explain_last,
}
