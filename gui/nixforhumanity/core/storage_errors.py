"""Why our own files cannot be written or read: a full disk, one that can only be read, a missing right."""

import errno
import sqlite3

from nixforhumanity.core.errors import UserError

_OF_THE_SYSTEM = {
    errno.ENOSPC: "own-disk-full",
    errno.EDQUOT: "own-disk-full",
    errno.EROFS: "own-read-only",
    errno.EACCES: "own-not-allowed",
    errno.EPERM: "own-not-allowed",
    errno.EIO: "own-disk-failing",
}
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: "own-disk-full",
    sqlite3.SQLITE_READONLY: "own-read-only",
    sqlite3.SQLITE_CANTOPEN: "own-not-allowed",
    sqlite3.SQLITE_PERM: "own-not-allowed",
    sqlite3.SQLITE_IOERR: "own-disk-failing",
    sqlite3.SQLITE_CORRUPT: "own-file-damaged",
    sqlite3.SQLITE_NOTADB: "own-file-damaged",
    sqlite3.SQLITE_BUSY: "own-file-busy",
    sqlite3.SQLITE_LOCKED: "own-file-busy",
}


def storage_error(error: BaseException | None) -> UserError | None:
    """Return what a person is told when a file of ours is the cause; None when something else is.

    Causes of the error are looked at too, so an error that came up while another was handled is found.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if (message_id := _message_id(error)) is not None:
            return UserError(message_id)
        error = error.__cause__ or error.__context__
    return None


def _message_id(error: BaseException) -> str | None:
    if isinstance(error, sqlite3.Error):
        # The low byte is the kind; what is above it tells more than a person needs.
        code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
        if code == sqlite3.SQLITE_IOERR and "disk is full" in str(error):
            code = sqlite3.SQLITE_FULL
        return _OF_SQLITE.get(code)
    if isinstance(error, OSError) and error.errno is not None:
        return _OF_THE_SYSTEM.get(error.errno)
    return None
