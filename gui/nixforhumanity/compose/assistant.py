"""Builds the assistant with everything it needs, for a server or a terminal."""

import asyncio
import logging
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.assistant.change_lock import ChangeLock
from nixforhumanity.assistant.host import Host
from nixforhumanity.assistant.journal import Journal
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.presence import Presence
from nixforhumanity.assistant.session_store import SessionStore
from nixforhumanity.assistant.skills import all_skills
from nixforhumanity.compose.practice import PracticePlace
from nixforhumanity.core.clock import utc_now
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.wording import DEFAULT_LANGUAGE, Wording, languages
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.settings.declarations import LANGUAGE, LEVEL, NIX_PROFILE
from nixforhumanity.settings.store import Settings
from nixforhumanity.system.host_detection import host_of_this_computer, practice_host

log = logging.getLogger(__name__)

SESSIONS = "sessions.sqlite"
JOURNAL = "journal.sqlite"
LOCK = "change.lock"
PRESENCE = "presence.lock"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """For whom and on what the assistant is built."""

    folders: Folders
    settings: Settings
    practice: PracticePlace | None = None


async def build_assistant(around: Surroundings) -> Assistant:
    """Build the assistant and settle what an earlier run left.

    Raises UserError when its files are newer than this program, or cannot be written.
    """
    try:
        return await _build(around)
    except (OSError, sqlite3.OperationalError) as error:
        log.exception("the assistant's files cannot be used")
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("files-not-usable", folder=str(around.folders.state), reason=reason) from error


async def _build(around: Surroundings) -> Assistant:
    tasks = BackgroundTasks()
    host = await _host(around)
    language = chosen_language(around.settings)
    parts = Parts(
        host=host,
        finder=await _finder(host, around.folders, tasks),
        journal=Journal(around.folders.state / JOURNAL),
        sessions=SessionStore(around.folders.data / SESSIONS),
        lock=ChangeLock(around.folders.state / LOCK),
        skills=all_skills(),
        wording=Wording(language),
        clock=utc_now,
        tasks=tasks,
    )
    presence = Presence(around.folders.state / PRESENCE)
    settings = around.settings
    assistant = Assistant(parts, level=settings.get(LEVEL), language=language)
    await assistant.start(alone=presence.alone)
    presence.settle()
    return assistant


def chosen_language(settings: Settings) -> str:
    """Return the language of the settings, else the one of the environment, else English."""
    chosen = settings.get(LANGUAGE)
    if chosen == "auto":
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
        chosen = locale.partition(".")[0].partition("_")[0]
    return chosen if chosen in languages() else DEFAULT_LANGUAGE


async def _host(around: Surroundings) -> Host:
    if around.practice is not None:
        practice = await asyncio.to_thread(around.practice.prepare)
        return practice_host(practice, around.folders.runtime)
    profile = around.settings.get(NIX_PROFILE)
    return host_of_this_computer(around.folders.runtime, profile=Path(profile) if profile else None)


async def _finder(host: Host, folders: Folders, tasks: BackgroundTasks) -> PackageIndex:
    """Return an index that answers at once; the whole one is built beside it, when it is not there."""
    try:
        facts = await host.available()
    except UserError as error:
        log.warning("the packages cannot be listed: %s", error.message.id)
        facts = None
    if facts is not None:
        return await asyncio.to_thread(PackageIndex.from_facts, facts)
    index = await asyncio.to_thread(PackageIndex.open, folders.cache)
    if not index.complete:
        tasks.start(_complete(index, folders.cache), name="build the package index")
    return index


async def _complete(index: PackageIndex, cache: Path) -> None:
    path = PackageIndex.file_in(cache)
    await asyncio.to_thread(build_index, path)
    index.attach(path)
    log.info("the package index is complete")
