"""Fills a conversation with every state there is, to look at: python tests/ui/conversation_demo.py --help."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "gui"))

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from nixforhumanity.protocol.cards import (
    FileChange,
    PackageChange,
    PlanCard,
    Progress,
    StepCard,
    Suggestion,
)
from nixforhumanity.ui.conversation.conversation_view import ConversationView
from nixforhumanity.ui.conversation.items import MessageKind
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from nixforhumanity.ui.theme.appearance import Theme, apply_theme

HOST = [
    "Debian 12 with Nix 2.8. Nix works.",
    "14 programs are installed in your profile.",
    "212 GB of disk space are free.",
]

ANSWER = """GIMP (like Photoshop), **Krita** (painting) and *darktable* (camera photos) all fit.
`gimp` is the usual choice.

## What is different

- GIMP changes existing photos: crop, colours, retouch
- Krita is for drawing and painting
- darktable develops raw files of cameras

| program | download | version |
|---|---|---|
| GIMP | 110 MB | 3.0.2 |
| Krita | 190 MB | 5.2.6 |

You can read more on [the page of GIMP](https://www.gimp.org). To look at it without installing:

```sh
nix shell nixpkgs#gimp --command gimp --new-instance --no-splash --verbose "a long argument with a bar"
```

Nothing stays behind when you close it."""


def card(plan_id: str, **fields: object) -> PlanCard:
    """Return a plan card with everything filled in."""
    values: dict[str, object] = {
        "plan_id": plan_id,
        "hash": "0" * 64,
        "request": "install_package",
        "title": "Install GIMP for you",
        "sentence": "Adds GIMP 3.0.2 to your programs. Nothing else changes.",
        "costs": ["Download about 110 MB, 420 MB on the disk."],
        "undo": "You can undo this.",
        "undoable": True,
        "steps": [
            StepCard(
                tool_call_id=f"{plan_id}-1", title="Install GIMP", command="nix profile install nixpkgs#gimp"
            )
        ],
        "packages": [
            PackageChange(name="gimp", after="3.0.2"),
            PackageChange(name="babl", before="0.1.106", after="0.1.108"),
        ],
        "allow_label": "Install",
        "reject_label": "Not now",
        "explanation": "A **profile** is the list of programs that are yours. Installing adds a line.",
    }
    return PlanCard(**(values | fields))  # type: ignore[arg-type]


FINAL = {
    "title": "Delete 12 old generations",
    "sentence": "Deletes the generations 1 to 12 of your profile and everything only they need.",
    "costs": ["Frees about 8.2 GB.", "Takes about two minutes."],
    "undo": "This cannot be undone.",
    "undoable": False,
    "final": True,
    "allow_label": "Delete for good",
    "warnings": ["You cannot go back to a state from before today."],
    "removals": [f"Generation {number} of 3 March" for number in range(1, 6)],
    "packages": [],
}
FILES = [
    FileChange(
        path="/etc/nixos/configuration.nix",
        old_text="{ pkgs, ... }: {\n  services.openssh.enable = false;\n  firewall.enable = true;\n}\n",
        new_text="{ pkgs, ... }: {\n  services.openssh.enable = true;\n  services.openssh.ports = [ 22 ];\n"
        "  firewall.enable = true;\n}\n",
    )
]


def answer(
    model: TranscriptModel, name: str, text: str, *suggestions: str, kind: MessageKind = MessageKind.ANSWER
) -> None:
    """Show a finished answer."""
    model.begin_answer(name, kind=kind)
    model.append_text(name, text)
    model.finish_answer(name, [Suggestion(label=one, prompt=one) for one in suggestions])


def fill_talk(model: TranscriptModel) -> None:
    """Show words, an answer, suggestions and a card that waits."""
    model.append_person("I need something to edit photos", at=datetime.now(UTC))
    answer(model, "a1", ANSWER, "GIMP", "Krita", "darktable", "What is the difference?")
    model.append_person("gimp")
    model.set_plan(card("p1"))
    model.ask_permission("p1")


def fill_states(model: TranscriptModel) -> None:
    """Show a card in every state."""
    for state in ("queued", "done", "failed", "stopped", "declined", "expired", "interrupted"):
        extra: dict[str, object] = {"state": state}
        if state in ("done", "failed"):
            extra["state_text"] = {
                "done": "GIMP 3.0.2 is installed. You find it in the menu of your programs.",
                "failed": "The download broke off. Nothing was changed. Check the network and try again.",
            }[state]
        if state == "done":
            extra |= {"entry_id": 4, "can_undo_now": True}
        model.set_plan(card(f"s-{state}", **extra))
    model.set_plan(card("s-run", state="running"))
    model.set_progress(
        "s-run-1",
        Progress(done=46, expected=110, unit="bytes", phase="Downloading", text="46 of 110 MB are here."),
    )
    model.append_output(
        "s-run-1", [f"copying path '/nix/store/…-lib{n}-1.0' from 'https://cache…'" for n in range(40)]
    )
    model.set_plan(card("s-final", **FINAL))
    model.ask_permission("s-final")


def fill_odd(model: TranscriptModel) -> None:
    """Show what is hard to show."""
    model.append_person("установи firefox please 🙂👍🏽 " + "ж" * 300)
    model.append_person("أريد تثبيت برنامج لتحرير الصور من فضلك")
    answer(model, "r1", "يمكنك استخدام **GIMP** أو `krita` لذلك.\n\n- الأول\n- الثاني", "نعم", "لا")
    model.append_person("\x1b[31mred\x1b[0m bell\x07 null\x00 override \u202egpj.exe")
    model.append_person("\n".join(f"line {n} of something that was pasted" for n in range(2500)))
    model.append_person("This waits until there is a connection.", prompt_id="w1", waiting=True)
    answer(
        model,
        "e1",
        "I could not reach the server. Nothing was changed. Check the network and try again.",
        "Try again",
        kind=MessageKind.ERROR,
    )
    answer(model, "n1", "The level is now *Intermediate*.", kind=MessageKind.NOTICE)
    answer(
        model,
        "h1",
        "<b>raw</b> html <script>alert(1)</script> ![x](http://example.org/x.png)\n\n> a quote"
        "\n\n1. one\n2. two\n   - nested\n\nA long word: " + "x" * 200,
    )


def fill_expert(model: TranscriptModel) -> None:
    """Show cards with everything open."""
    model.set_plan(
        card(
            "x1",
            files=FILES,
            warnings=["SSH lets others in who know the password."],
            packages=[PackageChange(name=f"python3.11-package-{n}", after=f"1.{n}") for n in range(40)],
        )
    )
    model.ask_permission("x1")


FILLS = {"talk": fill_talk, "states": fill_states, "odd": fill_odd, "expert": fill_expert}
LEVELS = {
    "beginner": ("sentence", "buttons", "bar"),
    "intermediate": ("changes", "on-request", "phases"),
    "expert": ("everything", "palette", "log"),
}


def main() -> None:
    """Show it, or make a picture of it."""
    options = argparse.ArgumentParser()
    options.add_argument("--theme", default="light", choices=[theme.value for theme in Theme])
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument("--size", default="900x800")
    options.add_argument("--show", default="talk", choices=["first", "short", *FILLS])
    options.add_argument("--level", default="beginner", choices=list(LEVELS))
    options.add_argument("--rtl", action="store_true")
    options.add_argument("--top", type=int, help="scroll to this position instead of the end")
    options.add_argument("--picture", help="save a picture of the window to this file and end")
    options.add_argument("--focus-plan", action="store_true")
    chosen = options.parse_args()
    app = QApplication(sys.argv[:1])
    QLocale.setDefault(QLocale("en_GB"))
    if chosen.rtl:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    apply_theme(app, Theme(chosen.theme), chosen.scale)
    view = ConversationView()
    view.setWindowTitle("conversation")
    view.set_level_features(*LEVELS[chosen.level])
    view.set_host_sentences(HOST)
    view.set_first_start(chosen.show == "first")
    if chosen.show in FILLS:
        FILLS[chosen.show](view.model)
    view.resize(*map(int, chosen.size.split("x")))
    view.set_activity("Looking for packages …")
    view.show()

    def finish() -> None:
        if chosen.top is not None:
            view.transcript.verticalScrollBar().setValue(chosen.top)
        if chosen.focus_plan:
            view.activateWindow()
            view.focus_latest_plan()
        if chosen.picture:
            QTimer.singleShot(150, lambda: (view.grab().save(chosen.picture), app.quit()))

    QTimer.singleShot(500, finish)
    app.exec()


if __name__ == "__main__":
    main()
