"""Plan drafts and previews as the cards that a person reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
    hash_actions,
)
from nixforhumanity.assistant.host import ActionPreview
from nixforhumanity.assistant.naming import named_changes, with_known_name
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.rendering import plain, quoted_command, say, size
from nixforhumanity.core.text import Message, message
from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    ContentItem,
    PlanEntry,
    PlanEntryStatus,
    PlanUpdate,
    TextBlock,
    ToolCallUpdate,
    ToolContent,
    ToolKind,
)

_FEW_BUILDS = 10
"""So many parts that are built here are said beside the costs; more are worth a warning."""
_BUILDS_HERE = "warning-builds-here"
_MOST_TOLD = 6
"""Programs that the sentence names; the card lists them all."""


@dataclass(frozen=True, slots=True)
class StepIds:
    """The ids of a plan and its steps on the wire."""

    plan_id: str
    tool_call_ids: tuple[str, ...]


def build_card(
    draft: PlanDraft,
    ids: StepIds,
    commands: Sequence[Sequence[Sequence[str]]],
    previews: Sequence[ActionPreview] | None,
    wording: Wording,
    level: str,
    name_of: Callable[[str], str] = str,
) -> cards.PlanCard:
    """Build the card of a plan; without previews it says that costs are being looked up.

    `commands[n]` are the argument lists of step n; `name_of` gives the name that a person knows a package by.
    """

    def text(item: Message) -> str:
        return plain(with_known_name(item, name_of), wording, level)

    steps = [
        cards.StepCard(
            tool_call_id=tool_call_id,
            title=text(step_title(action, name_of)),
            command="\n".join(quoted_command(arguments) for arguments in step_commands),
        )
        for action, tool_call_id, step_commands in zip(
            draft.actions, ids.tool_call_ids, commands, strict=True
        )
    ]
    found = previews or ()
    return cards.PlanCard(
        plan_id=ids.plan_id,
        hash=hash_actions(draft.actions),
        request=draft.request,
        title=text(draft.title),
        sentence=" ".join(text(item) for item in (draft.sentence, *_comes_and_goes(draft, found, name_of))),
        costs=[
            text(cost)
            for cost in (_costs(draft, found) if previews is not None else [message("cost-pending")])
        ],
        undo=text(draft.undo),
        undoable=not draft.final,
        steps=steps,
        allow_label=text(draft.allow),
        reject_label=text(message("not-now")),
        final=draft.final,
        packages=named_changes([change for preview in found for change in preview.packages], name_of, level),
        removals=[line for preview in found for line in preview.removals],
        warnings=[
            text(warning)
            for preview in found
            for warning in preview.warnings
            if not _is_small_build(warning, preview)
        ],
        explanation="\n\n".join(say(part, wording, level) for part in draft.explanation),
    )


def plan_update(card: cards.PlanCard) -> PlanUpdate:
    """Return the wire's plan message for a card."""
    status: PlanEntryStatus = {
        "running": "in_progress", "done": "completed",
    }.get(card.state, "pending")  # type: ignore[assignment]  # fmt: skip
    return PlanUpdate(
        entries=[PlanEntry(content=step.title, priority="medium", status=status) for step in card.steps],
        meta={cards.PLAN: cards.to_meta(card)},
    )


def step_content(step: cards.StepCard) -> list[ToolContent]:
    """Return what a tool call shows of a step: its command."""
    return [ContentItem(content=TextBlock(text=step.command))]


def permission_content(card: cards.PlanCard) -> list[ToolContent]:
    """Return what a client without cards shows when it asks: what happens in words, then the commands."""
    words = [card.sentence, *card.warnings, card.undo]
    return [
        ContentItem(content=TextBlock(text=" ".join(words))),
        *(item for step in card.steps for item in step_content(step)),
    ]


def status_key(step: cards.StepCard) -> str:
    """Return the key under which the last status of a step is kept."""
    return f"status:{step.tool_call_id}"


def steps_that_did_not_run(
    steps: Sequence[cards.StepCard], wording: Wording
) -> list[tuple[str, ToolCallUpdate]]:
    """Return the last update of each step that was never begun, with its key: the wire has no other end."""
    said = ContentItem(content=TextBlock(text=wording.text("step-did-not-run")))
    return [
        (
            status_key(step),
            ToolCallUpdate(
                tool_call_id=step.tool_call_id,
                status="failed",
                content=[*step_content(step), said],
                meta={cards.NOT_RUN: True},
            ),
        )
        for step in steps
    ]


def step_title(action: AnyAction, name_of: Callable[[str], str] = str) -> Message:
    """Return a step's title."""
    match action:
        case InstallPackage(attribute=attribute):
            return message("step-install", name=name_of(attribute))
        case RemovePackage(attribute=attribute):
            return message("step-remove", name=name_of(attribute))
        case SwitchGeneration(generation=generation):
            return message("step-switch", number=str(generation))
        case DeleteGenerations():
            return message("step-delete-generations")
        case CollectGarbage():
            return message("step-collect")


def step_kind(action: AnyAction) -> ToolKind:
    """Return the wire's kind of a step."""
    return "delete" if isinstance(action, DeleteGenerations | CollectGarbage | RemovePackage) else "execute"


def _comes_and_goes(
    draft: PlanDraft, previews: Sequence[ActionPreview], name_of: Callable[[str], str]
) -> list[Message]:
    """Return a sentence for each program that comes back, goes away or changes, where a plan goes back."""
    if not draft.goes_back:
        return []
    changes = [change for preview in previews for change in preview.packages]
    told = [_come_or_gone(change, name_of(change.name)) for change in changes[:_MOST_TOLD]]
    more = len(changes) - _MOST_TOLD
    return [*told, *([message("go-back-more", count=more)] if more > 0 else [])]


def _come_or_gone(change: cards.PackageChange, name: str) -> Message:
    if change.before is None:
        return message("go-back-comes", name=name)
    if change.after is None:
        return message("go-back-goes", name=name)
    return message("go-back-changes", name=name, before=change.before, after=change.after)


def _is_small_build(warning: Message, preview: ActionPreview) -> bool:
    return warning.id == _BUILDS_HERE and preview.builds <= _FEW_BUILDS


def _costs(draft: PlanDraft, previews: Sequence[ActionPreview]) -> list[Message]:
    lines: list[Message] = []
    downloads = [preview.download_bytes for preview in previews]
    if draft.final or all(isinstance(action, RemovePackage) for action in draft.actions):
        pass
    elif all(amount is not None for amount in downloads):
        total = sum(amount or 0 for amount in downloads)
        lines.append(message("cost-download", size=size(total)) if total else message("cost-no-download"))
    else:
        lines.append(message("cost-download-unknown"))
    small = [one for one in previews if any(_is_small_build(warning, one) for warning in one.warnings)]
    if small:
        lines.append(message("cost-builds", count=sum(preview.builds for preview in small)))
    disk = [preview.disk_bytes for preview in previews if preview.disk_bytes is not None]
    if disk and sum(disk) > 0:
        lines.append(message("cost-disk", size=size(sum(disk))))
    elif disk and sum(disk) < 0:
        lines.append(message("cost-frees", size=size(-sum(disk))))
    return lines
