"""Skills about programs: finding, explaining, installing, removing and trying them."""

from collections.abc import Sequence

from nixforhumanity.assistant.actions import InstallPackage, RemovePackage
from nixforhumanity.assistant.answers import (
    Answer,
    Bullets,
    Code,
    Part,
    Suggested,
    answer,
    numbered,
    suggested,
)
from nixforhumanity.assistant.host import InstalledPackage
from nixforhumanity.assistant.installed import find_installed, maybe_installed, one_each, parts_of
from nixforhumanity.assistant.naming import names_apart, suggested_program
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.rendering import quoted_command
from nixforhumanity.assistant.situation import Outcome, Situation, known_name
from nixforhumanity.assistant.skills.comparing import compared
from nixforhumanity.core.text import Message, message
from nixforhumanity.understanding.comparisons import OTHER
from nixforhumanity.understanding.requests import Choice, Request

_SHOWN = 6
_LISTED = 200
_LIKELY = 0.4
"""Below this score only a word or two of the search fit: saying nothing was found is more honest."""


async def install_package(request: Request, situation: Situation) -> Outcome:
    """Plan to add a package to the person's programs."""
    attribute = str(request.slots["package"])
    if (wanted := str(request.slots.get("version", "")).removeprefix("v")) and not _has(
        attribute, wanted, situation
    ):
        return await package_version(request, situation)
    known = find_installed(await situation.host.installed(), attribute)
    if known is not None:
        return Answer(
            (
                message(
                    "already-installed", name=name_of(attribute, situation), version=known.version or "none"
                ),
            ),
            _installed_buttons(attribute, situation),
            last_package=attribute,
        )
    facts = situation.finder.facts(attribute)
    about = facts.description if facts else ""
    name = name_of(attribute, situation)
    return PlanDraft(
        request=request.name,
        actions=(InstallPackage(attribute=attribute),),
        title=message("install-title", name=name),
        sentence=message("install-sentence", name=name, version=facts.version)
        if facts and facts.version
        else message("install-sentence-plain", name=name),
        undo=message("can-be-undone"),
        allow=message("install-allow"),
        done=message("install-done", name=name),
        explanation=(
            message("install-explanation", name=name, source=situation.description.package_source),
            *((message("package-description", description=about),) if about else ()),
        ),
        afterwards=(suggested_program("run", attribute, situation.finder),),
        last_package=attribute,
    )


async def remove_package(request: Request, situation: Situation) -> Outcome:
    """Plan to take a package out of the person's programs."""
    attribute = str(request.slots["package"])
    name = name_of(attribute, situation)
    installed = await situation.host.installed()
    candidates = maybe_installed(installed, attribute)
    if len(candidates) > 1:
        return _which_to_remove(name, candidates, situation)
    known = candidates[0] if candidates else None
    if known is None:
        buttons = [
            suggested_program("remove", item.attribute, situation.finder) for item in one_each(installed)[:3]
        ]
        return Answer(
            (message("not-installed", name=name),),
            (suggested("list"), *buttons),
            last_package=attribute,
        )
    return PlanDraft(
        request=request.name,
        actions=tuple(
            RemovePackage(attribute=item.attribute, element=item.element)
            for item in parts_of(installed, known)
        ),
        title=message("remove-title", name=name),
        sentence=message("remove-sentence", name=name),
        undo=message("can-be-undone"),
        allow=message("remove-allow"),
        done=message("remove-done", name=name),
        explanation=(message("remove-explanation", name=name),),
        last_package=attribute,
    )


def _which_to_remove(name: str, candidates: Sequence[InstalledPackage], situation: Situation) -> Answer:
    """Ask which of several programs of the same name is to go."""
    names = names_apart([item.attribute for item in candidates], situation.finder)
    choices = tuple(
        Choice(
            shown,
            Request("remove_package", {"package": item.attribute}),
            (item.attribute.casefold(), item.element.casefold()),
        )
        for item, shown in zip(candidates, names, strict=True)
    )
    lines = [
        message("remove-which-line", name=shown, version=item.version)
        for item, shown in zip(candidates, names, strict=True)
    ]
    return Answer((message("remove-which", name=name), numbered(choices, lines)), choices=choices, asks=True)


