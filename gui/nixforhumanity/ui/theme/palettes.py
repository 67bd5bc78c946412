"""Our colours as Qt palettes, and back: which look a widget is shown in."""

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.theme.tokens import ALL_COLOURS, DARK, LIGHT, SMALLEST_BODY_POINTS, Colours, TypeSize

_BY_WINDOW = {colours.window: colours for colours in ALL_COLOURS}


def palette_of(colours: Colours) -> QPalette:
    """Return the palette of a look."""
    palette = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.card),
        (role.AlternateBase, colours.sunken),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Button, colours.card),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.on_danger),
        (role.ToolTipBase, colours.card),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Light, colours.card),
        (role.Midlight, colours.line),
        (role.Mid, colours.outline),
        (role.Dark, colours.outline),
        (role.Shadow, colours.text),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.muted))
    return palette


def colours_of(palette: QPalette) -> Colours:
    """Return the look that a palette shows; of a foreign palette the nearest one."""
    window = palette.color(QPalette.ColorRole.Window)
    if window.alpha() == 0:  # of a widget that the style sheet made transparent
        window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    known = _BY_WINDOW.get(window.name())
    return known or (DARK if window.lightness() < 128 else LIGHT)


def sized_font(widget: QWidget, size: TypeSize, *, bold: bool = False) -> QFont:
    """Return the widget's font at another size of the type scale."""
    font = QFont(widget.font())
    font.setPointSizeF(body_points(widget) * size.value)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def scaled_pixels(widget: QWidget, pixels: int) -> int:
    """Return a length that is right at a text size of 100 %, at the text size that is shown."""
    return max(pixels, round(pixels * body_points(widget) / SMALLEST_BODY_POINTS))


def body_points(widget: QWidget) -> float:
    """Return the size of body text, in points, where this widget is shown."""
    points = widget.font().pointSizeF()
    return points if points > 0 else widget.font().pixelSize() * 0.75
