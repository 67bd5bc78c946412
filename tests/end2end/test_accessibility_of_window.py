"""What a screen reader finds in the real window: every control named, of a sensible role, and news said."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accessibility_tree import AccessibilityTree, Node
from desktop import PrivateDesktop
from practice_window import PATIENCE_SECONDS, PracticeWindow, practice_window
from removing import remove_tree
from waiting import wait_until

pytestmark = [pytest.mark.nix, pytest.mark.display]

PROGRAM = "nix-for-humanity"
SENSIBLE = {
    "push button", "button menu", "toggle button", "radio button", "check box", "combo box", "text", "entry",
    "spin button", "slider", "list", "list item", "label", "panel", "page tab list", "page tab", "link",
    "scroll pane", "table", "table cell", "tree", "menu item", "dialog", "frame", "document web", "static",
    "password text",
}  # fmt: skip
"""Roles that tell a person what to do with a control; `filler` and `unknown` do not."""


@pytest.fixture
def root() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nix-window-"))
    yield folder
    remove_tree(folder)


@pytest.fixture
def window(desktop: PrivateDesktop, root: Path) -> Iterator[PracticeWindow]:
    with practice_window(desktop, root) as opened:
        yield opened


@pytest.fixture
def tree(desktop: PrivateDesktop, window: PracticeWindow) -> Iterator[AccessibilityTree]:
    with AccessibilityTree(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as opened:
        opened.listen()
        yield opened


def whole(tree: AccessibilityTree) -> Node:
    found = wait_until(lambda: tree.program(PROGRAM), "the program is in the tree", PATIENCE_SECONDS)
    assert found is not None
    return found


def once(tree: AccessibilityTree, condition: Callable[[Node], object], what: str) -> Node:
    """Return the tree as soon as the condition holds for it."""

    def fitting() -> Node | None:
        program = whole(tree)
        return program if condition(program) else None

    found = wait_until(fitting, what, PATIENCE_SECONDS)
    assert found is not None
    return found


def named(program: Node, name: str) -> list[Node]:
    return [one for one in program.on_screen() if one.name == name]


def conversation_shown(program: Node) -> bool:
    return any(one.name == "Conversation" and "showing" in one.states for one in program.all("list"))


def without_fault(program: Node) -> None:
    """Every control that can have the keyboard says what it is called and what it is."""
    controls = program.on_screen()
    assert len(controls) > 5
    assert [f"{one.role} {one.description}" for one in controls if not one.name.strip()] == []
    assert [f"{one.role} {one.name}" for one in controls if one.role not in SENSIBLE] == []


def test_the_conversation_with_an_ended_and_a_waiting_card(
    window: PracticeWindow, tree: AccessibilityTree
) -> None:
    window.say("install hello")
    window.wait_for_card(1, "waiting")
    window.decide("alt+y", 1, "done")
    window.say("install cowsay")
    window.wait_for_card(2, "waiting")
    program = once(tree, lambda one: named(one, "Install: Install cowsay"), "the card is there")
    without_fault(program)
    (listing,) = [one for one in program.all("list") if one.name == "Conversation"]
    assert [one.role for one in listing.children] == ["list item"] * len(listing.children)
    names = [one.name for one in listing.children]
    assert names[-1].startswith("Plan: Install cowsay Adds cowsay")
    assert names[-2] == "You: install cowsay"
    assert all("showing" in one.states for one in listing.children[-2:])
    assert [one.role for one in named(program, "History")] == ["radio button"]
    levels = [one for one in program.walk() if one.name.startswith("Level: ") and one.role != "button menu"]
    assert {one.role for one in levels} == {"radio button"}


def test_what_opens_says_so_and_tab_leads_to_the_waiting_plan(
    window: PracticeWindow, tree: AccessibilityTree
) -> None:
    window.say("install hello")
    window.wait_for_card(1, "waiting")
    name = "What exactly happens: Install GNU Hello"
    (button,) = named(once(tree, lambda one: named(one, name), "the card is there"), name)
    assert {"expandable", "collapsed"} <= button.states
    window.desktop.press_keys("Tab")
    once(tree, lambda one: "focused" in named(one, name)[0].states, "Tab leads to the card")
    tree.press(button)

    def opened(program: Node) -> bool:
        parts = {one.name for one in program.walk() if "showing" in one.states}
        return "expanded" in named(program, name)[0].states and "What changes" in parts

    once(tree, opened, "it is open, and says so")


def test_what_happens_is_said(window: PracticeWindow, tree: AccessibilityTree) -> None:
    window.say("install hello")
    window.wait_for_card(1, "waiting")
    window.decide("alt+y", 1, "done")
    wait_until(lambda: "GNU Hello is installed." in tree.heard(), "the result is said", PATIENCE_SECONDS)
    said = tree.heard()
    assert any(one.startswith("Your decision is needed. Install GNU Hello.") for one in said)
    assert "The answer begins." not in said


@pytest.mark.parametrize(
    ("keys", "title"), [("ctrl+2", ""), ("ctrl+comma", "Settings"), ("ctrl+k", "Search")]
)
def test_history_settings_and_palette(
    window: PracticeWindow, tree: AccessibilityTree, keys: str, title: str
) -> None:
    window.say("install hello")
    window.wait_for_card(1, "waiting")
    window.decide("alt+y", 1, "done")
    window.desktop.press_keys(keys)
    if title:
        program = once(tree, lambda one: len(one.children) > 1 and one.children[-1].on_screen(), "it is open")
    else:
        program = once(tree, lambda one: not conversation_shown(one), "it is shown")
    without_fault(program)
    for box in program.all("combo box"):
        choices = {one.name for one in box.walk() if one.role in ("list item", "menu item")}
        assert box.name not in choices, "named by what it decides, not by what is chosen"
