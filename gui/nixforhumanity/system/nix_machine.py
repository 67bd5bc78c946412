"""One Nix with one profile: what the parts of the host share, and what they read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.assistant.host import HostKind
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.commands import NixCommands
from nixforhumanity.nix.generations import GenerationLink
from nixforhumanity.nix.profiles import (
    ManifestError,
    ProfileElement,
    ProfileTool,
    parse_env_query,
    parse_manifest,
)
from nixforhumanity.nix.sources import ChannelSource, FlakeSource, FolderSource, PackageSource
from nixforhumanity.nix.store_names import base_name
from nixforhumanity.nix.version import NixFamily, NixVersion, capabilities_of
from nixforhumanity.system.nix_runner import NixRunner
from nixforhumanity.system.nix_setup import NixSetup, read_setup
from nixforhumanity.system.profile_links import ProfileLinks, find_profile, tool_of_folder

_CHANNELS = ("nixos", "nixpkgs")
_PROFILES_REMEMBERED = 256
_BEFORE_ASKING = NixVersion(NixFamily.NIX, (2, 18, 0))


def _empty(folder: Path) -> Sequence[ProfileElement]:
    """Return the elements of a profile without a manifest, which is one that never held anything."""
    if not folder.exists():
        raise UserError("profile-unreadable", detail=base_name(str(folder)))
    return ()


@dataclass(frozen=True, slots=True)
class Place:
    """Which computer and which profile a host is for."""

    kind: HostKind
    operating_system: str
    runtime: Path
    """Folder for links that keep started programs alive."""
    profile: Path | None = None
    """An explicit profile; None for the person's own."""
    source: PackageSource | None = None
    """Where packages come from; None to find out."""


class NixMachine:
    """Reads profile and setup; whatever can change outside of this program is looked at anew each time."""

    def __init__(self, place: Place, runner: NixRunner, program_environment: Mapping[str, str]) -> None:
        self.place = place
        self.runner = runner
        self.program_environment = program_environment
        self._setup: NixSetup | None = None
        self._elements: dict[str, tuple[ProfileElement, ...]] = {}

    async def setup(self, *, again: bool = False) -> NixSetup:
        """Return what Nix is; asked once, and anew with `again`."""
        if self._setup is None or again:
            self._setup = None
            self._setup = await read_setup(self.runner)
        return self._setup

    @property
    def store_folder(self) -> str:
        """Where store paths are."""
        return self.runner.environment.get("NIX_STORE_DIR", "/nix/store")

    def profile(self) -> ProfileLinks:
        """Return the profile."""
        return ProfileLinks(self.place.profile or find_profile(self.runner.environment))

    def tool(self) -> ProfileTool:
        """Return the command for the profile: by its content, or for a new one what the settings allow."""
        found = self.profile().tool()
        if found is not None:
            return found
        allowed = self._setup is None or self._setup.features_enabled
        return ProfileTool.NIX_PROFILE if allowed else ProfileTool.NIX_ENV

    def source(self, tool: ProfileTool) -> PackageSource:
        """Return where packages come from for that command."""
        if self.place.source is not None:
            return self.place.source
        if tool is ProfileTool.NIX_PROFILE:
            return FlakeSource()
        return self._channel() or self._search_path() or FlakeSource()

    def commands(self) -> NixCommands:
        """Return the writer of commands for what is there now; asks nobody."""
        tool = self.tool()
        setup = self._setup
        return NixCommands(
            capabilities=setup.capabilities if setup else capabilities_of(_BEFORE_ASKING),
            tool=tool,
            source=self.source(tool),
            store_folder=self.store_folder,
            profile=str(self.place.profile) if self.place.profile else None,
            enable_features=setup is not None and not setup.features_enabled,
        )

    async def elements(self) -> tuple[ProfileElement, ...]:
        """Return what is installed now."""
        profile = self.profile()
        number = profile.current()
        generation = None if number is None else profile.generation(number)
        return () if generation is None else await self.elements_of(generation)

    async def elements_of(self, generation: GenerationLink) -> tuple[ProfileElement, ...]:
        """Return what is installed in one generation; a generation never changes, so it is read once."""
        key = generation.target
        if key not in self._elements:
            found = tuple(await self._read_elements(generation))
            if len(self._elements) >= _PROFILES_REMEMBERED:
                del self._elements[next(iter(self._elements))]
            self._elements[key] = found
        return self._elements[key]

    def elements_on_disk(self) -> Sequence[ProfileElement]:
        """Return what a `nix profile` profile holds, without asking Nix; nothing for the other kind."""
        try:
            return parse_manifest((self.profile().path / "manifest.json").read_bytes())
        except (OSError, ManifestError):
            return ()

    async def generation(self, number: int) -> GenerationLink:
        """Return one generation; raises UserError `generation-not-found`."""
        found = self.profile().generation(number)
        if found is None:
            raise UserError("generation-not-found", generation=number)
        return found

    async def _read_elements(self, generation: GenerationLink) -> Sequence[ProfileElement]:
        folder = Path(generation.target)
        tool = tool_of_folder(folder)
        try:
            if tool is ProfileTool.NIX_PROFILE:
                return parse_manifest((folder / "manifest.json").read_bytes())
            if tool is ProfileTool.NIX_ENV:
                await self.setup()
                return parse_env_query(await self.runner.read(self.commands().env_query(generation.link)))
        except ManifestError as error:
            raise UserError("profile-unreadable", detail=str(error)) from error
        except OSError as error:
            raise UserError("profile-unreadable", detail=error.strerror or str(error)) from error
        return _empty(folder)

    def _channel(self) -> ChannelSource | None:
        home = Path(self.runner.environment.get("HOME", "/"))
        for group in ("channels", "channels_root"):
            for name in _CHANNELS:
                folder = home / ".nix-defexpr" / group / name
                if (folder / "default.nix").exists():
                    return ChannelSource(name, str(folder))
        return None

    def _search_path(self) -> FolderSource | None:
        for entry in self.runner.environment.get("NIX_PATH", "").split(":"):
            name, _, folder = entry.partition("=")
            if name == "nixpkgs" and folder.startswith("/") and (Path(folder) / "default.nix").exists():
                return FolderSource(folder)
        return None
