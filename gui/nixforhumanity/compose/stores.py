"""Everything the program keeps, in one list: each part registers what it keeps here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.client.outbox import outbox_store
from nixforhumanity.client.server_log import server_log_stores
from nixforhumanity.compose.assistant import JOURNAL, OWN_WORDS, SESSIONS
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.stores import Store
from nixforhumanity.core.text import message
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol.endpoints import endpoints_path, read_endpoints
from nixforhumanity.settings.store import settings_store
from nixforhumanity.ui.window_state import window_store


def all_stores(folders: Folders) -> tuple[Store, ...]:
    """Return every store, whether it exists yet or not."""
    return (
        Store("sessions", folders.data / SESSIONS, message("store-sessions")),
        Store("own-words", folders.data / OWN_WORDS, message("store-own-words")),
        Store("journal", folders.state / JOURNAL, message("store-journal")),
        Store("package-index", PackageIndex.file_in(folders.cache), message("store-index")),
        settings_store(folders),
        outbox_store(folders),
        window_store(folders),
        *server_log_stores(folders),
    )


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion did."""

    files: tuple[Path, ...]
    bytes: int


def server_is_running(folders: Folders) -> bool:
    """Return whether a server of this person says that it runs: it would write its files again."""
    endpoints = read_endpoints(endpoints_path(folders.runtime))
    return endpoints is not None and Path(f"/proc/{endpoints.pid}").exists()


def delete_stores(stores: Sequence[Store]) -> Deleted:
    """Delete the files of the stores. SQLite files go whole, so no page of them stays in our folders."""
    removed: list[Path] = []
    freed = 0
    for store in stores:
        for path in store.files:
            freed += path.stat().st_size
            path.unlink()
            removed.append(path)
    return Deleted(tuple(removed), freed)
