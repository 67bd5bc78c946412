"""Plan cards and answers for the tests of the conversation."""

from nixforhumanity.protocol.cards import FileChange, PackageChange, PlanCard, StepCard, Suggestion
from nixforhumanity.ui.conversation.items import MessageKind
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel


def plan_card(plan_id: str = "p1", **fields: object) -> PlanCard:
    """Return a card that installs one package; `fields` replace its values."""
    values: dict[str, object] = {
        "plan_id": plan_id,
        "hash": "0" * 64,
        "request": "install_package",
        "title": "Install GIMP for you",
        "sentence": "Adds GIMP 3.0.2 to your programs.",
        "costs": ["Download about 110 MB."],
        "undo": "You can undo this.",
        "undoable": True,
        "steps": [
            StepCard(tool_call_id=f"{plan_id}-1", title="Install GIMP", command="nix-env -iA nixpkgs.gimp")
        ],
        "packages": [PackageChange(name="gimp", after="3.0.2")],
        "files": [FileChange(path="/etc/a.nix", old_text="a = 1;\n", new_text="a = 2;\n")],
        "allow_label": "Install",
        "reject_label": "Not now",
        "explanation": "A **profile** is the list of your programs.",
    }
    return PlanCard(**(values | fields))  # type: ignore[arg-type]


def say(model: TranscriptModel, name: str, text: str, *labels: str) -> None:
    """Show a finished answer with suggestions."""
    model.begin_answer(name, kind=MessageKind.ANSWER)
    model.append_text(name, text)
    model.finish_answer(name, [Suggestion(label=label, prompt=f"say {label}") for label in labels])
