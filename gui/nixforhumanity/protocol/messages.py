"""The part of the Agent Client Protocol (version 1) that is used, as msgspec structs.

Field names are snake_case here and camelCase on the wire; `meta` is `_meta`. Fields at their
default are left out of what is sent, unknown fields are ignored when read.
Source: schema 1.19 of the protocol, https://agentclientprotocol.com.
"""

from typing import Any, Literal

import msgspec

PROTOCOL_VERSION = 1

Meta = dict[str, Any]
ToolKind = Literal[
    "read", "edit", "delete", "move", "search", "execute", "think", "fetch", "switch_mode", "other"
]
ToolStatus = Literal["pending", "in_progress", "completed", "failed"]
PlanEntryStatus = Literal["pending", "in_progress", "completed"]
StopReason = Literal["end_turn", "max_tokens", "max_turn_requests", "refusal", "cancelled"]
PermissionKind = Literal["allow_once", "allow_always", "reject_once", "reject_always"]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What every message of the wire has: camelCase names and room for extensions in `_meta`."""

    meta: Meta | None = msgspec.field(name="_meta", default=None)


# --- content ----------------------------------------------------------------------------------------


class TextBlock(Wire, frozen=True, tag="text", tag_field="type"):
    """A piece of Markdown (from the agent) or of plain text (from the person)."""

    text: str


class ResourceLinkBlock(Wire, frozen=True, tag="resource_link", tag_field="type"):
    """A link that an editor attaches to a prompt; its name is read, its target is not fetched."""

    uri: str
    name: str


ContentBlock = TextBlock | ResourceLinkBlock


class ContentItem(Wire, frozen=True, tag="content", tag_field="type"):
    """Text shown with a tool call: the command, or its output."""

    content: ContentBlock


class DiffItem(Wire, frozen=True, tag="diff", tag_field="type"):
    """A file before and after."""

    path: str
    new_text: str
    old_text: str | None = None


ToolContent = ContentItem | DiffItem


class ToolLocation(Wire, frozen=True):
    """A file that a tool call works on."""

    path: str
    line: int | None = None


# --- session updates --------------------------------------------------------------------------------


class UserMessageChunk(Wire, frozen=True, tag="user_message_chunk", tag_field="sessionUpdate"):
    """What the person said: replayed on load, and shown to other windows of the session."""

    content: ContentBlock
    message_id: str | None = None


class AgentMessageChunk(Wire, frozen=True, tag="agent_message_chunk", tag_field="sessionUpdate"):
    """A piece of an answer; chunks with one `message_id` make one message."""

    content: ContentBlock
    message_id: str | None = None


class ToolCall(Wire, frozen=True, tag="tool_call", tag_field="sessionUpdate"):
    """One step, announced."""

    tool_call_id: str
    title: str
    kind: ToolKind = "other"
    status: ToolStatus | None = None
    content: list[ToolContent] | None = None
    locations: list[ToolLocation] | None = None
    raw_input: Any = None
    raw_output: Any = None


class ToolCallUpdate(Wire, frozen=True, tag="tool_call_update", tag_field="sessionUpdate"):
    """What changed about a step; fields left out are as they were."""

    tool_call_id: str
    title: str | None = None
    kind: ToolKind | None = None
    status: ToolStatus | None = None
    content: list[ToolContent] | None = None
    locations: list[ToolLocation] | None = None
    raw_input: Any = None
    raw_output: Any = None


class PlanEntry(Wire, frozen=True):
    """One line of a plan."""

    content: str
    priority: Literal["high", "medium", "low"]
    status: PlanEntryStatus


class PlanUpdate(Wire, frozen=True, tag="plan", tag_field="sessionUpdate"):
    """The whole plan, sent anew with every change; the card is in `_meta` (see cards.py)."""

    entries: list[PlanEntry]


class CommandInput(Wire, frozen=True):
    """A hint for what to type after a slash command."""

    hint: str


class AvailableCommand(Wire, frozen=True):
    """A slash command."""

    name: str
    description: str
    input: CommandInput | None = None


class AvailableCommandsUpdate(Wire, frozen=True, tag="available_commands_update", tag_field="sessionUpdate"):
    """The slash commands of this session."""

    available_commands: list[AvailableCommand]


class CurrentModeUpdate(Wire, frozen=True, tag="current_mode_update", tag_field="sessionUpdate"):
    """The level changed."""

    current_mode_id: str


class SessionInfoUpdate(Wire, frozen=True, tag="session_info_update", tag_field="sessionUpdate"):
    """The title or time of the session changed."""

    title: str | None = None
    updated_at: str | None = None


class ConfigChoice(Wire, frozen=True):
    """A value of a config option."""

    value: str
    name: str
    description: str | None = None


class ConfigOption(Wire, frozen=True, tag="select", tag_field="type"):
    """A config option of a session: level, style or language."""

    id: str
    name: str
    current_value: str
    options: list[ConfigChoice]
    description: str | None = None
    category: str | None = None


class ConfigOptionUpdate(Wire, frozen=True, tag="config_option_update", tag_field="sessionUpdate"):
    """The config options changed."""

    config_options: list[ConfigOption]


SessionUpdate = (
    UserMessageChunk
    | AgentMessageChunk
    | ToolCall
    | ToolCallUpdate
    | PlanUpdate
    | AvailableCommandsUpdate
    | CurrentModeUpdate
    | SessionInfoUpdate
    | ConfigOptionUpdate
)


class SessionNotification(Wire, frozen=True):
    """`session/update`."""

    session_id: str
    update: SessionUpdate


# --- initialize -------------------------------------------------------------------------------------


class Implementation(Wire, frozen=True):
    """Name and version of a client or an agent."""

    name: str
    version: str
    title: str | None = None


class ClientCapabilities(Wire, frozen=True):
    """What a client can do; only the parts we ask about."""

    elicitation: dict[str, Any] | None = None


class PromptCapabilities(Wire, frozen=True):
    """What a prompt may contain besides text: nothing."""

    image: bool = False
    audio: bool = False
    embedded_context: bool = False


class Nothing(Wire, frozen=True):
    """An empty object: the marker of a capability, and the result of calls that return nothing."""


class SessionCapabilities(Wire, frozen=True):
    """Session methods beyond new and prompt."""

    list: Nothing | None = None
    resume: Nothing | None = None
    delete: Nothing | None = None


class AgentCapabilities(Wire, frozen=True):
    """What the agent can do; our extensions are listed in `_meta`."""

    load_session: bool = False
    prompt_capabilities: PromptCapabilities | None = None
    session_capabilities: SessionCapabilities | None = None


class InitializeRequest(Wire, frozen=True):
    """`initialize`."""

    protocol_version: int
    client_capabilities: ClientCapabilities | None = None
    client_info: Implementation | None = None


class InitializeResponse(Wire, frozen=True):
    """Result of `initialize`."""

    protocol_version: int
    agent_capabilities: AgentCapabilities | None = None
    agent_info: Implementation | None = None
    auth_methods: list[Any] | None = None


# --- sessions ---------------------------------------------------------------------------------------


class SessionMode(Wire, frozen=True):
    """A level."""

    id: str
    name: str
    description: str | None = None


class SessionModeState(Wire, frozen=True):
    """The levels, and which one is on."""

    current_mode_id: str
    available_modes: list[SessionMode]


class NewSessionRequest(Wire, frozen=True):
    """`session/new`. The working folder is required by the protocol and not used."""

    cwd: str
    mcp_servers: list[Any]


class NewSessionResponse(Wire, frozen=True):
    """Result of `session/new`."""

    session_id: str
    modes: SessionModeState | None = None
    config_options: list[ConfigOption] | None = None


class LoadSessionRequest(Wire, frozen=True):
    """`session/load` (replays everything) and `session/resume` (replays nothing)."""

    session_id: str
    cwd: str
    mcp_servers: list[Any] = msgspec.field(default_factory=lambda: [])  # noqa: PIE807 - `list` would not be sent


class LoadSessionResponse(Wire, frozen=True):
    """Result of `session/load` and `session/resume`."""

    modes: SessionModeState | None = None
    config_options: list[ConfigOption] | None = None


class ListSessionsRequest(Wire, frozen=True):
    """`session/list`."""

    cwd: str | None = None
    cursor: str | None = None


class SessionInfo(Wire, frozen=True):
    """A past conversation."""

    session_id: str
    cwd: str
    title: str | None = None
    updated_at: str | None = None


class ListSessionsResponse(Wire, frozen=True):
    """Result of `session/list`, newest first."""

    sessions: list[SessionInfo]
    next_cursor: str | None = None


class DeleteSessionRequest(Wire, frozen=True):
    """`session/delete`."""

    session_id: str


class SetModeRequest(Wire, frozen=True):
    """`session/set_mode`."""

    session_id: str
    mode_id: str


class SetConfigOptionRequest(Wire, frozen=True):
    """`session/set_config_option`."""

    session_id: str
    config_id: str
    value: str


class SetConfigOptionResponse(Wire, frozen=True):
    """Result of `session/set_config_option`."""

    config_options: list[ConfigOption]


# --- a turn -----------------------------------------------------------------------------------------


class PromptRequest(Wire, frozen=True):
    """`session/prompt`."""

    session_id: str
    prompt: list[ContentBlock]


class PromptResponse(Wire, frozen=True):
    """Result of `session/prompt`, sent when the turn has ended."""

    stop_reason: StopReason


class CancelNotification(Wire, frozen=True):
    """`session/cancel`."""

    session_id: str


class PermissionOption(Wire, frozen=True):
    """A button of a permission request."""

    option_id: str
    name: str
    kind: PermissionKind


class PermissionRequest(Wire, frozen=True):
    """`session/request_permission`."""

    session_id: str
    tool_call: ToolCallUpdate
    options: list[PermissionOption]


class Selected(Wire, frozen=True, tag="selected", tag_field="outcome"):
    """The person picked an option."""

    option_id: str


class Cancelled(Wire, frozen=True, tag="cancelled", tag_field="outcome"):
    """The turn was stopped before the person picked."""


class PermissionResponse(Wire, frozen=True):
    """Result of `session/request_permission`."""

    outcome: Selected | Cancelled
