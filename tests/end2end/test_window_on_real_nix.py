"""A person at the keyboard: the real window, the real server, a real Nix; install, undo, stop, faults."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import PrivateDesktop
from nixforhumanity.core.resources import resource
from nixforhumanity.nix.practice import prepare_practice
from practice_window import PATIENCE_SECONDS, PracticeWindow, practice_window
from project import SOURCE_ROOT
from removing import remove_tree
from waiting import wait_until

pytestmark = [pytest.mark.nix, pytest.mark.display]


@pytest.fixture
def root() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nix-window-"))
    yield folder
    remove_tree(folder)


@pytest.fixture
def window(desktop: PrivateDesktop, root: Path) -> Iterator[PracticeWindow]:
    with practice_window(desktop, root) as opened:
        yield opened


def test_install_by_keyboard_and_take_it_back(window: PracticeWindow) -> None:
    window.say("install hello")
    card = window.wait_for_card(1, "waiting")
    assert "hello" not in window.commands()
    assert card.steps[0].command.startswith("nix profile install")
    window.decide("alt+y", 1, "done")
    assert "hello" in window.commands()
    window.desktop.press_keys("ctrl+z")
    undo = window.wait_for_card(2, "waiting")
    assert undo.title.startswith("Undo")
    assert "hello" in window.commands(), "the undo is shown before it is done"
    window.decide("alt+y", 2, "done")
    assert "hello" not in window.commands()


def test_a_typed_yes_and_a_typed_undo_do_the_same(window: PracticeWindow) -> None:
    window.say("could you install cowsay please")
    window.wait_for_card(1, "waiting")
    window.say("yes")
    window.wait_for_card(1, "done")
    assert "cowsay" in window.commands()
    window.say("undo")
    window.wait_for_card(2, "waiting")
    window.say("ok")
    window.wait_for_card(2, "done")
    assert "cowsay" not in window.commands()


def test_not_now_changes_nothing(window: PracticeWindow) -> None:
    window.say("install hello")
    window.wait_for_card(1, "waiting")
    window.decide("alt+n", 1, "declined")
    assert window.commands() == set()


def test_escape_stops_a_running_build(window: PracticeWindow, root: Path) -> None:
    prepare_practice(root / "system", resource("practice")).set_phase_seconds(10)
    window.say("install slow")
    window.wait_for_card(1, "waiting")
    window.decide("alt+y", 1, "running")
    window.desktop.press_keys("Escape")
    card = window.wait_for_card(1, "stopped")
    assert "Nothing was changed" in card.state_text
    assert window.commands() == set()


def test_a_final_step_is_not_done_by_the_quick_key_alone(window: PracticeWindow, root: Path) -> None:
    for number, words in enumerate(("install hello", "remove hello"), start=1):
        window.say(words)
        window.wait_for_card(number, "waiting")
        window.decide("alt+y", number, "done")
    store = {path.name for path in (root / "system/store").iterdir()}
    window.say("clean up old stuff")
    card = window.wait_for_card(3, "waiting")
    assert card.final
    window.desktop.press_keys("alt+y")
    window.say("yes")
    window.wait_for_answer("a simple yes is not enough")
    assert window.plans()[-1].state == "waiting"
    assert {path.name for path in (root / "system/store").iterdir()} == store
    window.say("yes, delete them")
    window.wait_for_card(4, "waiting")
    window.say("no")
    window.wait_for_card(4, "declined")


def test_the_server_is_killed_during_an_install_and_the_window_comes_back(
    window: PracticeWindow, root: Path
) -> None:
    practice = prepare_practice(root / "system", resource("practice"))
    practice.set_phase_seconds(10)
    window.say("install slow")
    window.wait_for_card(1, "waiting")
    window.decide("alt+y", 1, "running")
    killed = wait_until(window.server, "the server runs")
    os.kill(killed, signal.SIGKILL)
    card = window.wait_for_card(1, "interrupted")
    assert "Nothing was changed" in card.state_text
    wait_until(lambda: window.server() not in (None, killed), "another server runs", PATIENCE_SECONDS)
    practice.set_phase_seconds(0.02)
    window.say("install hello")
    window.wait_for_card(2, "waiting")
    window.decide("alt+y", 2, "done")
    assert "hello" in window.commands()
    assert "slow" not in window.commands()
    assert window.heard().count("install slow") == 1


def test_words_typed_while_the_server_is_away_are_heard_once(window: PracticeWindow) -> None:
    window.say("hi")
    killed = wait_until(window.server, "the server runs")
    os.kill(killed, signal.SIGKILL)
    window.desktop.type_text("what is installed?")
    window.desktop.press_keys("Return")
    window.wait_for_answer("not installed any programs")
    assert window.heard().count("what is installed?") == 1


def test_two_windows_share_one_server_and_one_conversation(
    window: PracticeWindow, desktop: PrivateDesktop, root: Path
) -> None:
    window.say("hi")
    with practice_window(desktop, root, "--new-window") as second:
        second.say("install hello")
        second.wait_for_card(1, "waiting")
        assert second.server() is None, "the second window uses the first one's server"
        desktop.activate(window.window)
        window.decide("alt+y", 1, "done")
    assert "hello" in window.commands()


def test_hostile_text_is_shown_and_never_run(window: PracticeWindow, root: Path) -> None:
    mark = root / "was-run"
    window.say(f"install hello; touch {mark}")
    window.say(f"$(touch {mark}) `touch {mark}` && touch {mark}")
    window.say("Привет مرحبا 😀 <b>bold</b> ![x](http://example.org/x.png)")
    wait_until(
        lambda: window.answers().count("I changed nothing") == 3, "all three are declined", PATIENCE_SECONDS
    )
    assert not mark.exists()
    assert window.commands() == set()


def test_closing_the_window_ends_everything_it_started(desktop: PrivateDesktop, root: Path) -> None:
    with practice_window(desktop, root) as window:
        window.say("hi")
        server = wait_until(window.server, "the server runs")
        desktop.press_keys("ctrl+q")
        assert window.program.wait(PATIENCE_SECONDS) == 0
        wait_until(lambda: not Path(f"/proc/{server}").exists(), "the server has ended", PATIENCE_SECONDS)


def test_without_a_display_it_says_so_and_how_to_go_on() -> None:
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    ran = subprocess.run(
        [sys.executable, "-m", "nixforhumanity"],
        env={**environment, "PYTHONPATH": str(SOURCE_ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ran.returncode == 2
    assert "ask" in ran.stderr
    assert "Traceback" not in ran.stderr
