"""What a person is told when a turn breaks off: a full disk, say, or a mistake of this program."""

from nixforhumanity.assistant.answers import Answer, suggested
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.storage_errors import storage_error
from nixforhumanity.core.text import Message, message


def broken_off(error: Exception, error_id: str, *, changed: bool) -> Answer:
    """Return the answer of a turn that broke off; `changed`: a change had begun."""
    why = storage_error(error)
    if why is None:
        return Answer((message("internal-error", id=error_id),), kind="error")
    done = message("something-was-changed" if changed else "nothing-was-changed")
    full = why.message.id == "own-disk-full"
    buttons = (suggested("clean"), suggested("disk")) if full else (suggested("help"),)
    return Answer((why.message, done, _advice(why)), buttons, kind="error")


def why_unchanged(error: BaseException) -> list[Message]:
    """Return why a plan was not carried out, that nothing was changed, and what to do."""
    if isinstance(error, UserError):
        return [error.message]
    why = storage_error(error)
    if why is None:
        return [message("broke-unchanged")]
    return [why.message, message("nothing-was-changed"), _advice(why)]


def _advice(why: UserError) -> Message:
    return message(f"{why.message.id}-advice")