async def try_package(request: Request, situation: Situation) -> Outcome:
    """Fetch a program without installing it, and start it."""
    attribute = str(request.slots["package"])
    started = await situation.host.start_program(attribute, situation.watcher)
    name = name_of(attribute, situation)
    said = "try-printed" if started.output else "try-started" if started.started else "try-ran"
    return Answer(
        (
            message(said, name=name, program=started.program),
            *((Code(started.output),) if started.output else ()),
            message("try-shell"),
            Code(quoted_command(started.shell_command)),
        ),
        (suggested_program("install", attribute, situation.finder),),
        last_package=attribute,
    )


async def run_package(request: Request, situation: Situation) -> Outcome:
    """Start a program, installed or not."""
    attribute = str(request.slots["package"])
    installed = find_installed(await situation.host.installed(), attribute)
    if installed is None:
        return await try_package(request, situation)
    started = await situation.host.start_program(attribute, situation.watcher)
    name = name_of(attribute, situation)
    return Answer(
        (
            message("run-printed" if started.output else "run-started", name=name, program=started.program),
            *((Code(started.output),) if started.output else ()),
        ),
        last_package=attribute,
    )


async def list_installed(request: Request, situation: Situation) -> Outcome:
    """List the person's programs."""
    installed = sorted(one_each(await situation.host.installed()), key=lambda item: item.attribute)
    if not installed:
        return Answer((message("nothing-installed"),), (suggested("find-photos"), suggested("help")))
    lines = [
        message(
            "installed-line",
            name=name_of(item.attribute, situation),
            attribute=item.attribute,
            version=item.version,
        )
        for item in installed[:_LISTED]
    ]
    more = len(installed) - _LISTED
    return Answer(
        (
            message("installed-heading", count=len(installed)),
            Bullets(tuple(lines)),
            *((message("installed-more", count=more),) if more > 0 else ()),
        ),
        (suggested("changed"), suggested("disk")),
    )


async def package_info(request: Request, situation: Situation) -> Outcome:
    """Say what a program is; with the slot `other`, two side by side."""
    attribute = str(request.slots["package"])
    if (other := request.slots.get(OTHER)) is not None:
        return await compared((attribute, str(other)), situation)
    facts = situation.finder.facts(attribute)
    if facts is None:
        return answer("package-unknown", name=attribute)
    description = situation.description
    known = None
    if description.profile_kind is not None and description.problem is None:
        known = find_installed(await situation.host.installed(), attribute)
    buttons: Sequence[Suggested] = (
        _installed_buttons(attribute, situation)
        if known
        else tuple(suggested_program(name, attribute, situation.finder) for name in ("install", "try"))
    )
    said = "info-described" if facts.description else "info-plain"
    return Answer(
        (
            message(said, name=facts.name or attribute, description=facts.description),
            message(
                "info-facts",
                attribute=attribute,
                version=facts.version or "none",
                unfree="yes" if facts.unfree else "no",
                installed=known.version or "yes" if known else "no",
            ),
        ),
        tuple(buttons),
        last_package=attribute,
        why=(message("why-this-program"),),
        more=_more_about(attribute, situation),
    )


async def package_version(request: Request, situation: Situation) -> Outcome:
    """Say which version there is, and that others need another collection of packages."""
    attribute = str(request.slots["package"])
    facts = situation.finder.facts(attribute)
    version = facts.version if facts else ""
    wanted = str(request.slots.get("version", "")).removeprefix("v")
    said = "version-unknown" if not version else "version-other" if wanted else "version-this"
    if wanted and _has(attribute, wanted, situation):
        said = "version-this"
    source = situation.description.package_source
    parts = [
        message(said, name=name_of(attribute, situation), attribute=attribute, version=version, wanted=wanted)
    ]
    if version:
        parts.append(message("version-others", source=source))
    buttons = [suggested_program(name, attribute, situation.finder) for name in ("install", "about")]
    return Answer(tuple(parts), tuple(buttons), last_package=attribute)


def _has(attribute: str, wanted: str, situation: Situation) -> bool:
    """Tell whether the version that there is is the wanted one, or begins with it: 3.0 and 3.0.21."""
    facts = situation.finder.facts(attribute)
    version = facts.version if facts else ""
    return version == wanted or version.startswith(f"{wanted}.")


async def which_package_provides(request: Request, situation: Situation) -> Outcome:
    """Say which packages bring a command."""
    command = str(request.slots["command"]).strip("'\"`")
    providers = list(situation.finder.providers(command))[:_SHOWN]
    if not providers:
        return Answer((message("command-unknown", command=command),), (suggested("search", query=command),))
    return _offer(
        message("command-provided", command=command, count=len(providers)),
        providers,
        {},
        situation,
        "why-these-bring",
    )


