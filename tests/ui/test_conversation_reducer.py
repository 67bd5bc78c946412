"""Live and replayed updates give the same transcript."""

from typing import Any

import msgspec

from nixforhumanity.protocol.cards import (
    MESSAGE_KIND,
    NOT_RUN,
    OUTPUT,
    PLAN,
    PROGRESS,
    PROMPT_ID,
    SENT_AT,
    SUGGESTIONS,
)
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    PlanUpdate,
    SessionUpdate,
    TextBlock,
    ToolCall,
    ToolCallUpdate,
    UserMessageChunk,
)
from nixforhumanity.ui.conversation.items import MessageItem, MessageKind, PlanItem, Role, plan_fraction
from nixforhumanity.ui.conversation.session_reducer import SessionReducer
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from ui.conversation_cards import plan_card


def applied(*updates: SessionUpdate, model: TranscriptModel | None = None) -> TranscriptModel:
    model = model or TranscriptModel()
    reducer = SessionReducer(model)
    for update in updates:
        reducer.apply(update)
    return model


def answer(text: str, message_id: str | None = "m1", **meta: Any) -> AgentMessageChunk:
    fields = {f"nixforhumanity/{key}": value for key, value in meta.items()}
    return AgentMessageChunk(content=TextBlock(text=text), message_id=message_id, meta=fields or None)


def words(text: str, message_id: str | None = None, **meta: Any) -> UserMessageChunk:
    fields = {f"nixforhumanity/{key}": value for key, value in meta.items()}
    return UserMessageChunk(content=TextBlock(text=text), message_id=message_id, meta=fields or None)


def plan(**fields: object) -> PlanUpdate:
    return PlanUpdate(entries=[], meta={PLAN: msgspec.to_builtins(plan_card(**fields))})


def texts(model: TranscriptModel) -> list[str]:
    return [item.text if isinstance(item, MessageItem) else item.card.plan_id for item in model.items]


def test_chunks_of_one_message_become_one_answer() -> None:
    model = applied(answer("Hel"), answer("lo"), answer("", suggestions=[{"label": "A", "prompt": "say a"}]))
    (item,) = model.items
    assert isinstance(item, MessageItem)
    assert (item.text, item.streaming) == ("Hello", False)
    assert [one.prompt for one in item.suggestions] == ["say a"]


def test_another_message_ends_the_open_answer() -> None:
    model = applied(answer("one"), answer("two", "m2"))
    first, second = model.items
    assert isinstance(first, MessageItem)
    assert isinstance(second, MessageItem)
    assert (first.streaming, second.streaming) == (False, True)


def test_chunks_without_ids_are_kept_together_until_someone_else_speaks() -> None:
    model = applied(
        words("a"), words("b"), answer("x", None), answer("y", None), words("c"), answer("z", None)
    )
    assert texts(model) == ["ab", "xy", "c", "z"]


def test_an_echoed_prompt_is_not_shown_twice() -> None:
    model = TranscriptModel()
    model.append_person("install gimp", prompt_id="c-1", waiting=True)
    applied(words("install gimp", "u1", promptId="c-1"), model=model)
    (item,) = model.items
    assert isinstance(item, MessageItem)
    assert not item.waiting


def test_kind_and_time_are_read() -> None:
    model = applied(answer("bad", kind="error", at="2025-03-01T10:00:00Z"))
    (item,) = model.items
    assert isinstance(item, MessageItem)
    assert item.kind is MessageKind.ERROR
    assert item.at is not None
    assert item.at.isoformat() == "2025-03-01T10:00:00+00:00"
    assert {MESSAGE_KIND, SENT_AT, PROMPT_ID, SUGGESTIONS} == {
        f"nixforhumanity/{name}" for name in ("kind", "at", "promptId", "suggestions")
    }


def test_a_plan_keeps_one_card_and_its_progress() -> None:
    model = applied(
        plan(),
        plan(state="running"),
        ToolCall(tool_call_id="p1-1", title="Install", status="in_progress"),
        ToolCallUpdate(
            tool_call_id="p1-1",
            meta={
                PROGRESS: {"done": 5, "expected": 10, "unit": "paths", "text": "5 of 10"},
                OUTPUT: ["a", "b"],
            },
        ),
    )
    (item,) = model.items
    assert isinstance(item, PlanItem)
    assert item.card.state == "running"
    assert item.started_at is not None
    assert plan_fraction(item) == 0.5
    assert item.output.text() == "a\nb"


def test_a_step_that_did_not_run_is_not_marked_as_failed() -> None:
    model = applied(
        plan(),
        ToolCall(tool_call_id="p1-1", title="Install", status="pending"),
        plan(state="declined"),
        ToolCallUpdate(tool_call_id="p1-1", status="failed", meta={NOT_RUN: True}),
    )
    (item,) = model.items
    assert isinstance(item, PlanItem)
    assert item.status["p1-1"] == "pending"


def test_what_is_unknown_or_malformed_is_left_out() -> None:
    model = applied(
        PlanUpdate(entries=[], meta={PLAN: {"planId": 3}}),
        PlanUpdate(entries=[], meta={"other/plan": {}}),
        ToolCallUpdate(tool_call_id="nobody", meta={PROGRESS: "soon", OUTPUT: [1]}),
        answer("still here", newer={"x": 1}, suggestions="none"),
    )
    assert texts(model) == ["still here"]


def test_a_live_and_a_replayed_session_look_alike() -> None:
    updates: list[SessionUpdate] = [
        words("gimp", "u1", promptId="c-1", at="2025-03-01T10:00:00Z"),
        answer("Here ", at="2025-03-01T10:00:01Z"),
        answer("it is.", suggestions=[]),
        plan(state="done"),
    ]
    live = TranscriptModel()
    live.append_person("gimp", prompt_id="c-1")
    applied(*updates, model=live)
    replayed = applied(*updates)
    assert texts(live) == texts(replayed) == ["gimp", "Here it is.", "p1"]
    assert [getattr(item, "role", None) for item in replayed.items] == [Role.PERSON, Role.ASSISTANT, None]


def test_the_end_of_a_turn_ends_the_open_answer() -> None:
    model = TranscriptModel()
    reducer = SessionReducer(model)
    reducer.apply(answer("so"))
    reducer.end_turn()
    (item,) = model.items
    assert isinstance(item, MessageItem)
    assert not item.streaming


def test_the_result_of_a_plan_shows_its_buttons_and_not_its_words_again() -> None:
    offered = [{"label": "Start hello", "prompt": "start hello"}]
    model = applied(plan(), answer("hello is installed.", "m9", kind="result", suggestions=offered))
    card, item = model.items
    assert isinstance(card, PlanItem)
    assert isinstance(item, MessageItem)
    assert (item.text, item.streaming) == ("", False)
    assert [one.prompt for one in item.suggestions] == ["start hello"]


def test_a_result_without_buttons_shows_nothing() -> None:
    assert len(applied(answer("It is removed.", "m9", kind="result", suggestions=[])).items) == 0
