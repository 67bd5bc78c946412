"""The accessibility tree of a program as a screen reader gets it: AT-SPI over D-Bus."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
ANSWER_SECONDS = 10.0
DEEPEST = 40
STATES = {
    "active": 1, "checked": 4, "collapsed": 5, "enabled": 8, "expandable": 9, "expanded": 10, "focusable": 11,
    "focused": 12, "sensitive": 24, "showing": 25, "visible": 30,
}  # fmt: skip
"""The bits that the tests ask for, by their number in AT-SPI."""


@dataclass(frozen=True)
class Node:
    """One thing in the tree."""

    bus_name: str
    path: str
    role: str
    name: str
    description: str
    states: frozenset[str]
    children: "tuple[Node, ...]" = field(repr=False)

    def walk(self) -> "Iterator[Node]":
        """Go through this and everything below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, role: str) -> "list[Node]":
        """Return everything of that role."""
        return [one for one in self.walk() if one.role == role]

    def on_screen(self) -> "list[Node]":
        """Return what can be focused and is shown now."""
        wanted = {"focusable", "showing", "visible", "sensitive"}
        return [one for one in self.walk() if wanted <= one.states]


class AccessibilityTree:
    """Asks the accessibility bus of a desktop; to be closed."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(bus=session_bus) as bus:
            address = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = bus.send_and_get_reply(new_method_call(address, "GetAddress"), timeout=ANSWER_SECONDS)
        self._bus: DBusConnection = open_dbus_connection(bus=reply.body[0])

        self._hearing: DBusConnection | None = None
        self._address: str = reply.body[0]
        self._heard: list[str] = []

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()
        if self._hearing is not None:
            self._hearing.close()

    def listen(self) -> None:
        """Keep from now on what programs have a screen reader say; see `heard`."""
        self._hearing = bus = open_dbus_connection(bus=self._address)
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        # A program sends only what somebody has asked the registry for.
        asking = new_method_call(registry, "RegisterEvent", "sass", ("object:announcement", [], ""))
        for request in (message_bus.AddMatch(rule), asking):
            bus.send_and_get_reply(request, timeout=ANSWER_SECONDS)

    def heard(self) -> list[str]:
        """Return what was said since `listen`."""
        assert self._hearing is not None
        with contextlib.suppress(TimeoutError):
            while True:
                said = self._hearing.receive(timeout=0.05)
                if said.header.fields.get(HeaderFields.member) == "Announcement":
                    self._heard.append(str(said.body[3][1]))
        return list(self._heard)

    def __enter__(self) -> "AccessibilityTree":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def program(self, name: str) -> Node | None:
        """Return the tree of the newest program of that name; None while there is none."""
        for bus_name, path in reversed(self._ask(REGISTRY, ROOT, ACCESSIBLE, "GetChildren") or []):
            if self._property(bus_name, path, "Name") == name:
                return self._node(bus_name, path, 0)
        return None

    def press(self, node: Node) -> None:
        """Do the first action of a node, as a screen reader does."""
        self._ask(node.bus_name, node.path, ACTION, "DoAction", "i", (0,))

    def _node(self, bus_name: str, path: str, depth: int) -> Node:
        bits = self._ask(bus_name, path, ACCESSIBLE, "GetState") or [0, 0]
        states = {name for name, bit in STATES.items() if bits[bit // 32] >> bit % 32 & 1}
        found = self._ask(bus_name, path, ACCESSIBLE, "GetChildren") or [] if depth < DEEPEST else []
        return Node(
            bus_name,
            path,
            str(self._ask(bus_name, path, ACCESSIBLE, "GetRoleName") or ""),
            self._property(bus_name, path, "Name"),
            self._property(bus_name, path, "Description"),
            frozenset(states),
            tuple(self._node(*child, depth + 1) for child in found),
        )

    def _property(self, bus_name: str, path: str, name: str) -> str:
        request = Properties(DBusAddress(path, bus_name, ACCESSIBLE)).get(name)
        reply = self._bus.send_and_get_reply(request, timeout=ANSWER_SECONDS)
        return str(reply.body[0][1]) if reply.header.message_type is MessageType.method_return else ""

    def _ask(
        self,
        bus_name: str,
        path: str,
        interface: str,
        method: str,
        signature: str | None = None,
        body: tuple[object, ...] = (),
    ) -> list[object] | None:
        """Return the answer; None where the thing has gone meanwhile."""
        request = new_method_call(DBusAddress(path, bus_name, interface), method, signature, body)
        reply = self._bus.send_and_get_reply(request, timeout=ANSWER_SECONDS)
        return reply.body[0] if reply.header.message_type is MessageType.method_return else None