async def suggest_package(request: Request, situation: Situation) -> Outcome:
    """Suggest programs for a purpose; search where no purpose fits."""
    purpose = str(request.slots["purpose"])
    suggestions = situation.finder.suggest(purpose)
    if suggestions:
        # What may be installed freely goes first: the rest is refused until it is allowed.
        ordered = sorted(suggestions, key=lambda item: _is_unfree(item.attribute, situation))
        whys = {item.attribute: item.why for item in ordered}
        heading = message("suggest-heading", count=len(suggestions), purpose=purpose)
        return _offer(heading, list(whys), whys, situation, "why-these-fit")
    return _search(purpose, situation)


async def search_packages(request: Request, situation: Situation) -> Outcome:
    """Search packages by words."""
    return _search(str(request.slots["query"]), situation)


def _search(query: str, situation: Situation) -> Answer:
    hits = [hit for hit in situation.finder.search(query, _SHOWN) if hit.score >= _LIKELY]
    if not hits:
        return Answer(
            (message("search-nothing", query=query),), (suggested("find-photos"), suggested("help"))
        )
    heading = message("search-heading", count=len(hits), query=query)
    return _offer(heading, [hit.package.attribute for hit in hits], {}, situation, "why-these-found")


def _offer(
    heading: Message, attributes: Sequence[str], whys: dict[str, str], situation: Situation, why: str
) -> Answer:
    choices = []
    lines = []
    for attribute, name in zip(attributes, names_apart(attributes, situation.finder), strict=True):
        facts = situation.finder.facts(attribute)
        about = whys.get(attribute) or (facts.description if facts else "")
        request = Request("install_package", {"package": attribute})
        choices.append(Choice(name, request, tuple({attribute.casefold(), name.casefold()})))
        unfree = "yes" if facts and facts.unfree else "no"
        said = "offer-line" if about else "offer-name"
        lines.append(message(said, name=name, about=about, unfree=unfree))
    return Answer(
        (heading, numbered(choices, lines), message("offer-ask")),
        choices=tuple(choices),
        why=(message(why),),
        more=_about_each(attributes, situation),
        last_package=attributes[0] if len(attributes) == 1 else None,
    )


def _more_about(attribute: str, situation: Situation) -> tuple[Part, ...]:
    """Say what else is known of a program: what it may cost, and the word that starts it."""
    facts = situation.finder.facts(attribute)
    if facts is None:
        return ()
    name = name_of(attribute, situation)
    # Only of the programs that we describe ourselves is the licence known.
    known = "unfree" if facts.unfree else "free" if facts.description else "unknown"
    licence = message(f"licence-{known}", name=name)
    command = facts.main_program or attribute.rpartition(".")[2]
    source = situation.description.package_source
    lines = [licence, message("more-source", source=source)]
    if situation.level != "beginner":
        lines.insert(1, message("more-command", name=name, command=command))
    return (Bullets(tuple(lines)),)


def _about_each(attributes: Sequence[str], situation: Situation) -> tuple[Part, ...]:
    """Say of each program what its makers say, and its version."""
    lines = []
    for attribute in attributes:
        facts = situation.finder.facts(attribute)
        if facts is not None and facts.description:
            name = name_of(attribute, situation)
            version = facts.version or "none"
            lines.append(message("more-of-each", name=name, about=facts.description, version=version))
    return (Bullets(tuple(lines)),) if lines else ()


def _is_unfree(attribute: str, situation: Situation) -> bool:
    facts = situation.finder.facts(attribute)
    return facts is not None and facts.unfree


def _installed_buttons(attribute: str, situation: Situation) -> tuple[Suggested, ...]:
    return tuple(suggested_program(name, attribute, situation.finder) for name in ("run", "remove"))


def name_of(attribute: str, situation: Situation) -> str:
    """Return the name that a person knows the package by."""
    return known_name(attribute, situation.finder)


SKILLS = {
    "install_package": install_package,
    "remove_package": remove_package,
    "try_package": try_package,
    "run_package": run_package,
    "list_installed": list_installed,
    "package_info": package_info,
    "package_version": package_version,
    "which_package_provides": which_package_provides,
    "suggest_package": suggest_package,
    "search_packages": search_packages,
}
