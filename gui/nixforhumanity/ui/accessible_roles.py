"""Tells screen readers what our own widgets are, where Qt would call them something else."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Maker = Callable[[Any], QAccessibleInterface]


class _Roles:
    """Makes the interfaces of the known types, and keeps them alive as long as their widgets."""

    def __init__(self) -> None:
        self._makers: dict[type[QWidget], Maker] = {}
        self._kept: dict[int, QAccessibleInterface] = {}

    def know(self, kind: type[QWidget], maker: Maker) -> None:
        """Use this maker for all widgets of a type from now on."""
        if not self._makers:
            QAccessible.installFactory(self.made)
        self._makers[kind] = maker

    def made(self, key: str, thing: QObject) -> QAccessibleInterface | None:
        """Return the interface of a widget of a known type; None for everything else."""
        maker = self._makers.get(type(thing))  # type: ignore[arg-type]
        if maker is None:
            return None
        identity = id(thing)
        self._kept[identity] = interface = maker(thing)
        thing.destroyed.connect(lambda: self._kept.pop(identity, None))
        return interface


_roles = _Roles()


def use_interface(kind: type[QWidget], maker: Maker) -> None:
    """Give all widgets of exactly this type the interface that `maker` returns."""
    _roles.know(kind, maker)


def use_role(kind: type[QWidget], role: QAccessible.Role) -> None:
    """Give all widgets of exactly this type a role; name and description are the widget's own."""
    use_interface(kind, lambda widget: QAccessibleWidget(widget, role, ""))
