"""Skills about generations: listing them, what changed, and going back."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from nixforhumanity.assistant.actions import SwitchGeneration
from nixforhumanity.assistant.answers import Answer, Bullets, Suggested, answer, suggested
from nixforhumanity.assistant.host import Generation
from nixforhumanity.assistant.naming import named_changes
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.situation import Outcome, Situation, known_name
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol.cards import PackageChange
from nixforhumanity.understanding.requests import Request

_SHOWN = 30
_DAYS_AGO = re.compile(r"-[0-9]{1,6}d")


async def list_generations(request: Request, situation: Situation) -> Outcome:
    """List the generations of the person's profile, newest first."""
    generations = await situation.host.generations()
    if not generations:
        return Answer((message("no-generations"),), (suggested("concept", concept="generation"),))
    lines = [
        message(
            "generation-line-current" if generation.current else "generation-line",
            number=str(generation.number),
            **moment(generation.at, situation.now),
        )
        for generation in generations[:_SHOWN]
    ]
    more = len(generations) - _SHOWN
    return Answer(
        (
            message("generations-heading", count=len(generations)),
            Bullets(tuple(lines)),
            *((message("generations-more", count=more),) if more > 0 else ()),
        ),
        (
            *((suggested("back"),) if _older(generations) is not None else ()),
            suggested("changed"),
            suggested("concept", concept="generation"),
        ),
    )


async def current_generation(request: Request, situation: Situation) -> Outcome:
    """Say which generation is current."""
    current = _current(await situation.host.generations())
    if current is None:
        return answer("no-generations")
    return Answer(
        (message("generation-current", number=str(current.number), **moment(current.at, situation.now)),),
        (suggested("generations"),),
    )


async def rollback(request: Request, situation: Situation) -> Outcome:
    """Plan to go back to the generation before the current one, or to the last one of a day."""
    wanted = request.slots.get("generation")
    if isinstance(wanted, str) and _DAYS_AGO.fullmatch(wanted):
        return await _back_to_a_day(request, wanted, situation)
    if wanted is not None:
        return await switch_generation(request, situation)
    generations = await situation.host.generations()
    target = _older(generations)
    if target is None:
        return Answer((message("nothing-to-go-back-to"),), (suggested("generations"),))
    return await _switch(request, target, situation)


async def _back_to_a_day(request: Request, days_ago: str, situation: Situation) -> Outcome:
    """Plan to go back to how it was at the end of a day; of today: how it was before today."""
    generations = await situation.host.generations()
    days = int(days_ago.removeprefix("-").removesuffix("d"))
    end = start_of_day(f"-{max(0, days - 1)}d", situation.now)
    before = [item for item in generations if item.at < end]
    if not before:
        oldest = min(generations, key=lambda item: (item.at, item.number), default=None)
        if oldest is None:
            return answer("no-generations")
        said = message("no-state-of-that-day", oldest=local_time(oldest.at))
        back = (suggested("back"),) if _older(generations) is not None else ()
        return Answer((said,), (*back, suggested("generations")))
    target = max(before, key=lambda item: (item.at, item.number))
    if target.current:
        return Answer((message("nothing-changed-since-that-day"),), (suggested("generations"),))
    return await _switch(request, target, situation)


async def switch_generation(request: Request, situation: Situation) -> Outcome:
    """Plan to make a certain generation the current one."""
    number = int(str(request.slots["generation"]))
    generations = await situation.host.generations()
    target = next((item for item in generations if item.number == number), None)
    if target is None:
        return Answer((message("no-such-generation", number=str(number)),), (suggested("generations"),))
    if target.current:
        return Answer(
            (message("generation-is-current", number=str(number)),),
            (suggested("generations"),),
        )
    return await _switch(request, target, situation)


