"""The conversation as a person uses it: scrolling, streaming, keyboard, search, copying."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nixforhumanity.protocol.cards import Suggestion
from nixforhumanity.ui.conversation.code_block import CodeBlock
from nixforhumanity.ui.conversation.conversation_view import ConversationView
from nixforhumanity.ui.conversation.flow_row import FlowRow
from nixforhumanity.ui.conversation.items import MessageItem, MessageKind
from nixforhumanity.ui.conversation.message_view import MessageView
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.theme.appearance import Theme, appearance_of, apply_theme
from nixforhumanity.ui.theme.palettes import colours_of
from ui.conversation_cards import plan_card, say


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[ConversationView]:
    apply_theme(qapp, Theme.LIGHT)
    widget = ConversationView()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(qapp, Theme.LIGHT)


def fill(view: ConversationView, count: int) -> None:
    for number in range(count):
        if number % 2:
            say(
                view.model,
                f"m{len(view.model)}",
                f"Answer {number}. " + "Some words follow here. " * (number % 17),
            )
        else:
            view.model.append_person(f"Question {number}")
    view.transcript.live_rows()  # what is due is shown now


def shown_texts(view: ConversationView) -> list[str]:
    return [row.copyable_text() for _, row in view.transcript.live_rows()]


def message(view: ConversationView, row: int) -> MessageView:
    found = view.transcript.row_view(row)
    assert isinstance(found, MessageView)
    return found


def test_the_first_page_offers_what_it_is_given(view: ConversationView, qtbot: QtBot) -> None:
    own = [button.accessibleName() for button in view.first_start.buttons]
    view.set_examples([("explain_concept", "What is a generation?"), ("no_icon_of_its_own", "Do <b>it</b>")])
    with qtbot.waitSignal(view.suggestion_picked) as picked:
        qtbot.mouseClick(view.first_start.buttons[0], Qt.MouseButton.LeftButton)
    assert picked.args == ["What is a generation?"]
    assert [button.accessibleName() for button in view.first_start.buttons][1] == "Do <b>it</b>"
    view.set_examples([])
    assert [button.accessibleName() for button in view.first_start.buttons] == own


def test_the_first_page_gives_way_to_the_first_words(view: ConversationView, qtbot: QtBot) -> None:
    view.set_host_sentences(["Nix works here."])
    assert view.first_start.isVisible()
    with qtbot.waitSignal(view.suggestion_picked) as picked:
        qtbot.mouseClick(view.first_start.buttons[0], Qt.MouseButton.LeftButton)
    assert picked.args == [view.first_start.buttons[0].accessibleName()]
    view.model.append_person("hello")
    assert view.transcript.isVisible()
    assert not view.first_start.isVisible()
    view.model.clear()
    assert view.first_start.isVisible()


def test_only_rows_near_the_visible_part_are_widgets(view: ConversationView) -> None:
    fill(view, 3000)
    assert len(view.transcript.live_rows()) < 40
    view.transcript.verticalScrollBar().setValue(0)
    assert "Question 0" in shown_texts(view)
    view.transcript.scroll_to_end()
    assert shown_texts(view)[-1].startswith("Answer 2999")
    assert len(view.transcript.viewport().findChildren(MessageView)) < 60


def test_rows_follow_each_other_without_gaps_or_overlaps(view: ConversationView) -> None:
    fill(view, 400)
    bar = view.transcript.verticalScrollBar()
    for part in range(11):
        bar.setValue(bar.maximum() * part // 10)
        rows = [row for _, row in view.transcript.live_rows()]
        for above, below in pairwise(rows):
            assert above.geometry().bottom() + 1 == below.geometry().top()
        assert rows[0].y() <= 16
        assert rows[-1].geometry().bottom() >= view.transcript.viewport().height() - 20


def test_the_end_is_followed_unless_the_person_scrolled_up(view: ConversationView, qtbot: QtBot) -> None:
    fill(view, 60)
    transcript = view.transcript
    assert transcript.at_end
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    first, _ = transcript.rows_in_sight()
    where = transcript.row_view(first)
    assert where is not None
    y = where.y()
    say(view.model, "new", "Something new.")
    assert transcript.row_view(first) is where
    assert where.y() == y
    newer = next(button for button in transcript.findChildren(QPushButton) if button.text() == "New messages")
    assert newer.isVisible()
    qtbot.mouseClick(newer, Qt.MouseButton.LeftButton)
    assert transcript.at_end
    assert not newer.isVisible()
    assert shown_texts(view)[-1] == "Something new."


def test_scrolling_up_step_by_step_never_jumps(view: ConversationView) -> None:
    fill(view, 300)
    bar = view.transcript.verticalScrollBar()
    for _ in range(60):
        anchors = {row: live.y() for row, live in view.transcript.live_rows()}
        bar.setValue(bar.value() - 50)
        first, last = view.transcript.rows_in_sight()
        moved = {
            live.y() - anchors[row]
            for row, live in view.transcript.live_rows()
            if row in anchors and first <= row <= last
        }
        assert moved == {50}


def test_a_narrower_window_keeps_the_row_at_the_top(view: ConversationView) -> None:
    fill(view, 300)
    view.transcript.verticalScrollBar().setValue(4000)
    before, _ = view.transcript.rows_in_sight()
    view.resize(420, 600)
    assert view.transcript.rows_in_sight()[0] == before
    view.resize(800, 600)
    assert view.transcript.rows_in_sight()[0] == before


def test_a_streamed_answer_ends_up_like_a_whole_one(view: ConversationView) -> None:
    text = (
        "# Title\n\nSome `code` here.\n\n- a\n- b\n\n```nix\n{ a = 1; }\n```\n\nThe **end**.\n\n"
        + "More. " * 500
    )
    model = view.model
    model.begin_answer("s")
    for start in range(0, len(text), 7):
        model.append_text("s", text[start : start + 7])
        if start % 35 == 0:
            message(view, 0)
    streamed = message(view, 0)
    pieces = [piece.toPlainText() for piece in streamed.findChildren(TextPiece) if not piece.isHidden()]
    height = streamed.height()
    model.finish_answer("s")
    model.append_answer(text)
    view.transcript.scroll_to_end()
    whole = message(view, 1)
    assert [piece.toPlainText() for piece in whole.findChildren(TextPiece) if not piece.isHidden()] == pieces
    assert whole.height() == height
    assert [block.text.toPlainText() for block in whole.findChildren(CodeBlock)] == ["{ a = 1; }"]


def test_many_tokens_make_few_renders(view: ConversationView, qtbot: QtBot) -> None:
    view.model.begin_answer("s")
    piece = message(view, 0)
    renders = []
    view.transcript._timer.timeout.connect(lambda: renders.append(1))
    for _ in range(500):
        view.model.append_text("s", "word ")
    qtbot.waitUntil(lambda: piece.copyable_text().count("word") == 500)
    assert len(renders) == 1


def test_nothing_is_fetched_and_html_is_text(view: ConversationView) -> None:
    say(view.model, "a", "<b>x</b> <img src='http://example.org/a.png'> ![y](http://example.org/b.png)")
    (piece,) = message(view, 0).findChildren(TextPiece)
    assert "<b>x</b>" in piece.toPlainText()
    assert "\ufffc" not in piece.toPlainText()
    assert (
        piece.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("file:///etc/passwd")) is None
    )


def test_a_link_is_only_reported(view: ConversationView, qtbot: QtBot) -> None:
    say(view.model, "a", "[there](https://example.org/x)")
    (piece,) = message(view, 0).findChildren(TextPiece)
    with qtbot.waitSignal(view.link_opened) as opened:
        piece.setFocus()
        QTest.keyClick(piece, Qt.Key.Key_Tab)
        QTest.keyClick(piece, Qt.Key.Key_Return)
    assert opened.args == ["https://example.org/x"]


def test_what_a_person_typed_is_not_markdown(view: ConversationView) -> None:
    view.model.append_person("*not* `markdown` <b>")
    (piece,) = message(view, 0).findChildren(TextPiece)
    assert piece.toPlainText() == "*not* `markdown` <b>"


def test_long_words_are_folded_and_can_be_opened(view: ConversationView, qtbot: QtBot) -> None:
    text = "\n".join(f"line {number}" for number in range(9000))
    view.model.append_person(text)
    row = message(view, 0)
    assert row.height() < 600
    (button,) = [button for button in row.findChildren(QPushButton) if button.text() == "Show all"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (box,) = row.findChildren(CodeBlock)
    assert box.isVisible()
    assert box.text.toPlainText() == text
    assert button.text() == "Show less"
    assert row.copyable_text() == text


def test_suggestions_wrap_and_say_their_prompt(view: ConversationView, qtbot: QtBot) -> None:
    view.resize(360, 600)
    say(view.model, "a", "Pick.", "One long label", "Another long label", "A third long label")
    row = message(view, 0)
    (flow,) = row.findChildren(FlowRow)
    assert len({button.y() for button in flow.buttons}) > 1
    assert all(flow.rect().contains(button.geometry()) for button in flow.buttons)
    with qtbot.waitSignal(view.suggestion_picked) as picked:
        qtbot.mouseClick(flow.buttons[1], Qt.MouseButton.LeftButton)
    assert picked.args == ["say Another long label"]


@pytest.mark.parametrize(("how", "visible"), [("buttons", True), ("on-request", False), ("palette", False)])
def test_the_level_decides_about_suggestions(view: ConversationView, how: str, visible: bool) -> None:
    say(view.model, "a", "Pick.", "One")
    view.set_level_features("sentence", how, "bar")
    row = message(view, 0)
    assert any(flow.isVisible() for flow in row.findChildren(FlowRow)) is visible
    if how == "on-request":
        (button,) = [one for one in row.findChildren(QPushButton) if one.text() == "Suggestions"]
        button.click()
        assert any(flow.isVisible() for flow in row.findChildren(FlowRow))


@pytest.mark.parametrize("how", ["buttons", "on-request", "palette"])
def test_answers_to_a_question_are_buttons_at_every_level(
    view: ConversationView, qtbot: QtBot, how: str
) -> None:
    view.set_level_features("sentence", how, "bar")
    view.model.begin_answer("a", kind=MessageKind.ANSWER)
    view.model.append_text("a", "Is it one of these?")
    help_ = Suggestion(label="Help", prompt="help")
    which = [Suggestion(label=one, prompt=f"say {one}", answers=True) for one in ("one", "two")]
    view.model.finish_answer("a", [help_, *which])
    (flow,) = message(view, 0).findChildren(FlowRow)
    assert [button.text() for button in flow.buttons][:2] == ["one", "two"]
    assert any(button.text() == "Help" for button in flow.buttons) is (how == "buttons")
    with qtbot.waitSignal(view.suggestion_picked) as picked:
        qtbot.mouseClick(flow.buttons[1], Qt.MouseButton.LeftButton)
    assert picked.args == ["say two"]


def test_own_words_and_bare_buttons_are_no_new_messages(view: ConversationView) -> None:
    fill(view, 60)
    view.transcript.verticalScrollBar().setValue(0)
    newer = next(one for one in view.transcript.findChildren(QPushButton) if one.text() == "New messages")
    view.model.append_person("yes")
    say(view.model, "next", "", "Start GIMP")
    view.transcript.live_rows()
    assert not newer.isVisible()
    view.transcript.verticalScrollBar().setValue(0)
    say(view.model, "new", "Something new.")
    view.transcript.live_rows()
    assert newer.isVisible()


def test_tab_goes_through_the_controls_in_reading_order_and_out(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    before, view, after = QLineEdit(), ConversationView(), QLineEdit()
    layout = QVBoxLayout(window)
    for widget in (before, view, after):
        layout.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(800, 900)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    say(view.model, "a", "Pick.", "One", "Two")
    view.model.set_plan(plan_card())
    view.model.ask_permission("p1")
    card = view.transcript.row_view(1)
    assert isinstance(card, PlanCardView)
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    seen: list[str] = []
    for _ in range(9):
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        focus = qapp.focusWidget()
        seen.append(focus.text() if isinstance(focus, QPushButton) else type(focus).__name__)
    assert seen == [
        "MessageView",
        "One",
        "Two",
        "What exactly happens",
        "Not now",
        "Explain",
        "Install",
        "QLineEdit",
        "QLineEdit",
    ]
    after.setFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert qapp.focusWidget() is card.buttons.allow
    QTest.keyClick(card.buttons.allow, Qt.Key.Key_Backtab)
    assert qapp.focusWidget() is card.buttons.explain


def test_arrow_keys_go_from_row_to_row(view: ConversationView, qapp: QApplication) -> None:
    fill(view, 40)
    view.activateWindow()
    view.transcript.setFocus()
    QTest.keyClick(view.transcript, Qt.Key.Key_Up)
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Up)
    focus = qapp.focusWidget()
    assert isinstance(focus, MessageView)
    assert focus.copyable_text() == "Question 38"
    QTest.keyClick(focus, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Question 38"
    for _ in range(30):
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Up)
    moved = qapp.focusWidget()
    assert isinstance(moved, MessageView)
    assert 0 <= moved.y() < view.transcript.viewport().height()


def test_home_and_end(view: ConversationView) -> None:
    fill(view, 100)
    QTest.keyClick(view.transcript, Qt.Key.Key_Home)
    assert view.transcript.verticalScrollBar().value() == 0
    QTest.keyClick(view.transcript, Qt.Key.Key_PageDown)
    assert view.transcript.verticalScrollBar().value() > 300
    QTest.keyClick(view.transcript, Qt.Key.Key_End)
    assert view.transcript.at_end


def test_a_row_with_the_focus_is_not_taken_away(view: ConversationView, qapp: QApplication) -> None:
    say(view.model, "a", "Pick.", "One")
    fill(view, 200)
    view.activateWindow()
    view.transcript.verticalScrollBar().setValue(0)
    (flow,) = message(view, 0).findChildren(FlowRow)
    flow.buttons[0].setFocus()
    view.transcript.scroll_to_end()
    assert qapp.focusWidget() is flow.buttons[0]
    assert view.transcript.live_rows()[0][0] == 0


def test_find_marks_and_shows_each_place(view: ConversationView) -> None:
    fill(view, 200)
    view.model.append_person("a needle here")
    fill(view, 100)
    say(view.model, "n", "The needle and the **Needle**.")
    matches = view.find_text("NEEDLE")
    assert [(match.row, match.number) for match in matches] == [(200, 0), (301, 0), (301, 1)]
    view.show_match(matches[0])
    (piece, *_) = [piece for piece in message(view, 200).findChildren(TextPiece) if not piece.isHidden()]
    assert len(piece.extraSelections()) == 1
    first, last = view.transcript.rows_in_sight()
    assert first <= 200 <= last
    view.show_match(matches[2])
    (piece, *_) = [piece for piece in message(view, 301).findChildren(TextPiece) if not piece.isHidden()]
    grounds = [mark.format.background().color().name() for mark in piece.extraSelections()]
    assert len(grounds) == 2
    assert grounds[0] != grounds[1]
    view.find_text("")
    assert piece.extraSelections() == []


def test_the_menu_copies_the_selection_or_all(view: ConversationView, qtbot: QtBot) -> None:
    say(view.model, "a", "Hello **there**.")
    (piece,) = message(view, 0).findChildren(TextPiece)
    piece.selectAll()
    piece.customContextMenuRequested.emit(QPoint(3, 3))
    menu = view.transcript.findChild(QMenu)
    copy, everything = menu.actions()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "Hello there."
    everything.trigger()
    assert QGuiApplication.clipboard().text() == "Hello **there**."
    menu.close()


def test_selecting_in_one_text_ends_the_selection_in_another(view: ConversationView) -> None:
    view.activateWindow()
    say(view.model, "a", "First.")
    say(view.model, "b", "Second.")
    first, second = (message(view, row).findChildren(TextPiece)[0] for row in (0, 1))
    first.setFocus()
    first.selectAll()
    second.setFocus()
    assert not first.textCursor().hasSelection()


def test_code_can_be_copied(view: ConversationView, qtbot: QtBot) -> None:
    say(view.model, "a", "```sh\nnix --version\n```")
    (block,) = message(view, 0).findChildren(CodeBlock)
    assert block.copy_button.accessibleName()
    qtbot.mouseClick(block.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "nix --version"
    assert block.copy_button.text() == "Copied"


def test_the_wheel_over_text_scrolls_the_conversation(view: ConversationView) -> None:
    fill(view, 200)
    bar = view.transcript.verticalScrollBar()
    piece = next(
        piece for piece in view.transcript.live_rows()[-1][1].findChildren(TextPiece) if piece.isVisible()
    )
    before, middle = bar.value(), piece.rect().center()
    place = piece.mapTo(view.window(), middle).toPointF()
    QTest.wheelEvent(view.window().windowHandle(), place, QPoint(0, 120))
    assert bar.value() < before


def test_from_right_to_left_everything_is_mirrored(view: ConversationView, qapp: QApplication) -> None:
    view.model.append_person("hi")
    say(view.model, "a", "Pick.", "One", "Two")
    (person,) = message(view, 0).findChildren(TextPiece)
    (flow,) = message(view, 1).findChildren(FlowRow)
    assert person.x() > 400
    assert flow.buttons[0].x() < flow.buttons[1].x()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.transcript.live_rows()
    assert person.x() < 400
    assert flow.buttons[0].x() > flow.buttons[1].x()


@pytest.mark.parametrize("width", [320, 480, 900])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_wider_than_the_view(
    view: ConversationView, qapp: QApplication, width: int, scale: float
) -> None:
    apply_theme(qapp, Theme.DARK, scale)
    view.resize(width, 700)
    say(view.model, "a", "Pick `this` " + "x" * 300, "One", "A label of some length")
    view.model.set_plan(plan_card(title="A rather long title of a plan that says what it does"))
    view.model.ask_permission("p1")
    view.transcript.scroll_to_end()
    for _, row in view.transcript.live_rows():
        for part in row.findChildren(QWidget):
            if part.isVisible() and not isinstance(part.parentWidget(), CodeBlock) and part.width() < 4000:
                left = part.mapTo(view.transcript.viewport(), QPoint(0, 0)).x()
                assert left >= 0
                assert left + part.width() <= view.transcript.viewport().width()
            if isinstance(part, QPushButton) and part.isVisible():
                assert part.width() >= min(part.sizeHint().width(), 240), part.text()


def test_a_theme_change_repaints_what_is_shown(
    view: ConversationView, qapp: QApplication, qtbot: QtBot
) -> None:
    say(view.model, "a", "Some `code`.")
    (piece,) = message(view, 0).findChildren(TextPiece)

    def code_ground() -> str:
        view.transcript.live_rows()
        cursor = piece.document().find("code")
        return cursor.charFormat().background().color().name()

    light = code_ground()
    apply_theme(qapp, Theme.DARK)
    qtbot.waitUntil(lambda: code_ground() != light)


def test_what_waits_in_the_outbox_says_so(view: ConversationView) -> None:
    view.model.append_person("later", prompt_id="c1", waiting=True)
    assert "Waiting to be sent" in message(view, 0).accessible_text()
    view.model.mark_waiting([])
    assert "Waiting" not in message(view, 0).accessible_text()


def test_escape_asks_to_stop(view: ConversationView, qtbot: QtBot) -> None:
    fill(view, 4)
    with qtbot.waitSignal(view.stop_requested):
        QTest.keyClick(view.transcript, Qt.Key.Key_Escape)


def test_a_busy_line_comes_after_a_moment_and_takes_no_room(view: ConversationView, qtbot: QtBot) -> None:
    height = view.transcript.height()
    view.set_activity("Looking")
    assert not view.activity.label.isVisible()
    qtbot.waitUntil(view.activity.label.isVisible)
    assert view.activity.mark.turning
    view.set_activity("")
    assert not view.activity.label.isVisible()
    assert not view.activity.mark.turning
    assert view.transcript.height() == height


def test_nothing_turns_where_motion_is_not_wanted(
    view: ConversationView, qapp: QApplication, qtbot: QtBot
) -> None:
    appearance_of(qapp).reduce_motion(True)
    try:
        view.set_activity("Looking")
        qtbot.waitUntil(view.activity.mark.isVisible)
        assert not view.activity.mark.turning
    finally:
        appearance_of(qapp).reduce_motion(False)


def test_screen_readers_see_a_list_of_named_items(view: ConversationView) -> None:
    view.model.append_person("hello")
    say(view.model, "a", "**Hi** there", "One")
    view.model.append_answer("It broke.", kind=MessageKind.ERROR)
    rows = [row for _, row in view.transcript.live_rows()]
    listing = QAccessible.queryAccessibleInterface(view.transcript.viewport())
    assert listing.role() is QAccessible.Role.List
    items = [QAccessible.queryAccessibleInterface(row) for row in rows]
    assert {item.role() for item in items} == {QAccessible.Role.ListItem}
    names = [item.text(QAccessible.Text.Name) for item in items]
    assert names == ["You: hello", "Assistant: Hi there", "Error: It broke."]
    for row in rows:
        for button in row.findChildren(QPushButton):
            if button.isVisible():
                assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)


def test_news_is_announced_but_not_every_word(view: ConversationView) -> None:
    heard: list[str] = []
    view.announcer.announced.connect(heard.append)
    model = view.model
    model.begin_answer("a")
    for word in ("This ", "is ", "it."):
        model.append_text("a", word)
    model.finish_answer("a")
    assert heard == ["Answer: This is it."], "that it begins is no news when it is there at once"
    heard.clear()
    model.append_answer("No network.", kind=MessageKind.ERROR)
    assert heard[-1] == "Error: No network."


def test_a_cleared_conversation_forgets_everything(view: ConversationView) -> None:
    fill(view, 50)
    view.model.set_plan(plan_card())
    view.model.clear()
    assert view.transcript.live_rows() == []
    view.model.set_plan(plan_card())
    view.model.append_person("again")
    assert len(view.transcript.live_rows()) == 2


def test_a_message_that_changes_out_of_sight_is_right_when_it_comes_back(view: ConversationView) -> None:
    view.model.begin_answer("a")
    fill(view, 200)
    view.model.append_text("a", "Grown while nobody looked.")
    view.model.finish_answer("a")
    view.transcript.verticalScrollBar().setValue(0)
    item = view.model.item(0)
    assert isinstance(item, MessageItem)
    (piece, *_) = [piece for piece in message(view, 0).findChildren(TextPiece) if not piece.isHidden()]
    assert piece.toPlainText() == "Grown while nobody looked."


def lines(count: int) -> str:
    return "\n".join(f"- Line {number} of the answer" for number in range(count))


def top_of(view: ConversationView, row: int) -> int:
    found = view.transcript.row_view(row)
    assert found is not None
    return found.y()


def test_a_long_answer_is_followed_only_until_its_beginning_is_at_the_top(view: ConversationView) -> None:
    fill(view, 40)
    view.model.append_person("What can you do?", prompt_id="a")
    view.model.begin_answer("long", kind=MessageKind.ANSWER)
    for _ in range(30):
        view.model.append_text("long", lines(3) + "\n")
        assert top_of(view, 41) >= 0
    view.model.finish_answer("long", [])
    assert top_of(view, 41) == 0
    assert message(view, 41).height() > view.transcript.viewport().height()
    view.transcript.scroll_to_end()
    assert top_of(view, 41) < 0
    bar = view.transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()
    view.model.append_person("And now?", prompt_id="b")
    say(view.model, "short", "Nothing.")
    assert view.transcript.row_view(43) is not None
    assert bar.value() == bar.maximum()


def test_a_long_conversation_that_comes_again_shows_its_last_answer(view: ConversationView) -> None:
    for number in range(6):
        view.model.append_person(f"Question {number}")
        say(view.model, f"m{number}", lines(40))
        view.transcript.live_rows()
    assert top_of(view, 11) == 0


def test_a_card_that_is_higher_than_the_view_shows_its_title(view: ConversationView) -> None:
    view.set_level_features("everything", "buttons", "log")
    fill(view, 20)
    view.model.append_person("install it", prompt_id="a")
    say(view.model, "word", "This is what would be done.")
    view.model.set_plan(plan_card(costs=[f"Cost {number}" for number in range(40)]))
    card = view.transcript.row_view(22)
    assert isinstance(card, PlanCardView)
    assert card.height() > view.transcript.viewport().height()
    assert card.y() == 0


@pytest.mark.parametrize("scrolled_away", [False, True])
def test_what_a_typed_yes_brought_about_is_seen(view: ConversationView, scrolled_away: bool) -> None:
    fill(view, 20)
    view.model.set_plan(plan_card())
    view.model.append_person("yes " * 700, prompt_id="a")
    view.transcript.live_rows()
    bar = view.transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()
    if scrolled_away:
        bar.setValue(0)
    view.model.set_plan(plan_card(state="done", state_text="GIMP is installed."))
    say(view.model, "next", "", "One")
    view.transcript.live_rows()
    if scrolled_away:
        assert bar.value() == 0
        return
    card = view.transcript.row_view(20)
    assert isinstance(card, PlanCardView)
    label = card.status.line.label
    assert label.text() == "GIMP is installed."
    at = label.mapTo(view.transcript.viewport(), QPoint(0, 0)).y()
    assert 0 <= at <= view.transcript.viewport().height() - label.height()


def test_suggestions_without_words_say_what_they_are(view: ConversationView) -> None:
    view.model.append_person("yes")
    say(view.model, "next", "", "One")
    say(view.model, "words", "Some words.", "Two")
    bare, spoken = message(view, 1), message(view, 2)
    labels = [one for one in bare.findChildren(QLabel) if one.isVisible()]
    assert [one.text() for one in labels] == ["What you can do next"]
    button = bare.findChild(FlowRow).geometry()  # type: ignore[union-attr]
    assert labels[0].geometry().bottom() < button.top()
    assert not [one for one in spoken.findChildren(QLabel) if one.isVisible()]


def test_where_the_keyboard_is_can_be_seen(view: ConversationView, qapp: QApplication) -> None:
    say(view.model, "a", "First words.\n\n```\nnix-shell -p hello\n```")
    say(view.model, "b", "Last words.")
    view.activateWindow()
    for reason, row in ((Qt.FocusReason.ShortcutFocusReason, 1), (Qt.FocusReason.TabFocusReason, 0)):
        if (focused := qapp.focusWidget()) is not None:
            focused.clearFocus()
        view.setFocus(reason)
        focus = message(view, row)
        assert qapp.focusWidget() is focus
        colours = {
            focus.grab().toImage().pixelColor(x, focus.height() // 2).name() for x in range(focus.width())
        }
        assert colours_of(focus.palette()).focus.lower() in colours
    QTest.keyClick(message(view, 0), Qt.Key.Key_Tab)
    copy = qapp.focusWidget()
    assert isinstance(copy, QPushButton)
    assert copy.text() == "Copy"
    QTest.keyClick(copy, Qt.Key.Key_Backtab)
    assert qapp.focusWidget() is message(view, 0)


def test_the_last_command_is_copied_by_a_key(view: ConversationView) -> None:
    view.copy_last_command()
    assert "No command" in view.activity.label.text()
    view.model.set_plan(plan_card())
    view.copy_last_command()
    assert QGuiApplication.clipboard().text() == "nix-env -iA nixpkgs.gimp"
    say(view.model, "a", "```\nnix-shell -p a\n```\nor\n\n```\nnix-shell -p b\n```\n\n```nix\n{ }\n```")
    view.model.append_person("```\nrm -rf x\n```")
    view.copy_last_command()
    assert QGuiApplication.clipboard().text() == "nix-shell -p b"
    assert view.activity.label.text() == "Copied: nix-shell -p b"


def test_a_long_command_is_seen_whole_and_copied_as_one_line(view: ConversationView, qtbot: QtBot) -> None:
    command = "nix-shell -p " + " ".join(f"python3Packages.package{number}" for number in range(30))
    say(view.model, "a", f"Try:\n\n```\n{command}\n```\n\n```nix\n{command}\n```")
    wrapped, code = message(view, 0).findChildren(CodeBlock)
    assert wrapped.text.horizontalScrollBar().maximum() == 0
    assert wrapped.text.verticalScrollBar().maximum() == 0
    document = wrapped.text.document()
    lines_shown = document.firstBlock().layout().lineCount()
    assert lines_shown > 5
    spacing = wrapped.text.fontMetrics().lineSpacing()
    assert lines_shown * spacing <= wrapped.text.viewport().height() < (lines_shown + 1) * spacing
    assert code.text.horizontalScrollBar().maximum() > 0
    qtbot.mouseClick(wrapped.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == command
    wrapped.text.selectAll()
    wrapped.text.copy()
    assert QGuiApplication.clipboard().text() == command
