"""What holds for everything on the screen: no text is cut, nothing leaves its parent or overlaps."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from nixforhumanity.ui.eliding_button import ElidingButton

SLACK = 1
"""Pixels that rounding may cost."""


def defects(root: QWidget) -> list[str]:
    """Return what is wrong with the visible widgets below `root`, in words."""
    if not root.isVisible():
        return []
    shown = [one for one in root.findChildren(QWidget) if one.isVisibleTo(root) and not one.isWindow()]
    shown = [one for one in shown if one.window() is root.window() and one.width() > 0 and one.height() > 0]
    found: list[str] = []
    for one in shown:
        found += _cut(one)
        found += _outside(one)
    for parent in {one.parentWidget() for one in shown}:
        if parent is not None:
            found += _overlaps([one for one in shown if one.parentWidget() is parent])
    return found


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _cut_button(widget)
    elif isinstance(widget, QComboBox):
        yield from _cut_choice(widget)
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            if widget.tabSizeHint(index).width() > widget.tabRect(index).width() + SLACK:
                yield f"{_name(widget)}: the tab {widget.tabText(index)!r} is cut"


def _cut_label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            yield f"{_name(label)} needs a height of {needed} and has {label.height()}"
        longest = max((label.fontMetrics().horizontalAdvance(one) for one in _words(label.text())), default=0)
        if longest > label.contentsRect().width() + SLACK:
            yield f"{_name(label)} has a word of {longest} in {label.contentsRect().width()}"
    else:
        hint = label.sizeHint()
        if hint.width() > label.width() + SLACK and not _is_whole_elsewhere(label, label.text()):
            yield f"{_name(label)} needs a width of {hint.width()} and has {label.width()}"
        if hint.height() > label.height() + SLACK:
            yield f"{_name(label)} needs a height of {hint.height()} and has {label.height()}"


def _cut_button(button: QAbstractButton) -> Iterator[str]:
    words = (
        isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    if not button.text() or words:
        return
    metrics = button.fontMetrics()
    needed = max(metrics.horizontalAdvance(line) for line in button.text().replace("&&", "&").splitlines())
    room = button.contentsRect().width()
    if isinstance(button, QPushButton):
        options = QStyleOptionButton()
        button.initStyleOption(options)
        room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, options, button).width()
    if not button.icon().isNull():
        needed += button.iconSize().width()
    elides = isinstance(button, ElidingButton) and button.text().strip() in button.toolTip()
    if needed > room + SLACK and not elides:
        yield f"{_name(button)} needs a width of {needed} and has {room}"
    if metrics.height() > button.height():
        yield f"{_name(button)} is lower than its text"


def _cut_choice(box: QComboBox) -> Iterator[str]:
    if box.fontMetrics().height() > box.contentsRect().height():
        yield f"{_name(box)} is lower than its text"
    longest = box.fontMetrics().horizontalAdvance(box.currentText())
    if longest > box.width() and not _is_whole_elsewhere(box, box.currentText()):
        yield f"{_name(box)} cuts {box.currentText()!r}"


def _outside(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None:
        return
    scrolled = _scrolled(parent)
    inner, place = parent.rect(), widget.geometry()
    beyond = place.left() < inner.left() - SLACK or place.right() > inner.right() + SLACK
    below = place.top() < inner.top() - SLACK or place.bottom() > inner.bottom() + SLACK
    if beyond or (below and not scrolled):
        yield f"{_name(widget)} at {_place(place)} leaves {_name(parent)} of {inner.width()}x{inner.height()}"


def _scrolled(parent: QWidget) -> bool:
    area = parent.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is parent


def _overlaps(siblings: list[QWidget]) -> Iterator[str]:
    flat = [one for one in siblings if not _floats(one)]
    for first, second in combinations(flat, 2):
        common = first.geometry().intersected(second.geometry())
        if common.width() > SLACK and common.height() > SLACK:
            yield f"{_name(first)} and {_name(second)} overlap by {_place(common)}"


def _floats(widget: QWidget) -> bool:
    """Scroll bars, their corners, pages of a stack and what is drawn over others on purpose."""
    parent = widget.parentWidget()
    in_area = isinstance(parent, QAbstractScrollArea)
    return in_area or widget.objectName().startswith("qt_") or bool(widget.property("floats"))


def _is_whole_elsewhere(widget: QWidget, text: str) -> bool:
    """Tell whether an elided text can be had in full: as tool tip, or as the name for a screen reader."""
    whole = text.strip()
    return whole in widget.toolTip() or (bool(widget.accessibleName()) and whole in widget.accessibleName())


def _words(text: str) -> list[str]:
    return text.replace("\u200b", " ").split()


def _name(widget: QWidget) -> str:
    about = widget.objectName() or type(widget).__name__
    text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{about} {text[:40]!r}" if text else about


def _place(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"
