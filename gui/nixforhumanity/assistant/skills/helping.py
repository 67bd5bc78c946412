"""What can be said: examples of what this version can do, fit for person, computer and moment."""

from collections.abc import Collection, Iterator, Sequence

from nixforhumanity.assistant.answers import Answer, Bullets, Part, Suggested, suggested
from nixforhumanity.assistant.fitting_examples import ShownExamples, place_of, works_with_nix
from nixforhumanity.assistant.host import HostKind
from nixforhumanity.assistant.situation import Outcome, Situation, known_name
from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.core.help_groups import Amount, HelpGroup, help_data
from nixforhumanity.core.text import Message, message
from nixforhumanity.settings.levels import level_feature
from nixforhumanity.understanding.requests import Request
from nixforhumanity.understanding.slash_commands import SLASH_COMMANDS

_COMMANDS = "commands"
_OF_A_GROUP = {Amount.FEW: 2, Amount.MORE: 3, Amount.ALL: 3}
_OF_AN_AREA = 12
_FEW_REQUESTS = 4
"""An area with fewer requests shows two examples of each."""
_EXAMPLE_BUTTONS = 3
_AREA_BUTTONS = 3
_ANSWERS = frozenset({"confirm", "deny", "cancel"})


async def help_(request: Request, situation: Situation) -> Outcome:
    """Say what can be said: an overview, or all of one area."""
    examples = ShownExamples(place_of(situation))
    area = request.slots.get("area")
    group = help_data().groups.get(area) if isinstance(area, str) else None
    return _overview(situation, examples) if group is None else _area(group, situation, examples)


def _overview(situation: Situation, examples: ShownExamples) -> Answer:
    amount = Amount(level_feature("help", situation.level))
    most = _OF_A_GROUP[amount]
    if situation.waiting is not None:  # first of all an answer is wanted
        amount, most = Amount.FEW, 1
    parts: list[Part] = [message("help-heading"), *_about_host(situation)]
    buttons: list[str] = []
    for moment, heading in _moments(situation, examples.lately):
        hints = help_data().moments[moment]
        if lines := examples.lines(hints, len(hints)):
            parts += [heading, _bullets(lines)]
            # A button of another answer is no place for a yes or a stop.
            buttons += lines[:1] if hints[0].request not in _ANSWERS else ()
    groups: list[HelpGroup] = []
    for group in help_data().groups.values():
        if group.shown not in amount.includes:
            continue
        lines = examples.lines(group.first, most)
        if lines:
            parts += [message(f"help-group-{group.id}"), _bullets(lines)]
            groups.append(group)
            buttons.append(lines[0])
    if help_data().groups[_COMMANDS].shown in amount.includes:
        parts.append(_slash_commands())
    if groups:
        parts.append(message("help-more", example=_more_about(groups[0])))
    said = [suggested("example", example=line) for line in buttons[:_EXAMPLE_BUTTONS]]
    return Answer(tuple(parts), (*said, *map(_area_button, groups[:_AREA_BUTTONS])))


def _area(group: HelpGroup, situation: Situation, examples: ShownExamples) -> Answer:
    """Return everything that can be said about one area."""
    if group.id == _COMMANDS:
        return Answer((message("help-group-commands"), _slash_commands()), (suggested("help"),))
    able = [hint for hint in (*group.first, *group.later) if examples.can(hint.request)]
    each = 2 if len(able) < _FEW_REQUESTS else 1
    if not (lines := examples.lines(able, _OF_AN_AREA, each=each)):
        known = help_data().groups.values()
        others = [one for one in known if any(examples.can(hint.request) for hint in one.first)]
        heading = message("help-none-of-area", area=group.words[0])
        names = _bullets([_more_about(one) for one in others])
        return Answer((heading, names), tuple(_area_button(one) for one in others[:_AREA_BUTTONS]))
    heading = message(f"help-group-{group.id}")
    buttons = [suggested("example", example=line) for line in lines[:_EXAMPLE_BUTTONS]]
    without = () if works_with_nix(situation.description) else _about_host(situation)
    return Answer((heading, *without, _bullets(lines)), (*buttons, suggested("help")))


def _moments(situation: Situation, lately: str | None) -> Iterator[tuple[str, Message]]:
    """Yield what goes on just now, with its heading."""
    card, journal = situation.waiting, situation.journal
    if card is not None:
        moment = "waiting_final" if card.final else "waiting"
        yield moment, message(f"help-moment-{moment.replace('_', '-')}", title=card.title)
    if journal.running():
        yield "running", message("help-moment-running")
    newest = next(iter(journal.entries(1)), None)
    wrong = situation.said_last is not None and situation.said_last.kind == "error"
    failed = wrong or (newest is not None and newest.state == "failed")
    if failed:
        yield "failed", message("help-moment-failed")
    if card is not None:
        return
    if not failed and journal.that_hold(1):
        yield "undoable", message("help-moment-undoable")
    if lately is not None and works_with_nix(situation.description):
        yield "installed", message("help-moment-installed", name=known_name(lately, situation.finder))


def _about_host(situation: Situation) -> tuple[Message, ...]:
    """Return what matters of this computer for what can be asked."""
    kind = situation.description.kind
    if kind is HostKind.NO_NIX:
        return (message("help-on-no-nix"),)
    if not works_with_nix(situation.description):
        return (message("help-on-broken-nix"),)
    if kind is HostKind.PRACTICE:
        return (message("help-on-practice"),)
    if kind is HostKind.NIXOS and not _changes_the_system(situation.can):
        return (message("help-on-nixos"),)
    return ()


def _changes_the_system(can: Collection[str]) -> bool:
    """Tell whether anything of the groups about the system itself can be changed by this version."""
    groups = (help_data().groups[name] for name in ("system", "settings", "services"))
    names = {hint.request for group in groups for hint in (*group.first, *group.later)}
    return any(catalogue()[name].effect is Effect.CHANGE for name in names & set(can))


def _bullets(lines: Sequence[str]) -> Bullets:
    return Bullets(tuple(message("help-line", example=line) for line in lines))


def _more_about(group: HelpGroup) -> str:
    return f"More about {group.words[0]}"


def _area_button(group: HelpGroup) -> Suggested:
    return suggested("example", example=_more_about(group))


def _slash_commands() -> Message:
    return message("help-slash", commands=", ".join(f"/{name}" for name in SLASH_COMMANDS))


SKILLS = {"help": help_}
