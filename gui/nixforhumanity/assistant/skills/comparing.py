"""Two programs side by side: what is known of each, and how to get one."""

from nixforhumanity.assistant.answers import Answer, Bullets, suggested
from nixforhumanity.assistant.installed import find_installed
from nixforhumanity.assistant.naming import names_apart, suggested_program
from nixforhumanity.assistant.situation import Situation
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Choice, Request


async def compared(attributes: tuple[str, str], situation: Situation) -> Answer:
    """Say of each what it is, its version, whether it is free software, and whether it is installed."""
    unknown = [one for one in attributes if situation.finder.facts(one) is None]
    if unknown:
        return Answer((message("package-unknown", name=unknown[0]),), (suggested("help"),))
    description = situation.description
    known = description.profile_kind is not None and description.problem is None
    installed = await situation.host.installed() if known else ()
    has = {one: found for one in attributes if (found := find_installed(installed, one)) is not None}
    names = names_apart(attributes, situation.finder)
    lines = []
    for attribute, name in zip(attributes, names, strict=True):
        facts = situation.finder.facts(attribute)
        assert facts is not None
        lines.append(
            message(
                "compare-line",
                name=name,
                about=facts.description or "none",
                version=facts.version or "none",
                # Only of the programs that we describe ourselves is the licence known.
                licence="unfree" if facts.unfree else "free" if facts.description else "unknown",
                installed=has[attribute].version or "yes" if attribute in has else "no",
            )
        )
    heading, judging = message("compare-heading"), message("compare-judging")
    if has:
        buttons = [
            suggested_program("run" if one in has else "install", one, situation.finder) for one in attributes
        ]
        return Answer((heading, Bullets(tuple(lines)), judging), tuple(buttons))
    choices = tuple(
        Choice(name, Request("install_package", {"package": one}), tuple({one.casefold(), name.casefold()}))
        for one, name in zip(attributes, names, strict=True)
    )
    return Answer(
        (heading, Bullets(tuple(lines), numbered=True), judging, message("offer-ask")), choices=choices
    )
