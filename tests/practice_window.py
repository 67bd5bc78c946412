"""The real window over a practice system, driven by keyboard; what became so is read from disk."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import msgspec

from desktop import PrivateDesktop, Window
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    PlanUpdate,
    SessionUpdate,
    TextBlock,
    UserMessageChunk,
)
from processes import descendants, end
from project import SOURCE_ROOT
from waiting import is_true, wait_until

PATIENCE_SECONDS = 30.0


@dataclass
class PracticeWindow:
    """One running window."""

    desktop: PrivateDesktop
    program: "Popen[bytes]"
    window: Window
    root: Path

    @property
    def profile(self) -> Path:
        """The practice system's profile."""
        return self.root / "system/var/profiles/per-user/me/profile"

    def commands(self) -> set[str]:
        """The commands that are installed now."""
        folder = self.profile / "bin"
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    def updates(self) -> list[SessionUpdate]:
        """Everything that the server has kept of all conversations."""
        path = self.root / "app/data/sessions.sqlite"
        if not path.exists():
            return []
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            rows = connection.execute("SELECT payload FROM updates ORDER BY number").fetchall()
        except sqlite3.OperationalError:  # its first table is just being made
            return []
        finally:
            connection.close()
        return [msgspec.json.decode(row[0], type=SessionUpdate) for row in rows]

    def plans(self) -> list[cards.PlanCard]:
        """The plan cards, oldest first, each in its newest state."""
        found = [cards.plan_in(one.meta) for one in self.updates() if isinstance(one, PlanUpdate)]
        return [card for card in found if card is not None]

    def answers(self) -> str:
        """All that the assistant has said."""
        return "\n".join(
            one.content.text
            for one in self.updates()
            if isinstance(one, AgentMessageChunk) and isinstance(one.content, TextBlock)
        )

    def heard(self) -> list[str]:
        """All that the person has said."""
        return [
            one.content.text
            for one in self.updates()
            if isinstance(one, UserMessageChunk) and isinstance(one.content, TextBlock)
        ]

    def say(self, text: str) -> None:
        """Type and press Enter; wait until the server has heard it."""
        before = len(self.heard())
        self.desktop.type_text(text)
        self.desktop.press_keys("Return")
        wait_until(lambda: len(self.heard()) > before, f"the server has heard {text!r}", PATIENCE_SECONDS)

    def wait_for_card(self, count: int, state: str) -> cards.PlanCard:
        """Wait until there are that many cards and the last one is in that state."""

        def found() -> cards.PlanCard | None:
            known = self.plans()
            return known[-1] if len(known) == count and known[-1].state == state else None

        return wait_until(found, f"card {count} is {state}; cards: {self.plans()}", PATIENCE_SECONDS)

    def decide(self, key: str, count: int, state: str) -> cards.PlanCard:
        """Press a key for the card that waits until it is in that state.

        The card is on disk some milliseconds before the window has drawn it; a person would not be as fast.
        """

        def decided() -> bool:
            self.desktop.press_keys(key)
            return is_true(lambda: self.plans()[-1].state != "waiting", 1)

        wait_until(decided, f"{key} decides card {count}", PATIENCE_SECONDS)
        return self.wait_for_card(count, state)

    def wait_for_answer(self, text: str) -> None:
        """Wait until the assistant has said something."""
        wait_until(
            lambda: text in self.answers(), f"it says {text!r}; said: {self.answers()}", PATIENCE_SECONDS
        )

    def server(self) -> int | None:
        """The process id of the embedded server."""
        found = [one.number for one in descendants(self.program.pid) if " serve " in one.command]
        return found[0] if found else None


@contextmanager
def practice_window(desktop: PrivateDesktop, root: Path, *options: str) -> Iterator[PracticeWindow]:
    """Open the window over a practice system, and end everything afterwards."""
    program = desktop.start_program(
        [sys.executable, "-m", "nixforhumanity", "--practice", str(root), *options],
        {"PYTHONPATH": str(SOURCE_ROOT)},
    )
    try:
        window = desktop.wait_for_window("Nix for Humanity", PATIENCE_SECONDS, program.pid)
        desktop.activate(window)
        yield PracticeWindow(desktop, program, window, root)
    finally:
        rest = descendants(program.pid)
        program.terminate()
        program.wait(PATIENCE_SECONDS)
        end(rest)
