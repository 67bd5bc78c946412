"""The plan card: what it says, which buttons work, that nothing moves, and what keys do."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nixforhumanity.protocol.cards import PackageChange, PlanState, Progress, StepCard
from nixforhumanity.ui.conversation.code_block import CodeBlock
from nixforhumanity.ui.conversation.conversation_view import ConversationView
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.theme.appearance import Theme, apply_theme
from ui.conversation_cards import plan_card, say


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[ConversationView]:
    apply_theme(qapp, Theme.LIGHT)
    widget = ConversationView()
    qtbot.addWidget(widget)
    widget.resize(800, 700)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    yield widget
    apply_theme(qapp, Theme.LIGHT)


def show(
    view: ConversationView, plan_id: str = "p1", *, asking: bool = True, **fields: object
) -> PlanCardView:
    view.model.set_plan(plan_card(plan_id, **fields))
    if asking:
        view.model.ask_permission(plan_id)
    return card_of(view, plan_id)


def card_of(view: ConversationView, plan_id: str = "p1") -> PlanCardView:
    row = view.model.index_of_plan(plan_id)
    assert row is not None
    card = view.transcript.row_view(row)
    assert isinstance(card, PlanCardView)
    return card


def words(card: PlanCardView) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible() and label.text()]


def codes(card: PlanCardView) -> list[str]:
    return [block.text.toPlainText() for block in card.findChildren(CodeBlock) if block.isVisible()]


def test_a_card_says_what_it_costs_and_whether_it_can_be_undone(view: ConversationView) -> None:
    card = show(view, warnings=["SSH lets others in."])
    assert words(card) == [
        "Install GIMP for you",
        "Adds GIMP 3.0.2 to your programs.",
        "Download about 110 MB.",
        "You can undo this.",
        "SSH lets others in.",
        "Nothing has been changed yet.",
    ]


def test_the_buttons_say_which_plan(view: ConversationView, qtbot: QtBot) -> None:
    card = show(view)
    with qtbot.waitSignal(view.plan_allowed) as allowed:
        qtbot.mouseClick(card.buttons.allow, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.plan_rejected) as rejected:
        qtbot.mouseClick(card.buttons.reject, Qt.MouseButton.LeftButton)
    assert (allowed.args, rejected.args) == (["p1"], ["p1"])


def test_a_card_that_does_not_ask_cannot_be_answered(view: ConversationView) -> None:
    card = show(view, asking=False)
    assert not card.buttons.allow.isEnabled()
    view.model.ask_permission("p1")
    assert card_of(view).buttons.allow.isEnabled()
    view.model.withdraw_permission("p1")
    assert not card_of(view).buttons.allow.isEnabled()


def test_a_question_may_come_before_its_card(view: ConversationView) -> None:
    view.model.ask_permission("p9")
    assert show(view, "p9", asking=False).buttons.allow.isEnabled()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("waiting", ["What exactly happens", "Not now", "Explain", "Install"]),
        ("queued", ["What exactly happens", "Explain"]),
        ("running", ["What exactly happens", "Explain"]),
        ("done", ["The details", "Explain", "Undo"]),
        ("failed", ["The details", "Explain", "Try again"]),
        ("interrupted", ["The details", "Explain", "Try again"]),
        ("stopped", ["The details", "Explain"]),
        ("declined", ["The details", "Explain"]),
        ("expired", ["The details", "Explain"]),
    ],
)
def test_each_state_has_its_buttons(view: ConversationView, state: PlanState, expected: list[str]) -> None:
    undo = state == "done"
    view.model.append_person("install gimp")
    card = show(view, state=state, entry_id=7 if undo else None, can_undo_now=undo)
    assert [button.text() for button in card.buttons.shown()] == expected


def test_undo_is_reported(view: ConversationView, qtbot: QtBot) -> None:
    card = show(view, state="done", asking=False, entry_id=42, can_undo_now=True)
    with qtbot.waitSignal(view.undo_requested) as undone:
        card.buttons.allow.click()
    assert undone.args == [42]


def test_nothing_moves_when_the_state_changes(view: ConversationView) -> None:
    for number in range(12):
        say(view.model, f"a{number}", "Some words before the card.")
    card = show(view)
    top, height = card.y(), card.height()

    def places() -> dict[str, QPoint]:
        buttons = card.buttons
        named = {
            "first": buttons.reject,
            "explain": buttons.explain,
            "last": buttons.allow,
            "more": buttons.details,
        }
        return {name: one.mapTo(view, QPoint(0, 0)) for name, one in named.items() if one.isVisible()}

    before = places()
    for state in ("queued", "running", "done"):
        view.model.set_plan(plan_card(state=state, entry_id=1, can_undo_now=state == "done"))
        view.model.set_progress("p1-1", Progress(done=1, expected=4, unit="paths", text="1 of 4"))
        assert card_of(view) is card
        now = places()
        assert {name: before[name] for name in now if name != "last"} == {
            name: place for name, place in now.items() if name != "last"
        }
        assert now["last"].y() == before["last"].y()
        assert (card.y(), card.height()) == (top, height), state


@pytest.mark.parametrize(
    ("level", "packages", "commands"),
    [("sentence", False, False), ("changes", True, False), ("everything", True, True)],
)
def test_the_level_opens_the_card(view: ConversationView, level: str, packages: bool, commands: bool) -> None:
    view.set_level_features(level, "buttons", "bar")
    card = show(view)
    assert ("gimp 3.0.2 is added" in words(card)) is packages
    assert ("nix-env -iA nixpkgs.gimp" in codes(card)) is commands


def test_one_key_opens_everything_at_the_first_level(view: ConversationView) -> None:
    card = show(view, removals=["Generation 3"])
    where = card.buttons.details.mapTo(view, QPoint(0, 0))
    card.buttons.details.setFocus()
    QTest.keyClick(card.buttons.details, Qt.Key.Key_Return)
    assert "gimp 3.0.2 is added" in words(card)
    assert "Generation 3" in words(card)
    assert codes(card)[0] == "nix-env -iA nixpkgs.gimp"
    assert "-a = 1;" in codes(card)[1]
    assert card.buttons.details.mapTo(view, QPoint(0, 0)) == where
    QTest.keyClick(card.buttons.details, Qt.Key.Key_Return)
    assert codes(card) == []


def test_what_was_opened_stays_open_when_the_card_is_shown_again(view: ConversationView) -> None:
    card = show(view)
    card.buttons.details.click()
    for number in range(80):
        say(view.model, f"m{number}", "Words. " * 30)
    view.transcript.scroll_to_end()
    view.transcript.verticalScrollBar().setValue(0)
    assert codes(card_of(view))[0] == "nix-env -iA nixpkgs.gimp"


def test_many_changes_are_all_there(view: ConversationView) -> None:
    view.set_level_features("changes", "buttons", "bar")
    card = show(
        view, packages=[PackageChange(name=f"p{number}", before="1", after="2") for number in range(50)]
    )
    (listing,) = codes(card)
    assert listing.count("\n") == 49
    assert "p49: 1 becomes 2" in listing


def test_a_command_can_be_copied(view: ConversationView, qtbot: QtBot) -> None:
    view.set_level_features("everything", "buttons", "bar")
    card = show(view)
    block = next(block for block in card.findChildren(CodeBlock) if block.isVisible())
    qtbot.mouseClick(block.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "nix-env -iA nixpkgs.gimp"


@pytest.mark.parametrize("width", [500, 640, 800, 1100])
def test_a_command_is_seen_to_its_last_line(view: ConversationView, width: int) -> None:
    view.resize(1100, 700)
    view.set_level_features("everything", "palette", "log")
    command = "nix profile install --profile /nix/var/nix/profiles/per-user/somebody/profile 'path:/a/b#htop'"
    show(view, steps=[StepCard(tool_call_id="x", title="t", command=command)], asking=False)
    view.resize(width, 700)
    block = next(one for one in card_of(view).findChildren(CodeBlock) if one.isVisible())
    assert block.text.toPlainText() == command
    text = block.text
    assert not text.horizontalScrollBar().isVisible()
    assert text.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    cursor = text.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    assert text.viewport().rect().contains(text.cursorRect(cursor))
    assert block.focusables() == [block.copy_button]


def test_a_command_cannot_hide_anything(view: ConversationView) -> None:
    view.set_level_features("everything", "buttons", "bar")
    step = StepCard(tool_call_id="x", title="t", command="echo \u202e\u200bhi")
    assert codes(show(view, steps=[step]))[0] == "echo \\u202e\\u200bhi"


def test_explain_shows_the_explanation_of_the_card(view: ConversationView, qtbot: QtBot) -> None:
    card = show(view)
    with qtbot.assertNotEmitted(view.explain_requested):
        card.buttons.explain.click()
    assert [piece.toPlainText() for piece in card.findChildren(TextPiece) if piece.isVisible()] == [
        "A profile is the list of your programs."
    ]
    silent = show(view, "p2", explanation="")
    with qtbot.waitSignal(view.explain_requested) as asked:
        silent.buttons.explain.click()
    assert asked.args == ["p2"]


def test_progress_has_a_bar_and_a_sentence(view: ConversationView) -> None:
    card = show(view, state="running", asking=False)
    assert card.status.busy.isVisible()
    assert not card.status.bar.active
    progress = Progress(done=46, expected=110, unit="bytes", phase="Download", text="46 of 110 MB are here.")
    view.model.set_progress("p1-1", progress)
    card = card_of(view)
    assert card.status.bar.active
    assert card.status.bar.value() == 418
    assert card.status.line.label.text() == "46 of 110 MB are here."
    view.set_level_features("changes", "buttons", "phases")
    assert card_of(view).status.line.label.text() == "Download: 46 of 110 MB are here."


def test_what_was_printed_is_in_the_details_of_what_failed_at_every_level(view: ConversationView) -> None:
    show(view, state="running", asking=False)
    view.model.append_output("p1-1", [f"gcc line {number}" for number in range(60)])
    view.model.append_output("p1-1", ["main.c:3:10: fatal error: zlib.h: No such file or directory"])
    show(view, state="failed", asking=False, state_text="It could not be built.")
    for level in (("sentence", "buttons", "bar"), ("changes", "on-request", "phases")):
        view.set_level_features(*level)
        card = card_of(view)
        if not card.details.isVisible():
            QTest.mouseClick(card.buttons.details, Qt.MouseButton.LeftButton)
        shown = "\n".join(block.text.toPlainText() for block in card.details.findChildren(CodeBlock))
        assert "zlib.h: No such file" in shown
        assert "gcc line 25" in shown, "more than the last 30 lines"


def test_only_the_expert_sees_the_output(view: ConversationView) -> None:
    card = show(view, state="running", asking=False)
    view.model.append_output("p1-1", ["first"])
    assert not card_of(view).status.output.isVisible()
    view.set_level_features("everything", "palette", "log")
    view.model.append_output("p1-1", [f"line {number}" for number in range(9000)])
    output = card_of(view).status.output
    assert output.isVisible()
    assert output.toPlainText().endswith("line 8999")
    assert output.blockCount() <= 5000
    assert output.verticalScrollBar().value() == output.verticalScrollBar().maximum()
    assert card.height() == card_of(view).height()


def test_a_final_plan_looks_different_and_is_never_chosen_for_the_person(
    view: ConversationView, qtbot: QtBot
) -> None:
    card = show(
        view, final=True, undoable=False, undo="This cannot be undone.", allow_label="Delete for good"
    )
    assert card.buttons.allow.property("kind") == "danger"
    assert not card.buttons.allow.isEnabled(), "a second click of the one before must not delete anything"
    qtbot.waitUntil(card.buttons.allow.isEnabled)
    assert view.focus_latest_plan()
    assert QApplication.focusWidget() is card.buttons.reject
    with qtbot.assertNotEmitted(view.plan_allowed):
        QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is card.buttons.allow
    with qtbot.waitSignal(view.plan_allowed):
        QTest.keyClick(card.buttons.allow, Qt.Key.Key_Return)


def test_the_newest_plan_that_waits_gets_the_focus(view: ConversationView) -> None:
    assert not view.focus_latest_plan()
    show(view, "p1")
    show(view, "p2", state="done", asking=False)
    assert view.focus_latest_plan()
    assert QApplication.focusWidget() is card_of(view, "p1").buttons.allow


def test_keys_answer_the_plan_that_waits(view: ConversationView, qtbot: QtBot) -> None:
    show(view)
    with qtbot.waitSignal(view.plan_allowed) as allowed:
        QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(view.plan_rejected) as rejected:
        QTest.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert (allowed.args, rejected.args) == (["p1"], ["p1"])


def test_a_plan_that_is_out_of_sight_is_shown_before_a_key_does_it(
    view: ConversationView, qtbot: QtBot
) -> None:
    show(view)
    for number in range(60):
        say(view.model, f"m{number}", "Words. " * 30)
    view.transcript.scroll_to_end()
    with qtbot.assertNotEmitted(view.plan_allowed):
        QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    first, last = view.transcript.rows_in_sight()
    assert first <= 0 <= last
    with qtbot.waitSignal(view.plan_allowed):
        QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)


def test_keys_do_nothing_when_no_plan_waits(view: ConversationView, qtbot: QtBot) -> None:
    show(view, state="done", asking=False)
    with qtbot.assertNotEmitted(view.plan_allowed), qtbot.assertNotEmitted(view.plan_rejected):
        QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)


def test_the_plan_is_announced_from_question_to_result(view: ConversationView) -> None:
    heard: list[str] = []
    view.announcer.announced.connect(heard.append)
    show(view)
    view.model.set_plan(plan_card(state="running"))
    for done in range(0, 101, 5):
        view.model.set_progress("p1-1", Progress(done=done, expected=100, unit="bytes"))
    view.model.set_plan(plan_card(state="done", state_text="GIMP is installed."))
    assert heard[0].startswith("Your decision is needed. Install GIMP for you. Adds GIMP 3.0.2")
    assert heard[1:] == [
        "Begun: Install GIMP for you", "25 percent", "50 percent", "75 percent", "GIMP is installed.",
    ]  # fmt: skip


def test_a_screen_reader_hears_the_whole_card(view: ConversationView) -> None:
    card = show(view)
    name = QAccessible.queryAccessibleInterface(card).text(QAccessible.Text.Name)
    for part in (
        "Install GIMP for you",
        "Adds GIMP",
        "110 MB",
        "You can undo this",
        "Nothing has been changed",
    ):
        assert part in name
    card.buttons.details.click()
    for button in card.findChildren(QPushButton):
        if button.isVisible():
            assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
