"""Skills about what programs cost and under which licence they stand."""

from nixforhumanity.assistant.answers import Answer, suggested
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Request


async def package_licence(request: Request, situation: Situation) -> Outcome:
    """Say whether a program costs money, as far as that is known; without a program, in general."""
    attribute = str(request.slots.get("package", ""))
    facts = situation.finder.facts(attribute) if attribute else None
    if facts is None:
        return Answer((message("licence-general"),), (suggested("concept", concept="Free of charge"),))
    # Only the programs that we describe ourselves were looked at; of the others the licence is not known.
    said = "unfree" if facts.unfree else "free" if facts.description else "unknown"
    concept = "Unfree software" if facts.unfree else "Free of charge"
    return Answer(
        (message(f"licence-{said}", name=facts.name or attribute),),
        (suggested("concept", concept=concept),),
        last_package=attribute,
    )


SKILLS = {"package_licence": package_licence}
