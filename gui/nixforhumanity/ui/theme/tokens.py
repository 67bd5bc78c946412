"""What every part of the window is drawn with: colours, spacing, corner radii, type sizes. Knows no Qt."""

from dataclasses import dataclass
from enum import Enum, IntEnum


@dataclass(frozen=True, slots=True)
class Colours:
    """One look, as `#rrggbb`. Text keeps 4.5:1 against every surface it stands on, parts of controls 3:1."""

    name: str
    window: str
    """Behind side bar and header."""
    page: str
    """Behind the conversation and other places."""
    card: str
    """Cards, inputs and menus."""
    sunken: str
    """Code and output."""
    text: str
    muted: str
    """Text that is less important; still readable."""
    line: str
    """Decorative separators and card borders."""
    outline: str
    """Borders that show where a control is."""
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    """The person's words, selected rows."""
    hover: str
    """Behind a quiet button under the pointer."""
    danger: str
    danger_hover: str
    on_danger: str
    danger_soft: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    focus: str
    """The ring around what has the keyboard."""
    dark: bool


LIGHT = Colours(
    name="light",
    window="#eef0f4",
    page="#fafbfc",
    card="#ffffff",
    sunken="#f1f3f6",
    text="#1c2128",
    muted="#56606d",
    line="#d9dee5",
    outline="#7d8794",
    accent="#3158c4",
    accent_hover="#2848a6",
    on_accent="#ffffff",
    accent_soft="#e3eafb",
    hover="#e6e9ef",
    danger="#b3261e",
    danger_hover="#941c16",
    on_danger="#ffffff",
    danger_soft="#fdeceb",
    success="#166c3b",
    success_soft="#e4f4ea",
    warning="#815000",
    warning_soft="#fcf1dc",
    focus="#3158c4",
    dark=False,
)

DARK = Colours(
    name="dark",
    window="#14171b",
    page="#1a1d22",
    card="#22262d",
    sunken="#14171b",
    text="#e8eaed",
    muted="#a9b1bc",
    line="#363c46",
    outline="#838d9a",
    accent="#93b4ff",
    accent_hover="#b0c8ff",
    on_accent="#0f1b3d",
    accent_soft="#2a3757",
    hover="#2c313a",
    danger="#ff9f95",
    danger_hover="#ffb8b0",
    on_danger="#3d0b07",
    danger_soft="#43221f",
    success="#7fd79d",
    success_soft="#1e392a",
    warning="#f0c263",
    warning_soft="#3d3116",
    focus="#93b4ff",
    dark=True,
)

HIGH_CONTRAST = Colours(
    name="high-contrast",
    window="#000000",
    page="#000000",
    card="#000000",
    sunken="#000000",
    text="#ffffff",
    muted="#ffffff",
    line="#ffffff",
    outline="#ffffff",
    accent="#5ce1ff",
    accent_hover="#b8f2ff",
    on_accent="#000000",
    accent_soft="#00303d",
    hover="#333333",
    danger="#ff8f85",
    danger_hover="#ffc4be",
    on_danger="#000000",
    danger_soft="#3d0500",
    success="#6dffa0",
    success_soft="#00330f",
    warning="#ffd84d",
    warning_soft="#332800",
    focus="#ffd84d",
    dark=True,
)

ALL_COLOURS = (LIGHT, DARK, HIGH_CONTRAST)


class Space(IntEnum):
    """Distances, in device-independent pixels."""

    HAIR = 2
    TINY = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    HUGE = 40


class Radius(IntEnum):
    """Corner radii, in device-independent pixels."""

    SMALL = 6
    CONTROL = 8
    CARD = 12
    BUBBLE = 16


class TypeSize(Enum):
    """Sizes of text, as a factor of the body size."""

    CAPTION = 0.87
    CODE = 0.93
    BODY = 1.0
    TITLE = 1.15
    HEADING = 1.6


SMALLEST_BODY_POINTS = 10.5
"""Body text is never smaller, whatever the desktop says, before the person's own text size."""
MEASURE_PIXELS = 720
"""Widest line of text at a text size of 100 %."""
CONTROL_PIXELS = 36
"""Height of a button at a text size of 100 %."""

SCROLL_BAR_PIXELS = 12
"""Width of a scroll bar."""


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2) of `#rrggbb`, 0 to 1."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio (WCAG 2) of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
