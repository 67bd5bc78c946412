"""The input: growing, bringing back, slash commands, a long paste, and whose Ctrl+Z it is."""

import time

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401

LONG = "".join(f"line {number} of a log that somebody wants explained\n" for number in range(2000))


def paste(world: WindowWorld, text: str) -> None:  # noqa: F811
    data = QMimeData()
    data.setText(text)
    world.window.prompt.editor.insertFromMimeData(data)


def test_shift_enter_begins_a_line_and_the_input_grows(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("one")
    height = world.window.prompt.editor.height()
    world.key("Shift+Return")
    world.type("two")
    assert world.written == "one\ntwo"
    assert world.window.prompt.editor.height() > height
    assert world.said == []


def test_the_input_grows_only_so_far(world: WindowWorld) -> None:  # noqa: F811
    editor = world.window.prompt.editor
    editor.set_words("\n".join("a line" for _ in range(8)))
    height = editor.height()
    editor.set_words("\n".join("a line" for _ in range(40)))
    assert editor.height() == height


def test_nothing_is_sent_when_nothing_is_written(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("   ")
    world.key("Return")
    assert world.said == []


def test_up_brings_back_what_was_said_and_down_leads_out_again(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    for words in ("first", "second"):
        world.type(words)
        world.key("Return")
    world.key("Up")
    assert world.written == "second"
    world.key("Up")
    assert world.written == "first"
    world.key("Down")
    world.key("Down")
    assert world.written == ""


def test_up_in_a_written_text_only_moves(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("first")
    world.key("Return")
    world.type("half a sen")
    world.key("Up")
    assert world.written == "half a sen"


def test_slash_lists_commands_and_enter_takes_one(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.offer_commands("install", "remove", "info")
    world.type("/in")
    assert world.shown("command-completion")
    world.key("Down")
    assert world.window.prompt.editor.accessibleDescription().startswith("/info")
    world.key("Return")
    assert world.written == "/info "
    assert not world.shown("command-completion")
    world.type("gimp")
    world.key("Return")
    assert world.said == ["/info gimp"]


def test_escape_closes_the_commands_and_keeps_the_words(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.offer_commands("install")
    world.type("/in")
    world.key("Escape")
    assert not world.shown("command-completion")
    assert world.written == "/in"


def test_a_command_written_to_its_end_is_sent_by_enter(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.offer_commands("undo")
    world.type("/undo")
    world.key("Return")
    assert world.said == ["/undo"]


def test_a_paste_of_100_kb_is_set_aside_quickly_and_sent_whole(world: WindowWorld) -> None:  # noqa: F811
    assert len(LONG) > 90_000
    world.connect()
    world.type("what is this?")
    began = time.process_time()
    paste(world, LONG)
    assert time.process_time() - began < 0.25
    assert world.written == "what is this?"
    assert world.shown("long-text")
    world.key("Return")
    assert world.said == [f"what is this?\n\n{LONG}"]
    assert not world.shown("long-text")


def test_a_set_aside_paste_can_be_removed_or_shown(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    paste(world, LONG)
    world.press("long-text-remove")
    assert not world.shown("long-text")
    paste(world, LONG)
    world.press("long-text-insert")
    assert world.written == LONG


def test_a_paste_that_is_too_long_is_not_sent_and_not_lost(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    paste(world, LONG * 4)
    world.key("Return")
    assert world.said == []
    assert world.window.prompt.long_text.too_large
    assert world.shown("long-text")


def test_a_short_paste_is_written(world: WindowWorld) -> None:  # noqa: F811
    paste(world, "nix-env -iA nixpkgs.gimp")
    assert world.written == "nix-env -iA nixpkgs.gimp"


def test_ctrl_z_undoes_typing_while_the_input_holds_text(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("half")
    world.key("Ctrl+Z")
    assert world.written == ""
    assert world.said == []


def test_ctrl_z_in_an_empty_input_asks_for_the_undo_card(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.window.prompt.editor.setFocus()
    world.key("Ctrl+Z")
    assert world.said == ["undo"]


def test_ctrl_z_elsewhere_undoes_typing_first(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("half")
    world.window.sidebar.focus_places()
    world.key("Ctrl+Z")
    assert world.written == ""
    world.key("Ctrl+Z")
    assert world.said == ["undo"]


def test_tab_leaves_the_input(world: WindowWorld) -> None:  # noqa: F811
    world.type("words")
    QTest.keyClick(world.window.prompt.editor, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not world.window.prompt.editor
    assert world.written == "words"


def test_the_cursor_rests_when_nothing_is_typed_and_blinks_again(world: WindowWorld) -> None:  # noqa: F811
    editor = world.window.prompt.editor
    usual = editor._quiet_cursor._usual_ms
    QTest.keyClick(editor, Qt.Key.Key_A)
    assert QApplication.styleHints().cursorFlashTime() == usual > 0
    editor._quiet_cursor._rest.timeout.emit()
    assert QApplication.styleHints().cursorFlashTime() == 0
    QTest.keyClick(editor, Qt.Key.Key_B)
    assert QApplication.styleHints().cursorFlashTime() == usual
