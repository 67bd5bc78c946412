"""Nothing is cut or overlaps: every place, look, text size, direction and width, and a longer language."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget

from nixforhumanity.core import wording
from nixforhumanity.protocol.cards import GenerationCard, JournalEntry, JournalResponse, PackageChange
from nixforhumanity.protocol.messages import SessionInfo
from nixforhumanity.settings.declarations import (
    LANGUAGE_MODEL_ADDRESS,
    LANGUAGE_MODEL_NAME,
    LANGUAGE_MODEL_ON,
    LEVEL,
    SERVER_PLACE,
    TEXT_SIZE,
    THEME,
)
from nixforhumanity.ui.palette.command_palette import CommandPalette
from nixforhumanity.ui.sidebar.sidebar import Place
from ui.conversation_demo import fill_talk
from ui.fake_connection import connected, lost, port_taken
from ui.fake_own_words import FakeOwnWords, card
from ui.layout_rules import defects
from ui.longer_language import LongerBundle, LongerTranslator, longer
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401

THEMES = ("light", "dark", "high-contrast")
SIZES = (100, 200)
DIRECTIONS = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)
LANGUAGES = ("en", "longer")
WIDTHS = (1200, 480)
LOOKS = [
    pytest.param(*look, id=f"{look[0]}-{look[1]}-{'rtl' if look[2] is DIRECTIONS[1] else 'ltr'}-{look[3]}")
    for look in product(THEMES, SIZES, DIRECTIONS, LANGUAGES)
]
LONG_NAME = "python3.11-collaborative-spreadsheet-development-libraries-with-debug-symbols"


def journal() -> JournalResponse:
    """Return a history with long names, all states and both ways back."""
    change = PackageChange(name=LONG_NAME, before="1.0.2026-11-24", after="1.0.2026-11-25")
    states = ("done", "failed", "stopped", "interrupted", "undone", "running")
    return JournalResponse(
        entries=[
            JournalEntry(
                entry_id=20 - number,
                session_id="s1",
                request="install_package",
                title=f"Install {LONG_NAME} and everything that it needs to work on this computer",
                at=f"2026-11-{20 - number}T09:30:00Z",
                state=state,  # type: ignore[arg-type]
                state_text="The download broke off. Nothing was changed. Check the network and try again.",
                commands=[f"nix-env -iA nixpkgs.{LONG_NAME}"],
                packages=[change] * 8,
                can_undo=state == "done",
                undo_reason="" if state == "done" else "Only a change that was finished can be undone.",
                generation=13 if state == "done" else None,
            )
            for number, state in enumerate(states)
        ],
        generations=[
            GenerationCard(number=14, at="2026-11-22T09:30:00Z", current=True, packages=[]),
            GenerationCard(number=13, at="2026-11-20T09:30:05Z", current=False, packages=[change]),
            GenerationCard(number=3, at="2025-03-02T12:00:00Z", current=False, packages=[change]),
        ],
    )


@pytest.fixture
def longer_texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[LongerTranslator]:
    """Give the translator of the longer language; put everything back afterwards."""
    translator = LongerTranslator()
    yield translator
    QCoreApplication.removeTranslator(translator)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def settle() -> None:
    """Let every layout that was put off happen, and everything be painted."""
    for _ in range(4):
        QApplication.processEvents()


def places(world: WindowWorld) -> Iterator[tuple[str, QWidget]]:  # noqa: F811
    """Show one place after the other; the conversation's rows are their own tests' business."""
    window = world.window
    for state, name in ((connected(), "connected"), (lost(), "lost"), (port_taken(), "failed")):
        world.connection.become(state)
        for part in (window.header, window.sidebar, window.prompt, window.connection_banner):
            yield f"{name} {part.objectName()}", part
    world.connection.become(connected())
    window.prompt.show_busy(True)
    yield "busy", window.prompt
    window.prompt.show_busy(False)
    world.type("/")
    yield "commands", window.prompt
    window.prompt.editor.clear()
    world.key("Ctrl+F")
    yield "find", window.find_bar
    window.find_bar.close_bar()
    window.show_place(Place.HISTORY)
    world.until(lambda: len(world.tasks) == 0)
    yield "history", window.history
    window.show_place(Place.CONVERSATION)
    for server in (False, True):
        world.binding.commands.open_settings(server=server)
        yield f"settings {server}", window.settings_dialog
        window.settings_dialog.close()
    world.binding.commands.open_settings()
    window.settings_dialog.show_language_model()
    yield "settings of the language model", window.settings_dialog
    window.settings_dialog.show_own_words()
    world.until(lambda: len(world.tasks) == 0)
    yield "my words", window.settings_dialog
    world.press("edit-words-2")
    world.until(lambda: world.shown("leave-words"))
    world.press("delete-all-words")
    yield "my words, while one is changed", window.settings_dialog
    world.press("keep-all-words")
    world.press("leave-words")
    window.settings_dialog.close()
    world.binding.commands.open_palette()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    yield "palette", palette
    palette.close()


@pytest.mark.parametrize(("theme", "size", "side", "language"), LOOKS)
def test_nothing_is_cut_or_overlaps(
    world: WindowWorld,  # noqa: F811
    longer_texts: LongerTranslator,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    size: int,
    side: Qt.LayoutDirection,
    language: str,
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if language == "longer":
        short = wording._bundle
        monkeypatch.setattr(wording, "_bundle", lambda language: LongerBundle(short(language)))
        QCoreApplication.installTranslator(longer_texts)
    application.setLayoutDirection(side)
    world.connection.journal_answer = journal()
    title = "Why is my disk full and what can I do"
    world.connect(SessionInfo(session_id="s1", cwd="/", title=title), last="s1")
    world.connection.offer_commands("install", "remove", "generations", "what-changed-since-yesterday")
    world.settings.set(THEME, theme)
    world.settings.set(TEXT_SIZE, size)
    world.settings.set(LEVEL, "expert")
    world.settings.set(SERVER_PLACE, "remote")
    world.settings.set(LANGUAGE_MODEL_ON, True)
    world.settings.set(LANGUAGE_MODEL_ADDRESS, "http://192.168.100.200:11434")
    world.settings.set(LANGUAGE_MODEL_NAME, "a-model-with-a-very-long-name:latest-instruct-q4")
    fill_talk(world.window.conversation.model)
    world.binding.use_own_words(
        FakeOwnWords(card(1, "chuck vlc out " * 8, used=4), card(2), *(card(one) for one in range(3, 9)))
    )
    wrong: list[str] = []
    for width in WIDTHS:
        world.window.resize(width, 800)
        settle()
        for place, root in places(world):
            settle()
            root.grab()
            wrong += [f"{width} {place}: {one}" for one in defects(root)]
    assert not wrong, "\n".join(wrong)


def test_the_longer_language_is_longer_and_keeps_what_is_filled_in() -> None:
    text = "Connected to {address}."
    assert "{address}" in longer(text)
    assert len(longer(text)) >= len(text) * 1.25
    assert "ö" in longer(text)


def test_the_rules_see_what_is_cut(world: WindowWorld) -> None:  # noqa: F811
    world.window.header.pill.setFixedWidth(30)
    world.find("level-beginner").setFixedWidth(20)
    settle()
    seen = "\n".join(defects(world.window))
    assert "connection-pill" in seen
    assert "level-beginner" in seen
