"""The window is never larger than the screen, and never outside of it."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

from nixforhumanity.ui import main_window
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.window_fit import FRAME_HEIGHT, fitted_place, fitted_size
from nixforhumanity.ui.window_state import WindowState
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        (QRect(0, 0, 1920, 1080), QSize(1100, 760)),
        (QRect(0, 0, 1024, 600), QSize(1024, 600 - FRAME_HEIGHT)),
        (QRect(0, 24, 480, 776), QSize(480, 776 - FRAME_HEIGHT)),
        (QRect(0, 0, 600, 430), QSize(600, 430 - FRAME_HEIGHT)),
    ],
)
def test_the_usual_size_as_far_as_there_is_room(screen: QRect, size: QSize) -> None:
    assert fitted_size(QSize(1100, 760), screen) == size


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        (QRect(100, 90, 400, 300), QRect(100, 90, 400, 300)),
        (QRect(900, 500, 400, 300), QRect(624, 300, 400, 300)),
        (QRect(-50, 0, 400, 300), QRect(0, 24, 400, 300)),
    ],
)
def test_what_lies_outside_is_moved_in(frame: QRect, place: QRect) -> None:
    assert fitted_place(frame, QRect(0, 24, 1024, 576)) == place


def test_a_new_window_fits_and_a_remembered_one_too(
    world: WindowWorld,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    monkeypatch.setattr(main_window, "WIDTH", room.width() + 500)
    monkeypatch.setattr(main_window, "HEIGHT", room.height() + 500)
    first = MainWindow(world.settings, WindowState(world.state.path), world.window.words)
    assert first.width() == room.width()
    assert first.height() == room.height() - FRAME_HEIGHT
    first.resize(room.width() * 2, room.height() * 2)
    first.show()
    first.close()
    again = MainWindow(world.settings, WindowState(world.state.path), world.window.words)
    assert again.width() <= room.width()
    assert again.height() <= room.height() - FRAME_HEIGHT
    assert room.contains(again.frameGeometry().topLeft())
    for one in (first, again):
        one.deleteLater()
