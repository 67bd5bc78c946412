"""The titles of the past conversations, as the assistant changes them. Knows no Qt."""

from nixforhumanity.protocol.messages import SessionInfo, SessionInfoUpdate


def retitle(sessions: list[SessionInfo], session_id: str, update: SessionInfoUpdate) -> bool:
    """Change title and time of a conversation in the list; return whether it is there."""
    for number, known in enumerate(sessions):
        if known.session_id == session_id:
            sessions[number] = SessionInfo(
                session_id=session_id,
                cwd=known.cwd,
                title=update.title or known.title,
                updated_at=update.updated_at or known.updated_at,
            )
            return True
    return False
