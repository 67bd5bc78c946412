"""Builds the assistant with everything it needs, for a server or a terminal."""

import asyncio
import logging
import os
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.assistant.change_lock import ChangeLock
from nixforhumanity.assistant.host import Host
from nixforhumanity.assistant.journal import Journal
from nixforhumanity.assistant.own_words import OwnWords
from nixforhumanity.assistant.own_words_store import OwnWordsStore
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.presence import Presence
from nixforhumanity.assistant.session_store import SessionStore
from nixforhumanity.assistant.skills import all_skills
from nixforhumanity.compose.language_model import ConfiguredLanguageModel
from nixforhumanity.compose.learning_setting import LearningSetting
from nixforhumanity.compose.model_in_background import ModelsInBackground
from nixforhumanity.compose.practice import PracticePlace
from nixforhumanity.core.clock import utc_now
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.resources import resource
from nixforhumanity.core.storage_errors import storage_error
from nixforhumanity.core.stores import Store
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import message
from nixforhumanity.core.wording import DEFAULT_LANGUAGE, Wording, languages
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.settings.declarations import LANGUAGE, LEVEL, NIX_PROFILE
from nixforhumanity.settings.store import Settings
from nixforhumanity.system.host_detection import host_of_this_computer, practice_host
from nixforhumanity.system.keyring_secret_store import KeyringSecretStore
from nixforhumanity.understanding.languages import nearest_language

log = logging.getLogger(__name__)

SESSIONS = "sessions.sqlite"
JOURNAL = "journal.sqlite"
OWN_WORDS = "own_words.sqlite"
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
    except (OSError, sqlite3.Error) as error:
        log.exception("the assistant's files cannot be used")
        raise files_not_usable(error, around.folders.state) from error


def files_not_usable(error: OSError | sqlite3.Error, folder: Path) -> UserError:
    """Return what a person is told when our own files keep the assistant from starting: why, and where."""
    named = getattr(error, "filename", None)
    place = str(named) if isinstance(named, str) else str(folder)
    known = storage_error(error)
    if known is not None:
        return UserError(f"start-{known.message.id}", folder=place)
    return UserError("files-not-usable", folder=place, reason=getattr(error, "strerror", None) or str(error))


async def _build(around: Surroundings) -> Assistant:
    tasks = BackgroundTasks()
    host = await _host(around)
    language = chosen_language(around.settings)
    spoken = expected_language(around.settings)
    kept = (
        Store("journal", around.folders.state / JOURNAL, message("store-journal")),
        Store("sessions", around.folders.data / SESSIONS, message("store-sessions")),
        Store("own-words", around.folders.data / OWN_WORDS, message("store-own-words")),
    )
    before = {path for store in kept for path in store.kept_aside}
    phrases = OwnWordsStore(around.folders.data / OWN_WORDS)
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
        model=ModelsInBackground(resource("models"), tasks, spoken),
        spoken=spoken,
        language_model=ConfiguredLanguageModel.in_folders(around.folders, KeyringSecretStore()),
    )
    found_damaged = tuple(
        message(f"kept-aside-{store.name}", path=str(path))
        for store in kept
        for path in store.kept_aside
        if path not in before
    )
    parts = replace(parts, notices=found_damaged)
    own_words = OwnWords(
        phrases,
        parts.finder,
        parts.wording,
        parts.clock,
        LearningSetting(around.folders),
    )
    parts = replace(parts, own_words=own_words)
    presence = Presence(around.folders.state / PRESENCE)
    settings = around.settings
    assistant = Assistant(parts, level=settings.get(LEVEL), language=language)
    await assistant.start(alone=presence.alone)
    presence.settle()
    return assistant


def chosen_language(settings: Settings) -> str:
    """Return the language of the settings, else the one of the environment, else English."""
    locale = _wanted_language(settings)
    short = locale.partition("_")[0]
    return next((name for name in (locale, short) if name in languages()), DEFAULT_LANGUAGE)


def expected_language(settings: Settings) -> str:
    """Return the language that lines are expected in; more are understood than answers are written in."""
    return nearest_language(_wanted_language(settings)) or DEFAULT_LANGUAGE


def _wanted_language(settings: Settings) -> str:
    chosen = settings.get(LANGUAGE)
    if chosen != "auto":
        return chosen
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return locale.partition(".")[0].partition("@")[0]


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
