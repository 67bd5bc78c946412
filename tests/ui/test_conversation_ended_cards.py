"""Cards that have ended say only what is true; what is opened is seen and said; clicks leave no traces."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nixforhumanity.protocol.cards import PlanState
from nixforhumanity.ui.conversation import code_block, plan_card_view
from nixforhumanity.ui.conversation.code_block import CodeBlock
from nixforhumanity.ui.conversation.conversation_view import ConversationView
from nixforhumanity.ui.conversation.message_view import MessageView
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.theme.appearance import Theme, apply_theme
from nixforhumanity.ui.theme.tokens import ALL_COLOURS, Colours, contrast
from ui.conversation_cards import plan_card, say

BUILD_LOG = ["unpacking sources", "gcc: error: x.c: No such file", "builder failed"]


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[ConversationView]:
    apply_theme(qapp, Theme.LIGHT)
    widget = ConversationView()
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    yield widget
    apply_theme(qapp, Theme.LIGHT)


def card_of(view: ConversationView, plan_id: str = "p1") -> PlanCardView:
    row = view.model.index_of_plan(plan_id)
    assert row is not None
    card = view.transcript.show_row(row)
    assert isinstance(card, PlanCardView)
    return card


def ended(view: ConversationView, state: PlanState, **fields: object) -> PlanCardView:
    view.model.append_person("install gimp")
    view.model.set_plan(plan_card(warnings=["It takes long."]))
    view.model.set_plan(plan_card(state=state, state_text="It broke.", **fields))
    return card_of(view)


def words(card: PlanCardView) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible() and label.text()]


@pytest.mark.parametrize("state", ["failed", "stopped", "declined", "expired", "interrupted"])
def test_what_was_not_done_promises_nothing(view: ConversationView, state: PlanState) -> None:
    card = ended(view, state)
    assert words(card) == ["Install GIMP for you", "It broke."]
    assert "undo" not in card.accessible_text()
    assert "Download" not in card.copyable_text()
    card.buttons.details.click()
    assert words(card)[2:4] == ["What was planned", "add gimp 3.0.2"]


def test_what_was_done_is_told_as_done(view: ConversationView) -> None:
    card = ended(view, "done", entry_id=1, can_undo_now=True)
    assert "You can undo this." in words(card)
    card.buttons.details.click()
    assert {"What changed", "gimp 3.0.2 was added"} < set(words(card))


def test_what_was_taken_back_can_not_be_undone_again(view: ConversationView) -> None:
    assert "You can undo this." not in words(ended(view, "done", entry_id=1))


def test_try_again_says_the_same_words(view: ConversationView, qtbot: QtBot) -> None:
    card = ended(view, "interrupted")
    with qtbot.waitSignal(view.words_said_again) as said:
        qtbot.mouseClick(card.buttons.allow, Qt.MouseButton.LeftButton)
    assert said.args == ["install gimp"]


def test_a_plan_that_no_words_led_to_is_not_tried_again(view: ConversationView) -> None:
    ended(view, "failed")
    view.model.set_plan(plan_card("p2", state="failed", title="Undo"))
    assert not card_of(view, "p2").buttons.allow.isVisible()


def test_of_words_said_in_one_go_the_first_belong_to_the_first_plan(view: ConversationView) -> None:
    for one in ("install gimp", "install krita"):
        view.model.append_person(one)
    view.model.set_plan(plan_card())
    view.model.set_plan(plan_card("p2"))
    assert [getattr(item, "words", None) for item in view.model.items[2:]] == ["install gimp", ""]


def test_a_button_that_is_left_alone_stands_at_the_end(view: ConversationView) -> None:
    buttons = ended(view, "declined").buttons
    assert buttons.explain.geometry().right() == buttons.rect().right()


def test_the_details_of_a_failure_show_what_was_printed(view: ConversationView) -> None:
    view.model.set_plan(plan_card(state="running"))
    view.model.append_output("p1-1", BUILD_LOG)
    view.model.set_plan(plan_card(state="failed"))
    card = card_of(view)

    def shown() -> list[str]:
        blocks = [block for block in card.findChildren(CodeBlock) if block.isVisible()]
        return [text for text in (block.text.toPlainText() for block in blocks) if "gcc: error" in text]

    assert shown() == []
    card.buttons.details.click()
    assert shown() == ["\n".join(BUILD_LOG)]
    button = card.details.output_button
    assert button is not None
    assert button in card.focusables()
    button.click()
    assert shown() == []


def test_the_expert_sees_what_was_printed_at_once(view: ConversationView) -> None:
    view.set_level_features("everything", "palette", "log")
    view.model.set_plan(plan_card(state="running"))
    view.model.append_output("p1-1", BUILD_LOG)
    view.model.set_plan(plan_card(state="failed"))
    assert card_of(view).status.output.isVisible()
    assert card_of(view).status.output.toPlainText().endswith("builder failed")


def test_an_explanation_is_said_and_scrolled_into_sight(
    view: ConversationView, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(plan_card_view, "announce", lambda _widget, text: said.append(text))
    view.resize(800, 330)
    for number in range(6):
        say(view.model, f"a{number}", "Some words before the card.")
    view.model.set_plan(plan_card(explanation="A **profile** is a list. " * 12))
    view.model.ask_permission("p1")
    card = card_of(view)
    card.buttons.explain.setFocus()
    QTest.keyClick(card.buttons.explain, Qt.Key.Key_Return)
    (piece,) = [one for one in card.findChildren(TextPiece) if one.isVisible()]
    bottom = piece.mapTo(view.transcript.viewport(), piece.rect().bottomLeft()).y()
    assert bottom <= view.transcript.viewport().height()
    assert said[0].startswith("A profile is a list.")


def test_copied_is_said_and_not_cut(view: ConversationView, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(code_block, "announce", lambda _widget, text: said.append(text))
    say(view.model, "a", "```sh\nnix --version\n```")
    row = view.transcript.row_view(0)
    assert row is not None
    (block,) = row.findChildren(CodeBlock)
    before = block.copy_button.geometry()
    block.copy_button.click()
    assert said == ["Copied"]
    assert block.copy_button.width() >= block.copy_button.sizeHint().width()
    assert block.copy_button.geometry() == before


def test_a_clicked_row_has_no_ring_and_one_reached_by_key_has(view: ConversationView) -> None:
    card = ended(view, "failed")

    def ring(reason: Qt.FocusReason) -> int:
        card.setFocus(reason)
        QApplication.sendEvent(card, QFocusEvent(QEvent.Type.FocusIn, reason))
        image = card.grab().toImage()
        left, _ = card.column(card.width())
        colours = {image.pixelColor(left - 7, y).name() for y in range(20, card.height() - 20)}
        card.clearFocus()
        return len(colours & {"#3158c4"})

    assert ring(Qt.FocusReason.OtherFocusReason) == 1
    assert ring(Qt.FocusReason.MouseFocusReason) == 0


def test_a_button_that_went_away_is_no_longer_under_the_pointer(view: ConversationView) -> None:
    view.model.set_plan(plan_card())
    view.model.ask_permission("p1")
    reject = card_of(view).buttons.reject
    inside = QPointF(4, 4)
    QApplication.sendEvent(reject, QEnterEvent(inside, inside, reject.mapToGlobal(inside)))
    reject.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    view.model.set_plan(plan_card(state="declined"))
    assert not card_of(view).buttons.reject.underMouse()


def test_new_messages_are_only_offered_when_there_are_some_below(view: ConversationView) -> None:
    for number in range(30):
        say(view.model, f"a{number}", "Some words. " * 20)
    transcript = view.transcript
    newer = next(one for one in transcript.findChildren(QPushButton) if one.text() == "New messages")
    bar = transcript.verticalScrollBar()
    transcript.live_rows()
    bar.setValue(bar.maximum() - 60)
    view.model.set_plan(plan_card(state="running"))
    transcript.live_rows()
    assert newer.isVisible()
    bar.setValue(bar.maximum() - 20)
    assert not newer.isVisible(), "it is in sight"
    view.model.set_step_status("p1-1", "in_progress")
    transcript.live_rows()
    assert not newer.isVisible()


def test_numbers_of_lists_have_room_at_any_text_size(view: ConversationView, qapp: QApplication) -> None:
    apply_theme(qapp, Theme.LIGHT, 2.0)
    say(view.model, "a", "\n".join(f"{number}. point" for number in range(1, 12)))
    row = view.transcript.row_view(0)
    assert isinstance(row, MessageView)
    (piece,) = row.findChildren(TextPiece)
    assert piece.document().indentWidth() >= piece.fontMetrics().horizontalAdvance("11. ")


def test_that_words_were_sent_is_painted_at_once(view: ConversationView, qtbot: QtBot) -> None:
    view.model.append_person("later", prompt_id="c1", waiting=True)
    row = view.transcript.row_view(0)
    assert isinstance(row, MessageView)
    row.hovered = False

    def caption() -> bool:
        image = view.grab().toImage()
        place = row.mapTo(view, QPoint(0, row.height() - row._caption_height()))
        return any(
            image.pixelColor(x, y).lightness() < 170
            for x in range(place.x() + 500, view.width() - 40)
            for y in range(place.y(), place.y() + row._caption_height())
        )

    assert caption()
    painted: list[str] = []
    original = MessageView.update

    def noted(self: MessageView) -> None:
        painted.append("again")
        original(self)

    MessageView.update = noted  # type: ignore[assignment,method-assign]
    try:
        view.model.mark_waiting([])
        view.transcript.live_rows()
    finally:
        MessageView.update = original  # type: ignore[method-assign]
    assert painted, "nothing else would have it painted anew: its text has not changed"
    assert not caption()


@pytest.mark.parametrize("colours", ALL_COLOURS, ids=lambda one: one.name)
def test_a_button_under_the_pointer_keeps_its_colour(colours: Colours) -> None:
    for resting, pointed, ink in (
        (colours.danger, colours.danger_hover, colours.on_danger),
        (colours.accent, colours.accent_hover, colours.on_accent),
    ):
        assert abs(QColor(resting).hslHue() - QColor(pointed).hslHue()) < 20
        assert QColor(pointed).hslSaturation() > 80
        assert contrast(pointed, ink) >= 4.5
