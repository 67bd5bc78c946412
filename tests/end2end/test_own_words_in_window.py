"""A person teaches words of their own in the real window, uses them, and deletes them in the settings."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from accessibility_tree import AccessibilityTree, Node
from desktop import PrivateDesktop
from nixforhumanity.assistant.own_words_store import OwnWordsStore
from practice_window import PATIENCE_SECONDS, practice_window
from removing import remove_tree
from waiting import is_true, wait_until

pytestmark = [pytest.mark.nix, pytest.mark.display]

WORDS = "bin the noisy cow thing"


@pytest.fixture
def root() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nix-window-"))
    yield folder
    remove_tree(folder)


def test_words_are_taught_used_and_deleted(desktop: PrivateDesktop, root: Path) -> None:
    with (
        practice_window(desktop, root) as window,
        AccessibilityTree(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as tree,
    ):
        window.say(WORDS)
        window.wait_for_answer("changed nothing")
        window.say("no, I meant install cowsay")
        window.wait_for_answer("I will remember your own words")
        window.wait_for_card(1, "waiting")
        window.decide("alt+n", 1, "declined")
        window.say(WORDS.title() + "!")
        window.wait_for_answer("Taken from your own words")
        assert window.wait_for_card(2, "waiting").request == "install_package"
        assert "cowsay" not in window.commands(), "own words never skip the question"
        with closing(OwnWordsStore(root / "app/data/own_words.sqlite")) as store:
            assert [one.used for one in store.all_phrases()] == [1]
            go_to_my_words(desktop, tree, window.program.pid)
            press(desktop, tree, f"Delete: {WORDS}")
            wait_until(lambda: store.all_phrases() == [], "the words are deleted", PATIENCE_SECONDS)
            press(desktop, tree, "Bring back")
            wait_until(lambda: len(store.all_phrases()) == 1, "the words are back", PATIENCE_SECONDS)


def go_to_my_words(desktop: PrivateDesktop, tree: AccessibilityTree, process: int) -> None:
    """Open the settings and turn the pages, by keyboard."""
    desktop.press_keys("ctrl+comma")
    desktop.activate(desktop.wait_for_window("Settings.*", PATIENCE_SECONDS, process))

    def in_front() -> bool:
        if is_shown(tree, "Learn my words"):
            return True
        desktop.press_keys("ctrl+Tab")
        return is_true(lambda: is_shown(tree, "Learn my words"), 2)

    wait_until(in_front, "the page is in front", PATIENCE_SECONDS)
    wait_until(lambda: is_shown(tree, f"Delete: {WORDS}"), "the words are shown", PATIENCE_SECONDS)


def on_screen(tree: AccessibilityTree) -> list[Node]:
    program = tree.program("nix-for-humanity")
    return [] if program is None else list(program.on_screen())


def is_shown(tree: AccessibilityTree, name: str) -> bool:
    return any(one.name == name for one in on_screen(tree))


def press(desktop: PrivateDesktop, tree: AccessibilityTree, name: str) -> None:
    """Go to a control with Tab, as one who cannot see does, and press it."""

    def reached() -> bool:
        if any(one.name == name and "focused" in one.states for one in on_screen(tree)):
            return True
        desktop.press_keys("Tab")
        return False

    wait_until(reached, f"the keyboard is at {name!r}", PATIENCE_SECONDS)
    desktop.press_keys("Return")
