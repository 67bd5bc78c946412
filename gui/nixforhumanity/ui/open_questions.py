"""The permissions that are waited for: asked on the card of the conversation on the screen."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from nixforhumanity.protocol.cards import PLAN_ID
from nixforhumanity.protocol.messages import Cancelled, PermissionOption, PermissionRequest, Selected
from nixforhumanity.ui.conversation.bare_question import is_bare
from nixforhumanity.ui.session_screen import SessionScreen


@dataclass(slots=True)
class Question:
    """A permission that is waited for."""

    session_id: str
    request: PermissionRequest
    answer: asyncio.Future[Selected | Cancelled]

    def drop(self) -> None:
        """Answer that nobody was asked."""
        if not self.answer.done():
            self.answer.set_result(Cancelled())

    def reply(self, *, allow: bool) -> None:
        """Answer with the first option of the wanted kind; with none, the question is cancelled."""
        if self.answer.done():
            return
        wanted = "allow" if allow else "reject"
        option = next((one for one in self.request.options if one.kind.startswith(wanted)), None)
        self.answer.set_result(Selected(option_id=option.option_id) if option else Cancelled())

    def pick(self, option_id: str) -> None:
        """Answer with this option, if it is one of the question."""
        if not self.answer.done() and any(one.option_id == option_id for one in self.request.options):
            self.answer.set_result(Selected(option_id=option_id))

    @property
    def picked(self) -> PermissionOption | None:
        """The option that was picked; None when nothing was."""
        if not self.answer.done() or self.answer.cancelled():
            return None
        result = self.answer.result()
        chosen = result.option_id if isinstance(result, Selected) else ""
        return next((one for one in self.request.options if one.option_id == chosen), None)


class OpenQuestions:
    """Holds each question until it is answered or withdrawn; those of other conversations wait."""

    def __init__(self, screen: SessionScreen, current_session: Callable[[], str | None]) -> None:
        self._screen = screen
        self._current_session = current_session
        self._questions: dict[str, Question] = {}
        self._dismissed: set[str] = set()
        """Plans elsewhere of which the person does not want to be told."""

    async def ask(self, request: PermissionRequest) -> Selected | Cancelled:
        """Ask and return the answer; when this call is cancelled the question is withdrawn."""
        plan_id = str((request.meta or {}).get(PLAN_ID) or request.tool_call.tool_call_id)
        if (older := self._questions.get(plan_id)) is not None:
            older.drop()
        question = Question(request.session_id, request, asyncio.get_running_loop().create_future())
        self._questions[plan_id] = question
        if request.session_id == self._current_session():
            self._show(plan_id, question)
        self.show_elsewhere()
        try:
            return await question.answer
        finally:
            if self._questions.get(plan_id) is question:
                del self._questions[plan_id]
                if request.session_id == self._current_session():
                    self._screen.withdraw_permission(plan_id)
                    if is_bare(request):
                        self._screen.end_question(plan_id, request, question.picked)
            self.show_elsewhere()

    def answer(self, plan_id: str, *, allow: bool) -> None:
        """The person pressed a button of the card."""
        if (question := self._questions.get(plan_id)) is not None:
            question.reply(allow=allow)

    def answer_with(self, plan_id: str, option_id: str) -> None:
        """The person picked one of the other answers of the card."""
        if (question := self._questions.get(plan_id)) is not None:
            question.pick(option_id)

    def ask_again(self, session_id: str) -> None:
        """The conversation came on the screen: ask what it waits for."""
        for plan_id, question in self._questions.items():
            if question.session_id == session_id and not question.answer.done():
                self._show(plan_id, question)

    def _show(self, plan_id: str, question: Question) -> None:
        if is_bare(question.request):
            self._screen.show_question(plan_id, question.request)
        self._screen.ask_permission(plan_id)

    def drop_all(self) -> None:
        """Nobody is asked any more."""
        for question in self._questions.values():
            question.drop()

    def show_elsewhere(self) -> None:
        """Tell whether a conversation that is not on the screen waits for an answer."""
        elsewhere = [plan_id for plan_id in self._elsewhere() if plan_id not in self._dismissed]
        self._screen.show_waiting_elsewhere(self._questions[elsewhere[0]].session_id if elsewhere else None)

    def dismiss_elsewhere(self) -> None:
        """Tell no more of those that wait elsewhere now; a new one is told of."""
        self._dismissed.update(self._elsewhere())
        self.show_elsewhere()

    def _elsewhere(self) -> list[str]:
        current = self._current_session()
        return [
            plan_id
            for plan_id, one in self._questions.items()
            if one.session_id != current and not one.answer.done()
        ]
