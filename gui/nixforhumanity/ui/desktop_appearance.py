"""What the desktop wants: dark or light, more contrast. Read from its portal, followed as it changes; no Qt.

Source: org.freedesktop.portal.Settings, namespace org.freedesktop.appearance: `color-scheme` 1 is dark, 2 is
light, 0 is no wish; `contrast` 1 is more contrast.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

log = logging.getLogger(__name__)

NAMESPACE = "org.freedesktop.appearance"
INTERFACE = "org.freedesktop.portal.Settings"
PATH = "/org/freedesktop/portal/desktop"
NAME = "org.freedesktop.portal.Desktop"
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class DesktopWish:
    """What the desktop wants of every program."""

    dark: bool | None = None
    """None: it has no wish."""
    high_contrast: bool = False

    def with_value(self, key: str, value: object) -> "DesktopWish":
        """Return the wish after one value of the portal has changed."""
        if key == "color-scheme":
            return replace(self, dark={1: True, 2: False}.get(value) if isinstance(value, int) else None)
        if key == "contrast":
            return replace(self, high_contrast=value == 1)
        return self


async def follow_desktop(wished: Callable[[DesktopWish], None]) -> None:
    """Tell the wish now and whenever it changes, until cancelled; return where there is no portal."""
    from jeepney import DBusErrorResponse
    from jeepney.io.asyncio import open_dbus_router

    try:
        async with open_dbus_router() as router:
            await _follow(router, wished)
    except (OSError, KeyError, ValueError, EOFError, DBusErrorResponse, TimeoutError) as error:
        log.info("the desktop tells nothing of its appearance: %s", error)


async def _follow(router: Any, wished: Callable[[DesktopWish], None]) -> None:
    from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
    from jeepney.wrappers import unwrap_msg

    rule = MatchRule(type="signal", interface=INTERFACE, member="SettingChanged", path=PATH)
    with router.filter(rule, bufsize=16) as changes:
        async with asyncio.timeout(PATIENCE_SECONDS):
            unwrap_msg(await router.send_and_get_reply(message_bus.AddMatch(rule)))
            portal = DBusAddress(PATH, NAME, INTERFACE)
            question = new_method_call(portal, "ReadAll", "as", ([NAMESPACE],))
            tables = unwrap_msg(await router.send_and_get_reply(question))[0]
        wish = DesktopWish()
        for key, (_signature, value) in tables.get(NAMESPACE, {}).items():
            wish = wish.with_value(key, value)
        wished(wish)
        while True:
            namespace, key, (_signature, value) = (await changes.get()).body
            if namespace == NAMESPACE:
                wish = wish.with_value(key, value)
                wished(wish)
