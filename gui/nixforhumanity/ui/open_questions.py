"""The permissions that are waited for: asked on the card of the conversation on the screen."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from nixforhumanity.protocol.cards import PLAN_ID
from nixforhumanity.protocol.messages import Cancelled, PermissionRequest, Selected
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


class OpenQuestions:
    """Holds each question until it is answered or withdrawn; those of other conversations wait."""

    def __init__(self, screen: SessionScreen, current_session: Callable[[], str | None]) -> None:
        self._screen = screen
        self._current_session = current_session
        self._questions: dict[str, Question] = {}

    async def ask(self, request: PermissionRequest) -> Selected | Cancelled:
        """Ask and return the answer; when this call is cancelled the question is withdrawn."""
        plan_id = str((request.meta or {}).get(PLAN_ID) or request.tool_call.tool_call_id)
        if (older := self._questions.get(plan_id)) is not None:
            older.drop()
        question = Question(request.session_id, request, asyncio.get_running_loop().create_future())
        self._questions[plan_id] = question
        if request.session_id == self._current_session():
            self._screen.ask_permission(plan_id)
        self.show_elsewhere()
        try:
            return await question.answer
        finally:
            if self._questions.get(plan_id) is question:
                del self._questions[plan_id]
                if request.session_id == self._current_session():
                    self._screen.withdraw_permission(plan_id)
            self.show_elsewhere()

    def answer(self, plan_id: str, *, allow: bool) -> None:
        """The person pressed a button of the card."""
        if (question := self._questions.get(plan_id)) is not None:
            question.reply(allow=allow)

    def ask_again(self, session_id: str) -> None:
        """The conversation came on the screen: ask what it waits for."""
        for plan_id, question in self._questions.items():
            if question.session_id == session_id and not question.answer.done():
                self._screen.ask_permission(plan_id)

    def drop_all(self) -> None:
        """Nobody is asked any more."""
        for question in self._questions.values():
            question.drop()

    def show_elsewhere(self) -> None:
        """Tell whether a conversation that is not on the screen waits for an answer."""
        elsewhere = [
            one.session_id
            for one in self._questions.values()
            if one.session_id != self._current_session() and not one.answer.done()
        ]
        self._screen.show_waiting_elsewhere(elsewhere[0] if elsewhere else None)
