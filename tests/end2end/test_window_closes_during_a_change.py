"""The window goes, by a click, a signal or a crash, while a change runs: that never cuts the change off."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desktop import PrivateDesktop
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.resources import resource
from nixforhumanity.nix.practice import PracticeSystem, prepare_practice
from nixforhumanity.protocol.endpoints import endpoints_path, read_endpoints
from practice_window import PATIENCE_SECONDS, PracticeWindow, practice_window
from processes import end, is_running, read_process
from removing import remove_tree
from waiting import is_true, wait_until

pytestmark = [pytest.mark.nix, pytest.mark.display]
QUESTION = "Close the window.*"


@pytest.fixture
def root() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nix-closing-"))
    yield folder
    if (pid := announced(folder)) is not None and (server := read_process(pid)) is not None:
        end([server])  # only after a failed test
    remove_tree(folder)


@pytest.fixture
def practice(root: Path) -> PracticeSystem:
    """Give the practice system in which building `slow` takes some seconds."""
    system = prepare_practice(root / "system", resource("practice"))
    system.set_phase_seconds(1)
    return system


@pytest.fixture
def windows(desktop: PrivateDesktop) -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def announced(root: Path) -> int | None:
    """The process that the endpoints file names."""
    endpoints = read_endpoints(endpoints_path(Folders.below(root / "app").runtime))
    return None if endpoints is None else endpoints.pid


def server_of(root: Path) -> int:
    """The process of the running server."""
    return wait_until(lambda: announced(root), "the server is announced", PATIENCE_SECONDS)


def wait_for_window_end(window: PracticeWindow) -> None:
    wait_until(lambda: window.program.poll() is not None, "the window has ended", PATIENCE_SECONDS)


def begin_slow_install(window: PracticeWindow) -> None:
    window.say("install slow")
    window.wait_for_card(1, "waiting")
    window.decide("alt+y", 1, "running")


def close_and_be_asked(window: PracticeWindow) -> None:
    window.desktop.activate(window.window)  # the keys go to whatever has the focus
    window.desktop.press_keys("ctrl+q")
    question = window.desktop.wait_for_window(QUESTION)
    window.desktop.activate(question)


def test_let_it_finish(
    desktop: PrivateDesktop, root: Path, practice: PracticeSystem, windows: ExitStack
) -> None:
    window = windows.enter_context(practice_window(desktop, root))
    window.say("hi")
    begin_slow_install(window)
    server = server_of(root)
    close_and_be_asked(window)
    desktop.press_keys("Return")
    wait_for_window_end(window)
    assert window.plans()[-1].state == "running"
    assert is_running(server)
    window.wait_for_card(1, "done")
    assert "slow" in window.commands()
    wait_until(lambda: not is_running(server), "the server has ended by itself", PATIENCE_SECONDS)
    again = windows.enter_context(practice_window(desktop, root))
    again.say("hi")  # goes where the change ran
    assert again.heard() == ["hi", "install slow", "hi"]


def test_a_window_that_is_opened_again_at_once_stays(
    desktop: PrivateDesktop, root: Path, practice: PracticeSystem, windows: ExitStack
) -> None:
    window = windows.enter_context(practice_window(desktop, root))
    begin_slow_install(window)
    server = server_of(root)
    close_and_be_asked(window)
    desktop.press_keys("Return")
    wait_until(lambda: not desktop.windows(), "nothing is to be seen", PATIENCE_SECONDS)
    again = windows.enter_context(practice_window(desktop, root))  # the first one is still ending
    wait_for_window_end(window)
    again.wait_for_card(1, "done")
    assert again.program.poll() is None
    assert len(desktop.windows()) == 1
    assert server_of(root) == server
    again.say("what is installed?")
    again.wait_for_answer("slow")


def test_keep_the_window_open_and_then_stop_it(
    desktop: PrivateDesktop, root: Path, practice: PracticeSystem, windows: ExitStack
) -> None:
    practice.set_phase_seconds(30)
    window = windows.enter_context(practice_window(desktop, root))
    begin_slow_install(window)
    close_and_be_asked(window)
    desktop.press_keys("Escape")
    wait_until(lambda: len(desktop.windows()) == 1, "it is answered")
    assert window.program.poll() is None
    assert window.plans()[-1].state == "running"
    desktop.activate(window.window)
    close_and_be_asked(window)
    desktop.press_keys("alt+s")
    wait_for_window_end(window)
    assert window.plans()[-1].state == "stopped"
    assert "slow" not in window.commands()


def test_a_signal_asks_nothing_and_the_change_goes_on(
    desktop: PrivateDesktop, root: Path, practice: PracticeSystem, windows: ExitStack
) -> None:
    window = windows.enter_context(practice_window(desktop, root))
    begin_slow_install(window)
    window.program.terminate()
    wait_for_window_end(window)
    window.wait_for_card(1, "done")
    assert "slow" in window.commands()


def test_a_window_that_is_killed_leaves_its_server_to_the_next_one(
    desktop: PrivateDesktop, root: Path, practice: PracticeSystem, windows: ExitStack
) -> None:
    practice.set_phase_seconds(2)
    window = windows.enter_context(practice_window(desktop, root))
    begin_slow_install(window)
    server = server_of(root)
    window.program.kill()
    wait_for_window_end(window)
    again = windows.enter_context(practice_window(desktop, root))
    again.say("what is installed?")
    assert server_of(root) == server
    assert again.server() is None
    again.wait_for_card(1, "done")
    again.program.terminate()
    wait_for_window_end(again)
    wait_until(lambda: not is_running(server), "the server has ended by itself", PATIENCE_SECONDS)
    assert announced(root) is None


def test_the_first_window_closes_and_the_second_works_on(
    desktop: PrivateDesktop, root: Path, windows: ExitStack
) -> None:
    first = windows.enter_context(practice_window(desktop, root))
    first.say("hi")
    server = server_of(root)
    second = windows.enter_context(practice_window(desktop, root, "--new-window"))
    second.say("install hello")
    second.wait_for_card(1, "waiting")
    first.program.terminate()
    wait_for_window_end(first)
    desktop.activate(second.window)
    second.decide("alt+y", 1, "done")
    assert server_of(root) == server
    assert "hello" in second.commands()


def test_a_plan_that_waits_is_not_asked_about_and_still_waits_next_time(
    desktop: PrivateDesktop, root: Path, windows: ExitStack
) -> None:
    window = windows.enter_context(practice_window(desktop, root))
    window.say("install hello")
    window.wait_for_card(1, "waiting")
    server = server_of(root)
    desktop.press_keys("ctrl+q")
    wait_for_window_end(window)
    wait_until(lambda: not is_running(server), "the server has ended", PATIENCE_SECONDS)
    again = windows.enter_context(practice_window(desktop, root))
    wait_until(lambda: announced(root) not in (None, server), "another server runs", PATIENCE_SECONDS)
    again.wait_for_card(1, "waiting")
    again.decide("alt+y", 1, "done")
    assert "hello" in again.commands()
    assert again.heard() == ["install hello"]


def test_a_server_that_is_told_to_end_reports_the_running_step(
    desktop: PrivateDesktop, root: Path, practice: PracticeSystem, windows: ExitStack
) -> None:
    practice.set_phase_seconds(1)
    window = windows.enter_context(practice_window(desktop, root))
    begin_slow_install(window)
    os.kill(server_of(root), signal.SIGTERM)
    window.wait_for_card(1, "done")
    assert "slow" in window.commands()


def test_a_server_that_does_not_answer_is_said_and_started_anew(
    desktop: PrivateDesktop, root: Path, windows: ExitStack
) -> None:
    window = windows.enter_context(practice_window(desktop, root))
    window.say("hi")
    server = server_of(root)
    os.kill(server, signal.SIGSTOP)
    desktop.type_text("what is installed?")
    desktop.press_keys("Return")

    def restarted() -> bool:
        desktop.press_keys(
            "ctrl+l", "F6", "F6", "F6", "Return"
        )  # from the input over header and places to the banner
        return is_true(lambda: announced(root) != server, 1)

    wait_until(restarted, "the banner's button has started it anew", PATIENCE_SECONDS)
    window.wait_for_answer("not installed any programs")
    assert window.heard().count("what is installed?") == 1
    assert not is_running(server)
