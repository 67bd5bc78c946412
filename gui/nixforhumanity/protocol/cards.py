"""What our `_meta` fields hold: plan cards, progress, suggestions, results. Texts are ready to show.

A client that knows nothing of these still gets everything as text, plan entries and tool calls.
"""

from typing import Any, Literal

import msgspec

PREFIX = "nixforhumanity/"
PLAN = PREFIX + "plan"
"""On `plan` updates: a PlanCard, sent whole at every change of its state."""
PROGRESS = PREFIX + "progress"
"""On `tool_call_update`: a Progress."""
OUTPUT = PREFIX + "output"
"""On `tool_call_update`: list of new output lines (cleaned of control sequences)."""
SUGGESTIONS = PREFIX + "suggestions"
"""On the last `agent_message_chunk` of an answer: list of Suggestion."""
NOT_RUN = PREFIX + "notRun"
"""On the last `tool_call_update` of a step: true when it ended (`failed`) without ever having begun."""
MESSAGE_KIND = PREFIX + "kind"
"""On `agent_message_chunk`: `answer` (default), `error`, `notice`, or RESULT."""
RESULT = "result"
"""The message says what a plan card says too (its id is under PLAN_ID): for clients that show no cards."""
PROMPT_ID = PREFIX + "promptId"
"""On `session/prompt` and its echoed `user_message_chunk`: the client-made id, remembered by the server."""
PLAN_ID = PREFIX + "planId"
"""On `session/request_permission`: which card asks."""
SENT_AT = PREFIX + "at"
"""On message chunks: when, ISO 8601 UTC."""
SPOKEN = PREFIX + "spoken"

PlanState = Literal[
    "waiting", "queued", "running", "done", "failed", "stopped", "declined", "expired", "interrupted"
]


class Card(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Common shape of the extension objects."""


class Suggestion(Card, frozen=True):
    """A button under an answer; pressing it says `prompt`."""

    label: str
    prompt: str
    answers: bool = False
    """It answers a question that was asked, so it is shown at every level."""


class PackageChange(Card, frozen=True):
    """A package that comes (no `before`), goes (no `after`), or changes version."""

    name: str
    before: str | None = None
    after: str | None = None


class FileChange(Card, frozen=True):
    """A file before and after."""

    path: str
    new_text: str
    old_text: str | None = None


class StepCard(Card, frozen=True):
    """One step of a plan."""

    tool_call_id: str
    title: str
    command: str
    """The exact command, quoted for a POSIX shell, to read or copy; never run as text."""


class PlanCard(Card, frozen=True):
    """Everything a plan card shows."""

    plan_id: str
    hash: str
    """sha256 hex over the typed actions; the permission is bound to it."""
    request: str
    """Name of the request in the catalogue."""
    title: str
    sentence: str
    costs: list[str]
    undo: str
    """Whether and how it can be undone, as a sentence."""
    undoable: bool
    steps: list[StepCard]
    allow_label: str
    reject_label: str
    state: PlanState = "waiting"
    final: bool = False
    packages: list[PackageChange] = []
    files: list[FileChange] = []
    removals: list[str] = []
    """Things that go for good, one line each."""
    warnings: list[str] = []
    explanation: str = ""
    """What the Explain button shows, Markdown."""
    state_text: str = ""
    """One sentence on the state: what is waited for, what happened, what to do next."""
    entry_id: int | None = None
    """The journal entry, once it ran."""
    can_undo_now: bool = False


class Progress(Card, frozen=True):
    """How far a step is."""

    done: int
    expected: int
    """0 when not known."""
    unit: Literal["builds", "bytes", "paths", "steps"]
    phase: str = ""
    text: str = ""
    """One sentence, ready to show."""


class JournalEntry(Card, frozen=True):
    """One change that was made, for the History place."""

    entry_id: int
    session_id: str
    request: str
    title: str
    at: str
    """ISO 8601 UTC."""
    state: Literal["running", "done", "failed", "stopped", "interrupted", "undone"]
    state_text: str
    commands: list[str]
    packages: list[PackageChange] = []
    can_undo: bool = False
    undo_reason: str = ""
    """Why it cannot be undone, when it cannot."""
    undoes: int | None = None
    generation: int | None = None
    """The generation that this change made, while that is still there."""


class GenerationCard(Card, frozen=True):
    """One generation of the profile, for the History place."""

    number: int
    at: str
    current: bool
    packages: list[PackageChange] = []
    """What differs from the generation before."""


class JournalRequest(Card, frozen=True):
    """`_nixforhumanity/journal`."""

    limit: int = 100
    before: int | None = None
    session_id: str | None = None


class JournalResponse(Card, frozen=True):
    """Entries newest first, and the generations of the profile newest first."""

    entries: list[JournalEntry]
    generations: list[GenerationCard] = []


class UndoRequest(Card, frozen=True):
    """`_nixforhumanity/undo`: shows the undo card in that session; runs nothing by itself."""

    session_id: str
    entry_id: int | None = None


class ExampleCard(Card, frozen=True):
    """A sentence to try: pressed, it is said as it is shown."""

    request: str
    """Name of the request in the catalogue."""
    words: str


class HostCard(Card, frozen=True):
    """`_nixforhumanity/host`: what the program found on this computer."""

    kind: Literal["nixos", "other-linux", "no-nix", "practice"]
    nix_version: str
    profile_kind: str
    installed: int
    sentences: list[str]
    """What was found, in plain words, one line each."""
    problem: str = ""
    """What keeps Nix from working, in plain words; empty when nothing does."""
    problem_detail: str = ""
    """What Nix itself said about it; behind a click."""
    notices: list[str] = []
    """What the person must be told once: files that were found damaged, and where they are kept."""
    examples: list[ExampleCard] = []
    """What an empty conversation offers to try; empty: what the window has itself."""


METHOD_JOURNAL = "_nixforhumanity/journal"
METHOD_UNDO = "_nixforhumanity/undo"
METHOD_HOST = "_nixforhumanity/host"


def to_meta(card: Card) -> dict[str, Any]:
    """Return an extension object as it stands in `_meta`."""
    value: dict[str, Any] = msgspec.to_builtins(card)
    return value


def plan_in(meta: dict[str, Any] | None) -> PlanCard | None:
    """Return the plan card in a `_meta`; None when there is none or it cannot be read."""
    try:
        return msgspec.convert((meta or {})[PLAN], PlanCard)
    except (KeyError, msgspec.ValidationError):
        return None
