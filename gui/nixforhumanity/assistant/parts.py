"""The parts that every conversation shares."""

from collections.abc import Mapping
from dataclasses import dataclass

from nixforhumanity.assistant.change_lock import ChangeLock
from nixforhumanity.assistant.host import Host
from nixforhumanity.assistant.journal import Journal
from nixforhumanity.assistant.language_model.port import LanguageModel
from nixforhumanity.assistant.own_words import OwnWords
from nixforhumanity.assistant.session_store import SessionStore
from nixforhumanity.assistant.situation import Finder, Skill
from nixforhumanity.core.clock import Clock
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message
from nixforhumanity.core.wording import Wording
from nixforhumanity.understanding.requests import LoadingModel


@dataclass(frozen=True, slots=True)
class Parts:
    """What the assistant is put together from."""

    host: Host
    finder: Finder
    journal: Journal
    sessions: SessionStore
    lock: ChangeLock
    skills: Mapping[str, Skill]
    wording: Wording
    clock: Clock
    tasks: BackgroundTasks
    spoken: str = "en"
    """The language that lines are expected in; answers may be in another."""
    model: LoadingModel | None = None
    """The trained half of understanding; without it the sentences are all."""
    language_model: LanguageModel | None = None
    """Asked only while the person has it switched on; None where there is none to switch on."""
    own_words: OwnWords | None = None
    """The person's own phrases; None where none are kept."""
    notices: tuple[Message, ...] = ()
    """What the person must be told once, in the window: what was found damaged and kept aside."""
