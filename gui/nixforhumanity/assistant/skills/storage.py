"""Skills about space on the disk: what uses it, and cleaning up."""

from nixforhumanity.assistant.actions import CollectGarbage, DeleteGenerations
from nixforhumanity.assistant.answers import Answer, Bullets, suggested
from nixforhumanity.assistant.host import DiskUsage
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.rendering import size
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.packages import name_of
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Request


async def disk_usage(request: Request, situation: Situation) -> Outcome:
    """Say where the space went and what could be freed."""
    usage = await situation.host.disk_usage()
    lines = [
        message("disk-program", name=name_of(attribute, situation), size=size(byte_count))
        for attribute, byte_count in usage.largest[:8]
    ]
    clean = (suggested("clean"),) if _what_frees(usage) != "no" else ()
    return Answer(
        (
            message("disk-heading", used=size(usage.store_bytes), count=usage.store_paths),
            message("disk-free", free=size(usage.free_bytes), total=size(usage.total_bytes)),
            *((message("disk-largest"), Bullets(tuple(lines))) if lines else ()),
            message(
                "disk-reclaim",
                garbage=size(usage.garbage_bytes),
                old=size(usage.old_generations_bytes),
                any=_what_frees(usage),
            ),
        ),
        (*clean, suggested("concept", concept="garbage collection")),
    )


def _what_frees(usage: DiskUsage) -> str:
    """Return what would make room: `no`thing, only `garbage`, only `old` generations, or `both`."""
    if usage.old_generations_bytes:
        return "both" if usage.garbage_bytes else "old"
    return "garbage" if usage.garbage_bytes else "no"


async def garbage_collect(request: Request, situation: Situation) -> Outcome:
    """Plan to delete old generations, then, asked on its own, what nothing needs any more."""
    older_than = request.slots.get("older_than")
    old = await situation.host.garbage(str(older_than) if older_than is not None else None)
    plans: list[PlanDraft] = []
    frees_more = old.bytes > (await situation.host.disk_usage()).garbage_bytes if old.generations else False
    if old.generations and (frees_more or older_than is not None):
        age = str(older_than) if older_than is not None else None
        plans.append(_delete(request.name, age, len(old.generations), then_frees=old.bytes))
    elif not old.paths:
        return Answer((message("nothing-to-clean"),), (suggested("disk"),))
    plans.append(_collect(request.name))
    return plans


async def delete_generations(request: Request, situation: Situation) -> Outcome:
    """Plan to delete old generations."""
    older_than = request.slots.get("older_than")
    text = str(older_than) if older_than is not None else None
    old = await situation.host.garbage(text)
    if not old.generations:
        return Answer((message("no-old-generations"),), (suggested("generations"),))
    return _delete(request.name, text, len(old.generations), clean_up_could_free=old.bytes)


def _delete(
    request: str,
    older_than: str | None,
    count: int,
    *,
    then_frees: int | None = None,
    clean_up_could_free: int = 0,
) -> PlanDraft:
    """`then_frees`: bytes that the clean-up which is asked next frees; None where none follows by itself."""
    follows = then_frees is not None
    return PlanDraft(
        request=request,
        actions=(DeleteGenerations(older_than=older_than),),
        title=message("delete-generations-title", count=count),
        sentence=message(
            "delete-generations-sentence",
            count=count,
            follows="yes" if follows else "no",
            size=size(then_frees if then_frees is not None else clean_up_could_free),
        ),
        undo=message("delete-generations-undo"),
        allow=message("delete-generations-allow", count=count),
        done=message("delete-generations-done", count=count),
        afterwards=() if follows else (suggested("clean"),),
        explanation=(message("delete-generations-explanation"),),
    )


def _collect(request: str) -> PlanDraft:
    return PlanDraft(
        request=request,
        actions=(CollectGarbage(),),
        title=message("collect-title"),
        sentence=message("collect-sentence"),
        undo=message("collect-undo"),
        allow=message("collect-allow"),
        done=message("collect-done"),
        explanation=(message("collect-explanation"),),
    )


SKILLS = {
    "disk_usage": disk_usage,
    "garbage_collect": garbage_collect,
    "delete_generations": delete_generations,
}
