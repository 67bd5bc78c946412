"""What an empty conversation shows: what this is, what was found here, and three things to try."""

from collections.abc import Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QWidget

from nixforhumanity.ui.conversation.stack import IconLine, IconMark, Stack, text_label
from nixforhumanity.ui.conversation.visible_text import visible_text
from nixforhumanity.ui.theme.icons import icon
from nixforhumanity.ui.theme.palettes import body_points
from nixforhumanity.ui.theme.tokens import MEASURE_PIXELS, SMALLEST_BODY_POINTS, Space

_WIDEST = 560 / MEASURE_PIXELS
_ICONS = MappingProxyType(
    {
        "suggest_package": "search", "search_packages": "search", "list_installed": "package",
        "diff_generations": "history", "explain_concept": "learn",
    }
)  # fmt: skip


class FirstStartView(QScrollArea):
    """Long at the very first start, short for every new conversation after that."""

    suggestion_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A viewport that Qt made would cost 15 ms: PySide looks through every class to find what it is.
        self.setViewport(QWidget())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._short = False
        self._sentences: list[str] = []
        self._given: list[tuple[str, str]] = []
        self._problem = self._detail = ""
        self._detail_open = False
        self._page = QWidget()
        self._stack = Stack(self._page)
        self._buttons: list[QPushButton] = []
        self.setWidget(self._page)
        self.viewport().setAutoFillBackground(False)
        self._page.setAutoFillBackground(False)
        self._build()

    @property
    def buttons(self) -> Sequence[QPushButton]:
        """The things to try."""
        return self._buttons

    def set_short(self, short: bool) -> None:
        """Leave out what a person who has used the program knows."""
        if short != self._short:
            self._short = short
            self._build()

    def set_host_sentences(self, sentences: Sequence[str], problem: str = "", detail: str = "") -> None:
        """Show what was found on this computer, a line each; what does not work, with what it said."""
        if (list(sentences), problem, detail) != (self._sentences, self._problem, self._detail):
            self._sentences, self._problem, self._detail = list(sentences), problem, detail
            self._build()

    def set_examples(self, examples: Sequence[tuple[str, str]]) -> None:
        """Offer these to try, each a request of the catalogue and its words; none: the window's own."""
        if list(examples) != self._given:
            self._given = list(examples)
            self._build()

    def _examples(self) -> list[tuple[str, str]]:
        """Icon and words; the words are said as they are shown."""
        if self._given:
            return [(_ICONS.get(request, "question"), visible_text(words)) for request, words in self._given]
        return [
            ("search", self.tr("I need something to edit photos")),
            ("package", self.tr("What is installed?")),
            ("history", self.tr("What changed since yesterday?")),
        ]

    def _build(self) -> None:
        self._stack.drop_all()
        self._buttons = []
        if self._short:
            self._stack.add(text_label(self.tr("What would you like to do?"), size="heading"))
        else:
            self._stack.add(_Centred(IconMark("spark", "accent", 40)))
            self._stack.add(text_label(self.tr("Say what you want from your computer"), size="heading"), 16)
            about = self.tr(
                "Write it in your own words, and you see a plan before anything happens. "
                "Nothing is changed until you agree, and what was changed can be taken back."
            )
            self._stack.add(text_label(about, tone="muted"), Space.MEDIUM)
        for heading in self._stack.parts:
            if hasattr(heading, "setAlignment"):
                heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if self._sentences and not self._short:
            self._stack.add(text_label(self.tr("On this computer"), size="caption", tone="muted"), Space.WIDE)
            for sentence in self._sentences:
                self._stack.add(IconLine("check", "success", sentence), Space.SMALL)
        if self._problem:
            self._add_problem()
        self._stack.add(text_label(self.tr("Try this"), size="caption", tone="muted"), Space.WIDE)
        for name, words in self._examples():
            self._stack.add(self._example(name, words), Space.SMALL)
        for part in self._stack.parts:
            part.show()
        self.setFocusProxy(self._buttons[0])
        self._arrange()

    def _add_problem(self) -> None:
        """Also on the short page: without Nix nearly nothing can be done."""
        self._stack.add(IconLine("warning", "warning", visible_text(self._problem)), Space.MEDIUM)
        if not self._detail:
            return
        button = QPushButton(self.tr("Hide details") if self._detail_open else self.tr("Show details"))
        button.setProperty("kind", "quiet")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._toggle_detail)
        self._stack.add(button, Space.TINY)
        if self._detail_open:
            self._stack.add(text_label(visible_text(self._detail), tone="muted"), Space.TINY)

    def _toggle_detail(self) -> None:
        self._detail_open = not self._detail_open
        self._build()

    def _example(self, name: str, words: str) -> QPushButton:
        button = QPushButton(icon(name), "  " + words)
        button.setProperty("kind", "option")
        button.setAccessibleName(words)
        button.setAutoDefault(True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.suggestion_picked.emit(words))
        self._buttons.append(button)
        return button

    def resizeEvent(self, event: object) -> None:
        """Place the page."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _arrange(self) -> None:
        room = self.viewport().width()
        if room <= 0:
            return
        measure = round(MEASURE_PIXELS * _WIDEST * body_points(self) / SMALLEST_BODY_POINTS)
        width = max(80, min(room - 2 * Space.LARGE, measure))
        height = self._stack.heightForWidth(width)
        whole = max(self.viewport().height(), height + 2 * Space.WIDE)
        self._page.resize(room, whole)
        # A little above the middle looks like the middle.
        self._stack.setGeometry(
            (room - width) // 2, max(Space.WIDE, (whole - height) * 2 // 5), width, height
        )
        self._stack.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._build()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()


class _Centred(QWidget):
    """Keeps a widget of fixed size in the middle."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        inner.setParent(self)

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return self._inner.height()

    def resizeEvent(self, event: object) -> None:
        """Place it."""
        self._inner.move((self.width() - self._inner.width()) // 2, 0)