async def _switch(request: Request, target: Generation, situation: Situation) -> PlanDraft:
    # The title is kept in History, where "yesterday" would soon be wrong.
    number, at = str(target.number), local_time(target.at)
    return PlanDraft(
        request=request.name,
        actions=(SwitchGeneration(generation=target.number),),
        title=message("switch-title", number=number, at=at),
        sentence=message("switch-sentence", number=number, at=at),
        undo=message("can-be-undone"),
        allow=message("switch-allow"),
        done=message("switch-done", number=number, at=at),
        explanation=(message("switch-explanation", number=number),),
    )


async def diff_generations(request: Request, situation: Situation) -> Outcome:
    """Say what differs between two generations, or since a day."""
    generations = await situation.host.generations()
    current = _current(generations)
    if current is None:
        return Answer((message("nothing-changed-yet"),), (suggested("find-photos"), suggested("help")))
    since: Message | None = None
    start = request.slots.get("from")
    if isinstance(start, str):
        before, since = _generation_at(generations, start_of_day(start, situation.now), start)
    elif start is not None:
        before = int(str(start))
    else:
        previous = _older(generations)
        before = previous.number if previous else 0
    after = int(str(request.slots.get("to", current.number)))
    for number in (before, after):
        if number and all(item.number != number for item in generations):
            return Answer((message("no-such-generation", number=str(number)),), (suggested("generations"),))
    found = await situation.host.difference(before, after)
    changes = named_changes(found, lambda name: known_name(name, situation.finder), situation.level)
    heading = since or message("diff-between", before=str(before), after=str(after))
    if not changes:
        return Answer((heading, message("diff-none")), (suggested("generations"),))
    back: tuple[Suggested, ...] = ()
    if after == current.number and before and before != after:
        back = (suggested("switch", number=str(before)),)
    elif after == current.number and _older(generations) is not None:
        back = (suggested("back"),)
    return Answer((heading, Bullets(change_lines(changes))), (*back, suggested("generations")))


def change_lines(changes: Sequence[PackageChange]) -> tuple[Message, ...]:
    """Return one line for each package that came, went or changed."""
    return tuple(_change_line(change) for change in changes)


def _change_line(change: PackageChange) -> Message:
    before, after = change.before, change.after
    if before is None:
        return message("change-added", name=change.name, version=after or "")
    if after is None:
        return message("change-removed", name=change.name, version=before)
    return message("change-changed", name=change.name, before=before, after=after)


def local_time(at: datetime) -> str:
    """Return a time for people, in the computer's time zone."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def moment(at: datetime, now: datetime) -> dict[str, str]:
    """Return the parameters of the words for a moment: `today`, `yesterday` or another day, and the time."""
    here, today = at.astimezone(), now.astimezone().date()
    days = (today - here.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, "other")
    return {"day": day, "time": here.strftime("%H:%M"), "at": local_time(at)}


def _current(generations: Sequence[Generation]) -> Generation | None:
    return next((item for item in generations if item.current), None)


def _older(generations: Sequence[Generation]) -> Generation | None:
    """Return the newest generation before the current one."""
    current = _current(generations)
    older = [item for item in generations if current is not None and item.number < current.number]
    return max(older, key=lambda item: item.number, default=None)


def start_of_day(since: str, now: datetime) -> datetime:
    """Return the start (local midnight) of the day that `-1d` means."""
    days = int(since.removeprefix("-").removesuffix("d"))
    return now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)


def _generation_at(generations: Sequence[Generation], start: datetime, since: str) -> tuple[int, Message]:
    """Return the generation that was current at that time (0: none yet), and the heading."""
    older = [item for item in generations if item.at < start]
    days = since.removeprefix("-").removesuffix("d")
    heading = message("diff-since", days=int(days), at=start.strftime("%Y-%m-%d"))
    if not older:
        return 0, heading
    return max(older, key=lambda item: (item.at, item.number)).number, heading


SKILLS = {
    "list_generations": list_generations,
    "current_generation": current_generation,
    "rollback": rollback,
    "switch_generation": switch_generation,
    "diff_generations": diff_generations,
}
