"""A question of an agent that asks without a plan of ours, as a simple card with its own answers."""

import json

from nixforhumanity.protocol.cards import PLAN_ID, PlanCard, PlanState
from nixforhumanity.protocol.messages import ContentItem, PermissionRequest, TextBlock
from nixforhumanity.ui.conversation.items import PlanOption


def is_bare(request: PermissionRequest) -> bool:
    """Tell whether no plan card of ours comes with the question."""
    return PLAN_ID not in (request.meta or {})


def bare_card(request: PermissionRequest, plan_id: str, title: str, state: PlanState = "waiting") -> PlanCard:
    """Return the card; `title` is used where the agent gives none."""
    call = request.tool_call
    texts = [
        item.content.text
        for item in call.content or ()
        if isinstance(item, ContentItem) and isinstance(item.content, TextBlock)
    ]
    sentence = "\n".join(texts)
    if not sentence and call.raw_input:
        sentence = json.dumps(call.raw_input, ensure_ascii=False, default=str)
    return PlanCard(
        plan_id=plan_id,
        hash="",
        request="",
        title=call.title or title,
        sentence=sentence,
        costs=[],
        undo="",
        undoable=False,
        steps=[],
        allow_label=_label(request, "allow"),
        reject_label=_label(request, "reject"),
        state=state,
    )


def other_options(request: PermissionRequest) -> tuple[PlanOption, ...]:
    """Return the answers that are not the first yes and the first no."""
    first: set[str] = set()
    others = []
    for option in request.options:
        kind = option.kind.split("_")[0]
        if kind in ("allow", "reject") and kind not in first:
            first.add(kind)
        else:
            others.append(PlanOption(option.option_id, option.name))
    return tuple(others)


def _label(request: PermissionRequest, kind: str) -> str:
    return next((one.name for one in request.options if one.kind.startswith(kind)), "")
