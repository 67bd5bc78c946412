"""Every method of the wire in both directions: its name, what it takes and what it returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nixforhumanity.protocol import cards, messages, own_words
from nixforhumanity.protocol.withdrawal import CancelRequestNotification

INITIALIZE = "initialize"
SESSION_NEW = "session/new"
SESSION_LOAD = "session/load"
SESSION_RESUME = "session/resume"
SESSION_LIST = "session/list"
SESSION_DELETE = "session/delete"
SESSION_PROMPT = "session/prompt"
SESSION_CANCEL = "session/cancel"
SESSION_SET_MODE = "session/set_mode"
SESSION_SET_CONFIG_OPTION = "session/set_config_option"
SESSION_UPDATE = "session/update"
SESSION_REQUEST_PERMISSION = "session/request_permission"
CANCEL_REQUEST = "$/cancel_request"
JOURNAL = cards.METHOD_JOURNAL
UNDO = cards.METHOD_UNDO
HOST = cards.METHOD_HOST
OWN_WORDS = own_words.METHOD_WORDS
OWN_WORDS_MEANINGS = own_words.METHOD_MEANINGS
OWN_WORDS_CHANGE = own_words.METHOD_CHANGE
OWN_WORDS_DELETE = own_words.METHOD_DELETE
OWN_WORDS_RESTORE = own_words.METHOD_RESTORE
OWN_WORDS_LEARN = own_words.METHOD_LEARN
OWN_WORDS_CHANGED = own_words.METHOD_CHANGED

EXTENSIONS = cards.PREFIX + "extensions"
"""In `agentCapabilities._meta` of the answer to `initialize`: list of our own methods."""
EXTENSION_METHODS = (
    JOURNAL,
    UNDO,
    HOST,
    OWN_WORDS,
    OWN_WORDS_MEANINGS,
    OWN_WORDS_CHANGE,
    OWN_WORDS_DELETE,
    OWN_WORDS_RESTORE,
    OWN_WORDS_LEARN,
    OWN_WORDS_CHANGED,
)


@dataclass(frozen=True, slots=True)
class Method:
    """One method; a notification has no result."""

    name: str
    params: type
    result: Any = None
    """A type that msgspec can decode, or None for a notification."""

    @property
    def is_notification(self) -> bool:
        """Whether nothing is sent back."""
        return self.result is None


def _table(*methods: Method) -> Mapping[str, Method]:
    return MappingProxyType({method.name: method for method in methods})


_CANCEL_REQUEST = Method(CANCEL_REQUEST, CancelRequestNotification)

AGENT_METHODS = _table(
    Method(INITIALIZE, messages.InitializeRequest, messages.InitializeResponse),
    Method(SESSION_NEW, messages.NewSessionRequest, messages.NewSessionResponse),
    Method(SESSION_LOAD, messages.LoadSessionRequest, messages.LoadSessionResponse),
    Method(SESSION_RESUME, messages.LoadSessionRequest, messages.LoadSessionResponse),
    Method(SESSION_LIST, messages.ListSessionsRequest, messages.ListSessionsResponse),
    Method(SESSION_DELETE, messages.DeleteSessionRequest, messages.Nothing),
    Method(SESSION_PROMPT, messages.PromptRequest, messages.PromptResponse),
    Method(SESSION_CANCEL, messages.CancelNotification),
    Method(SESSION_SET_MODE, messages.SetModeRequest, messages.Nothing),
    Method(SESSION_SET_CONFIG_OPTION, messages.SetConfigOptionRequest, messages.SetConfigOptionResponse),
    Method(JOURNAL, cards.JournalRequest, cards.JournalResponse),
    Method(UNDO, cards.UndoRequest, messages.Nothing),
    Method(HOST, messages.Nothing, cards.HostCard),
    Method(OWN_WORDS, messages.Nothing, own_words.OwnWordsResponse),
    Method(OWN_WORDS_MEANINGS, own_words.OwnPhraseRequest, own_words.MeaningsResponse),
    Method(OWN_WORDS_CHANGE, own_words.ChangeOwnPhraseRequest, own_words.OwnPhraseCard),
    Method(OWN_WORDS_DELETE, own_words.OwnPhrasesRequest, messages.Nothing),
    Method(OWN_WORDS_RESTORE, own_words.OwnPhrasesRequest, messages.Nothing),
    Method(OWN_WORDS_LEARN, own_words.LearnOwnWordsRequest, messages.Nothing),
    _CANCEL_REQUEST,
)
"""What the server answers and the window sends."""

CLIENT_METHODS = _table(
    Method(SESSION_UPDATE, messages.SessionNotification),
    Method(SESSION_REQUEST_PERMISSION, messages.PermissionRequest, messages.PermissionResponse),
    Method(OWN_WORDS_CHANGED, own_words.OwnWordsChanged),
    _CANCEL_REQUEST,
)
"""What the window answers and the server sends."""
