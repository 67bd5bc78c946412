"""Looks: contrast, live switching, icons, sizes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QStyle, QStyleOptionButton, QTextEdit
from pytestqt.qtbot import QtBot

from nixforhumanity.core.resources import resource
from nixforhumanity.ui.theme.appearance import Theme, appearance_of, apply_theme, set_system_appearance
from nixforhumanity.ui.theme.icons import app_icon, icon, icon_pixmap
from nixforhumanity.ui.theme.palettes import colours_of, palette_of, scaled_pixels
from nixforhumanity.ui.theme.tokens import ALL_COLOURS, DARK, HIGH_CONTRAST, LIGHT, Colours, contrast

SURFACES = (
    "window",
    "page",
    "card",
    "sunken",
    "hover",
    "accent_soft",
    "danger_soft",
    "success_soft",
    "warning_soft",
)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    set_system_appearance(qapp, dark=None)
    appearance_of(qapp).reduce_motion(False)
    apply_theme(qapp, Theme.LIGHT)


@pytest.mark.parametrize("colours", ALL_COLOURS, ids=lambda colours: colours.name)
@pytest.mark.parametrize("text", ["text", "muted", "accent", "danger", "success", "warning"])
def test_text_can_be_read_on_every_surface(colours: Colours, text: str) -> None:
    for surface in SURFACES:
        assert contrast(getattr(colours, text), getattr(colours, surface)) >= 4.5, surface


@pytest.mark.parametrize("colours", ALL_COLOURS, ids=lambda colours: colours.name)
def test_parts_of_controls_can_be_seen(colours: Colours) -> None:
    for part in ("outline", "focus", "accent", "danger"):
        for surface in ("window", "page", "card", "sunken"):
            assert contrast(getattr(colours, part), getattr(colours, surface)) >= 3, (part, surface)
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_accent, colours.accent_hover) >= 4.5
    assert contrast(colours.on_danger, colours.danger) >= 4.5
    assert contrast(colours.on_danger, colours.danger_hover) >= 4.5


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("theme", "colours"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.HIGH_CONTRAST, HIGH_CONTRAST)]
)
def test_a_theme_shows_at_once(app: QApplication, theme: Theme, colours: Colours) -> None:
    apply_theme(app, theme)
    assert colours_of(app.palette()) is colours
    assert app.style().objectName() == "fusion" or app.styleSheet()


def test_system_follows_what_the_desktop_says(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, Theme.SYSTEM)
    set_system_appearance(app, dark=True)
    assert colours_of(app.palette()) is DARK
    with qtbot.waitSignal(appearance_of(app).changed):
        set_system_appearance(app, dark=False, high_contrast=True)
    assert colours_of(app.palette()) is HIGH_CONTRAST
    apply_theme(app, Theme.LIGHT)
    assert colours_of(app.palette()) is LIGHT


def test_text_grows_and_indicators_grow_with_it(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, Theme.LIGHT, 1.0)
    box = QCheckBox("x")
    qtbot.addWidget(box)
    box.ensurePolished()

    def indicator() -> int:
        option = QStyleOptionButton()
        option.initFrom(box)
        return box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box).width()

    points, small = app.font().pointSizeF(), indicator()
    apply_theme(app, Theme.LIGHT, 2.0)
    assert app.font().pointSizeF() == pytest.approx(2 * points)
    assert indicator() >= 1.7 * small
    assert scaled_pixels(box, 18) == 36
    apply_theme(app, Theme.LIGHT, 9.0)
    assert app.font().pointSizeF() == pytest.approx(2 * points)


def test_a_foreign_palette_has_the_nearest_look(app: QApplication) -> None:
    foreign = QPalette()
    foreign.setColor(QPalette.ColorRole.Window, QColor("#202020"))
    assert colours_of(foreign) is DARK
    assert colours_of(palette_of(LIGHT)) is LIGHT


def test_a_transparent_widget_has_the_look_of_the_program(app: QApplication, qtbot: QtBot) -> None:
    text = QTextEdit()
    qtbot.addWidget(text)
    text.setProperty("bare", True)
    for theme, colours in ((Theme.DARK, DARK), (Theme.LIGHT, LIGHT)):
        apply_theme(app, theme)
        text.ensurePolished()
        assert colours_of(text.palette()) is colours


def test_the_focused_button_has_a_ring(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, Theme.LIGHT)
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.show()
    button.clearFocus()
    plain = button.grab().toImage()
    qtbot.waitExposed(button)
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != plain


ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


def test_there_are_icons() -> None:
    assert len(ICONS) >= 30


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_inside_its_box(app: QApplication, name: str) -> None:
    image = icon_pixmap(name, "#ff0000", 24, 2.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    assert image.size() == QSize(48, 48)
    inked = sum(QColor.fromRgba(image.pixel(x, y)).alpha() > 128 for x in range(48) for y in range(48))
    assert 20 < inked < 48 * 48 - 20


def test_an_icon_follows_the_look_by_itself(app: QApplication) -> None:
    picture = icon("send")
    seen = []
    for theme in (Theme.LIGHT, Theme.DARK):
        apply_theme(app, theme)
        image = picture.pixmap(QSize(24, 24), 2.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        assert image.size() == QSize(48, 48)
        solid = {
            QColor.fromRgba(image.pixel(x, y)).name()
            for x in range(48)
            for y in range(48)
            if image.pixel(x, y) >> 24 == 255
        }
        seen.append(solid)
    assert seen == [{LIGHT.text}, {DARK.text}]


def test_an_unknown_icon_is_an_error(app: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_the_program_has_an_icon(app: QApplication) -> None:
    assert not app_icon().pixmap(64, 64).isNull()


def test_disabled_icons_are_muted(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, Theme.LIGHT)
    image = icon("check").pixmap(QSize(24, 24), 1.0, icon("check").Mode.Disabled).toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid <= {LIGHT.muted}
    assert solid
    assert app.layoutDirection() is Qt.LayoutDirection.LeftToRight
