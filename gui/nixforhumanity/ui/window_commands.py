"""The actions of the window: their words, their keys, and what each does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.messages import AvailableCommand
from nixforhumanity.settings.declarations import LEVEL, TEXT_SIZE, THEME, Setting, Value
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.palette.palette_model import PaletteItem
from nixforhumanity.ui.session_controller import SessionController
from nixforhumanity.ui.sidebar.sidebar import Place

if TYPE_CHECKING:
    from nixforhumanity.ui.palette.command_palette import CommandPalette


class WindowCommands(QObject):
    """Adds every command to the window, and opens what they open."""

    def __init__(self, window: MainWindow, controller: SessionController) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._palette: CommandPalette | None = None
        add = window.commands.add
        add("palette", lambda: self.tr("Search actions"), self.open_palette, "Ctrl+K", listed=False)
        add("new", lambda: self.tr("New conversation"), self._begin, "Ctrl+N")
        add("find", lambda: self.tr("Find in this conversation"), self._find, "Ctrl+F")
        add(
            "copy-command",
            lambda: self.tr("Copy the last command"),
            lambda: window.conversation.copy_last_command(),
            "Ctrl+Shift+C",
        )
        add("stop", lambda: self.tr("Stop what runs"), self._stop, "Esc").setEnabled(False)
        add("undo", lambda: self.tr("Undo the last change"), self._undo, "Ctrl+Z")
        for number, place in enumerate(Place, 1):
            self._add_place(place, f"Ctrl+{number}")
        add("settings", lambda: self.tr("Settings"), self.open_settings, "Ctrl+,")
        add("server", lambda: self.tr("Connection to the assistant"), lambda: self.open_settings(server=True))
        add("shortcuts", lambda: self.tr("Keyboard shortcuts"), self._show_shortcuts, "F1", "Ctrl+?")
        add("larger", lambda: self.tr("Larger text"), lambda: self._resize_text(1), "Ctrl+=", "Ctrl++")
        add("smaller", lambda: self.tr("Smaller text"), lambda: self._resize_text(-1), "Ctrl+-")
        add("normal-size", lambda: self.tr("Normal text size"), lambda: self._set(TEXT_SIZE, 100), "Ctrl+0")
        self._add_choices()
        add(
            "region",
            lambda: self.tr("Next part of the window"),
            lambda: window.move_to_next_region(1),
            "F6",
            listed=False,
        )
        add(
            "region-back",
            lambda: self.tr("Part of the window before"),
            lambda: window.move_to_next_region(-1),
            "Shift+F6",
            listed=False,
        )
        add("input", lambda: self.tr("Go to the input"), self._go_to_input, "Ctrl+L")
        add("quit", lambda: self.tr("Quit"), lambda: self._quit(), "Ctrl+Q")

    def open_palette(self) -> None:
        """Open the palette with what can be done now."""
        if self._palette is None:
            from nixforhumanity.ui.palette.command_palette import CommandPalette

            self._palette = CommandPalette(self._palette_items, self._window)
            self._palette.asked.connect(self._controller.send)
        self._palette.show_palette()

    def open_settings(self, *, server: bool = False) -> None:
        """Open the settings."""
        dialog = self._window.settings_dialog
        if (state := self._window.header.pill.state) is not None:
            dialog.server.show_connection(state)
        dialog.show_settings(server=server)
        self._window.settings_opened.emit(dialog)

    def _add_place(self, place: Place, keys: str) -> None:
        show, words = self._window.show_place, self._place_words
        self._window.commands.add(f"place-{place.value}", lambda: words(place), lambda: show(place), keys)

    def _add_choices(self) -> None:
        add = self._window.commands.add
        add("level-beginner", lambda: self.tr("Level: Beginner"), lambda: self._set(LEVEL, "beginner"))
        add(
            "level-intermediate",
            lambda: self.tr("Level: Intermediate"),
            lambda: self._set(LEVEL, "intermediate"),
        )
        add("level-expert", lambda: self.tr("Level: Expert"), lambda: self._set(LEVEL, "expert"))
        add(
            "theme-system",
            lambda: self.tr("Colours: as the desktop has them"),
            lambda: self._set(THEME, "system"),
        )
        add("theme-light", lambda: self.tr("Colours: light"), lambda: self._set(THEME, "light"))
        add("theme-dark", lambda: self.tr("Colours: dark"), lambda: self._set(THEME, "dark"))
        add(
            "theme-contrast",
            lambda: self.tr("Colours: high contrast"),
            lambda: self._set(THEME, "high-contrast"),
        )

    def _palette_items(self) -> list[PaletteItem]:
        items = [
            PaletteItem(command.text, command.run, command.shortcut_text, command.enabled)
            for command in self._window.commands
            if command.listed
        ]
        items += [self._slash_item(one) for one in self._window.prompt.completion.commands]
        conversations = self._window.sidebar.sessions.conversations
        items += [self._conversation_item(one.session_id) for one in conversations]
        return items

    def _slash_item(self, slash: AvailableCommand) -> PaletteItem:
        return PaletteItem(
            slash.description or slash.name,
            lambda: self._window.prompt.set_words(f"/{slash.name} "),
            f"/{slash.name}",
        )

    def _conversation_item(self, session_id: str) -> PaletteItem:
        sessions = self._window.sidebar.sessions
        return PaletteItem(
            sessions.title_of(session_id),
            lambda: sessions.conversation_picked.emit(session_id),
            self.tr("Conversation"),
        )

    def _begin(self) -> None:
        self._window.show_place(Place.CONVERSATION)
        self._controller.new_conversation()
        self._go_to_input()

    def _find(self) -> None:
        self._window.show_place(Place.CONVERSATION)
        self._window.find_bar.open_bar()

    def _stop(self) -> None:
        if self._window.find_bar.isAncestorOf(self._window.focusWidget()):
            self._window.find_bar.close_bar()
        else:
            self._controller.stop()

    def _undo(self) -> None:
        if self._window.prompt.holds_text:
            self._window.prompt.editor.undo()
        else:
            self._controller.ask_undo()

    def _go_to_input(self) -> None:
        self._window.prompt.editor.setFocus()

    def _show_shortcuts(self) -> None:
        from nixforhumanity.ui.palette.shortcuts_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._window.commands, self._window)
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def _resize_text(self, step: int) -> None:
        sizes = TEXT_SIZE.choices
        at = sizes.index(self._window.settings.get(TEXT_SIZE)) + step
        if 0 <= at < len(sizes):
            self._set(TEXT_SIZE, sizes[at])

    def _set(self, setting: Setting[Value], value: Value) -> None:
        try:
            self._window.settings.set(setting, value)
        except UserError as error:
            self._window.notice.tell(self._window.words(error.message), tone="error")

    def _quit(self) -> None:
        self._window.close()

    def _place_words(self, place: Place) -> str:
        if place is Place.CONVERSATION:
            return QCoreApplication.translate("Sidebar", "Conversation")
        return QCoreApplication.translate("Sidebar", "History")
