"""Keeps the look "under the pointer" true for what moves or goes away below it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


def forget_pointer(widget: QWidget) -> None:
    """Take that look from every button in `widget` that the pointer is no longer on: Qt waits for a move."""
    for button in widget.findChildren(QAbstractButton):
        if not button.testAttribute(Qt.WidgetAttribute.WA_UnderMouse):
            continue
        if button.isHidden() or not button.rect().contains(button.mapFromGlobal(QCursor.pos())):
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
            button.update()
