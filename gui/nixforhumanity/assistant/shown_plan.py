"""A plan as it is shown in a session: its card, its steps, and the question that it asks."""

import asyncio
from collections.abc import Sequence

import msgspec

from nixforhumanity.assistant.channel import Channel, Question
from nixforhumanity.assistant.host import ActionPreview, ActionResult
from nixforhumanity.assistant.naming import with_known_name
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_cards import (
    StepIds,
    build_card,
    permission_content,
    plan_update,
    status_key,
    step_content,
    step_kind,
    steps_that_did_not_run,
)
from nixforhumanity.assistant.plans import Ids, PlanDraft
from nixforhumanity.assistant.rendering import plain
from nixforhumanity.assistant.situation import known_name
from nixforhumanity.assistant.trouble import why_unchanged
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    PermissionOption,
    PermissionRequest,
    ToolCall,
    ToolCallUpdate,
    ToolStatus,
)


class ShownPlan:
    """Keeps the card of one plan true."""

    def __init__(self, draft: PlanDraft, channel: Channel, parts: Parts, ids: Ids, level: str) -> None:
        self._draft = draft
        self._channel = channel
        self._parts = parts
        self._level = level
        self._ids = StepIds(ids.new("plan"), tuple(ids.new("step") for _ in draft.actions))
        self.commands = [parts.host.commands(action) for action in draft.actions]
        self.shown = False
        self._begun: set[str] = set()
        self.card = self._built(None)

    def learn(self, previews: Sequence[ActionPreview]) -> None:
        """Take in what the plan would do; the card is not sent yet."""
        self.card = self._built(previews)

    def _built(self, previews: Sequence[ActionPreview] | None) -> cards.PlanCard:
        parts = self._parts

        return build_card(
            self._draft, self._ids, self.commands, previews, parts.wording, self._level, self._name_of
        )

    def _name_of(self, attribute: str) -> str:
        return known_name(attribute, self._parts.finder)

    def in_names(self, said: Message) -> Message:
        """Return a message with the name that a person knows the package by."""
        return with_known_name(said, self._name_of)

    def show(self) -> None:
        """Show card and steps."""
        self.shown = True
        self.send_card()
        for action, step in zip(self._draft.actions, self.card.steps, strict=True):
            call = ToolCall(
                tool_call_id=step.tool_call_id,
                title=step.title,
                kind=step_kind(action),
                status="pending",
                content=step_content(step),
                raw_input=msgspec.to_builtins(action),
            )
            self._channel.send(call, key=f"step:{step.tool_call_id}")
            if self._channel.has_kept(status_key(step)):  # from before a restart; it begins anew
                self.step_status(step, "pending")

    def question(self) -> Question:
        """Return the question whether it may be done."""
        first = self.card.steps[0]
        request = PermissionRequest(
            session_id=self._channel.session_id,
            tool_call=ToolCallUpdate(
                tool_call_id=first.tool_call_id,
                title=self.card.title,
                kind=step_kind(self._draft.actions[0]),
                status="pending",
                content=permission_content(self.card),
            ),
            options=[
                PermissionOption(option_id="allow", name=self.card.allow_label, kind="allow_once"),
                PermissionOption(option_id="reject", name=self.card.reject_label, kind="reject_once"),
            ],
            meta={cards.PLAN_ID: self.card.plan_id},
        )
        return Question(request, self.card.plan_id, final=self._draft.final, verbs=self._draft.verbs)

    def text(self, *said: Message) -> str:
        """Return messages as plain text."""
        return " ".join(plain(self.in_names(one), self._parts.wording, self._level) for one in said)

    def send_card(self) -> None:
        """Show the card as it is now."""
        self._channel.send(plan_update(self.card), key=f"plan:{self.card.plan_id}")

    def change(self, **fields: object) -> None:
        """Change fields of the card, and show it."""
        self.card = msgspec.structs.replace(self.card, **fields)
        self.send_card()

    def set_state(self, state: cards.PlanState, *said: Message) -> None:
        """Show a new state of the plan."""
        self.change(state=state, state_text=self.text(*said))

    def end(self, state: cards.PlanState, *said: Message) -> None:
        """Show how the plan ended; steps that have not begun are ended too."""
        self.set_state(state, *said)
        self.end_steps()

    def end_steps(self) -> None:
        """Say of steps that have not begun that they did not run."""
        waiting = [step for step in self.card.steps if step.tool_call_id not in self._begun]
        for key, update in steps_that_did_not_run(waiting, self._parts.wording):
            self._channel.send(update, key=key)

    def end_for(self, error: BaseException) -> None:
        """Leave no card with buttons that nobody listens to."""
        if not self.shown or self.card.state not in ("waiting", "queued"):
            return
        if isinstance(error, asyncio.CancelledError):
            self.end("declined", message("plan-stopped-before"))
        else:
            self.end("failed", *why_unchanged(error))

    def step_status(
        self, step: cards.StepCard, status: ToolStatus, result: ActionResult | None = None
    ) -> None:
        """Show the status of a step, and when it has ended what it printed."""
        if status != "pending":
            self._begun.add(step.tool_call_id)
        update = ToolCallUpdate(tool_call_id=step.tool_call_id, status=status)
        if result is None or not result.output:
            self._channel.send(update, key=status_key(step))
            return
        # Whoever watched has had the lines as they came; whoever loads the session later gets them at once.
        told = msgspec.structs.replace(update, raw_output={"output": result.output})
        self._channel.send(told, kept=False)
        lines = {cards.OUTPUT: result.output.splitlines()}
        self._channel.keep(msgspec.structs.replace(update, meta=lines), status_key(step))
