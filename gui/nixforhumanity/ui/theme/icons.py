"""Our line icons, in the colours of the current look and sharp at every scale."""

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QDir, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from nixforhumanity.core.resources import resource
from nixforhumanity.ui.theme.palettes import colours_of

APP_ICON = "nix-for-humanity"


class Ink(Enum):
    """The colour that an icon is drawn in: a field of `Colours`."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    DANGER = "danger"
    ON_DANGER = "on_danger"
    SUCCESS = "success"
    WARNING = "warning"


class _LineIconEngine(QIconEngine):
    """Draws one icon with the colour that the look has at the moment of painting."""

    def __init__(self, name: str, ink: Ink) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def clone(self) -> QIconEngine:
        """See QIconEngine."""
        return _LineIconEngine(self._name, self._ink)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """See QIconEngine."""
        scale = painter.device().devicePixelRatio()
        pixmap = self.pixmap(rect.size() * scale, mode, state)
        painter.drawPixmap(rect, pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """See QIconEngine; `size` is in device pixels."""
        colours = colours_of(QGuiApplication.palette())
        colour: str = colours.muted if mode is QIcon.Mode.Disabled else getattr(colours, self._ink.value)
        side = min(size.width(), size.height())
        key = f"{self._name} {colour} {side}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = _drawn(self._name, colour, side)
            QPixmapCache.insert(key, pixmap)
        return pixmap


def icon(name: str, ink: Ink = Ink.TEXT) -> QIcon:
    """Return a line icon; it follows the look by itself. Raises FileNotFoundError for an unknown name."""
    _source(name)
    return QIcon(_LineIconEngine(name, ink))


def icon_pixmap(name: str, colour: str, side: int, scale: float) -> QPixmap:
    """Return the icon in this colour, `side` device-independent pixels wide, for a screen of this scale."""
    device_side = round(side * scale)
    key = f"{name} {colour} {device_side} {scale}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _drawn(name, colour, device_side)
        pixmap.setDevicePixelRatio(scale)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons", f"{APP_ICON}.svg")))


def register_icon_folder() -> None:
    """Let style sheets find the pictures of check boxes and arrows as `icons:...`."""
    QDir.setSearchPaths("icons", [str(resource("icons"))])


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


def _drawn(name: str, colour: str, side: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(max(1, side), max(1, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRect(QPoint(0, 0), pixmap.size()).toRectF())
    painter.end()
    return pixmap
