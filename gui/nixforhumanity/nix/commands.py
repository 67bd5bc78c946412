"""Commands of Nix as argument lists, for what the program does and for what it reads.

Nothing that a person typed gets here unless it has the shape of an attribute, a store path, an element's name
or a number, so none of it can become an option; where Nix knows `--`, it is there all the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.profiles import ProfileTool
from nixforhumanity.nix.sources import ChannelSource, FlakeSource, FolderSource, PackageSource
from nixforhumanity.nix.store_names import is_store_name, split_package_name
from nixforhumanity.nix.version import NixCapabilities

Command = tuple[str, ...]

PROGRESS_OPTIONS = ("--log-format", "internal-json", "-v")
"""What makes a command tell its progress in a form that can be read; they change nothing else."""

_ATTRIBUTE = re.compile(r"[A-Za-z_][A-Za-z0-9_'+.-]*\Z")
_ELEMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+?=-]*\Z")
_STORE_PATH = re.compile(r"/[A-Za-z0-9/._+?=-]+/[0-9a-z]{32}-[A-Za-z0-9._+?=-]+\Z")
_OLDER_THAN = re.compile(r"(?:[1-9][0-9]{0,4}d|\+[1-9][0-9]{0,3})\Z")
_SPECIAL_IN_PATTERNS = re.compile(r"([.+?*()\[\]{}|^$\\])")


@dataclass(frozen=True, slots=True)
class NixCommands:
    """Writes commands for one profile, one source of packages and one version of Nix."""

    capabilities: NixCapabilities
    tool: ProfileTool
    source: PackageSource
    store_folder: str
    profile: str | None = None
    """Absolute path; None for the profile that Nix takes by itself."""
    enable_features: bool = False
    """Whether `nix` must be told to allow its own commands, because the settings do not."""

    # What changes something

    def install(self, attribute: str) -> Command:
        """Add a package to the profile."""
        attribute = _checked(_ATTRIBUTE, "package", attribute)
        if self.tool is ProfileTool.NIX_PROFILE:
            return self._profile_command(self.capabilities.profile_add_verb, self.installable(attribute))
        source = self._env_source
        return self._env_command(*source.env_arguments(), "-iA", source.env_attribute(attribute))

    def install_path(self, *store_paths: str) -> Command:
        """Add an exact build, all its outputs, to the profile."""
        checked = [_checked(_STORE_PATH, "store-path", path) for path in store_paths]
        if self.tool is ProfileTool.NIX_PROFILE:
            return self._profile_command(self.capabilities.profile_add_verb, *checked)
        return self._env_command("-i", *checked)

    def remove(self, element: str) -> Command:
        """Take one element out of the profile."""
        element = _checked(_ELEMENT, "package", element)
        if self.tool is ProfileTool.NIX_PROFILE:
            return self._profile_command("remove", self._matcher(element))
        return self._env_command("-e", _env_selector(element))

    def remove_all(self, store_paths: tuple[str, ...]) -> Command:
        """Empty the profile; `store_paths` is one of each element, for versions that need to be told."""
        if self.tool is ProfileTool.NIX_ENV:
            return self._env_command("-e", "*")
        if self.capabilities.profile_remove_all:
            return self._profile_command("remove", "--all")
        return self._profile_command(
            "remove", *(_checked(_STORE_PATH, "store-path", one) for one in store_paths)
        )

    def switch_generation(self, number: int) -> Command:
        """Make that generation the current one."""
        if self.tool is ProfileTool.NIX_PROFILE:
            return self._profile_command("rollback", "--to", str(_number(number)))
        return self._env_command("--switch-generation", str(_number(number)))

    def delete_generations(self, older_than: str | None) -> Command:
        """Delete generations: `14d`, `+5`, or all but the current one (None)."""
        if older_than is not None:
            _checked(_OLDER_THAN, "older-than", older_than)
        # `nix profile wipe-history` cannot count; nix-env deletes the generations of either kind of profile.
        if self.tool is ProfileTool.NIX_ENV or (older_than or "").startswith("+"):
            return self._env_command("--delete-generations", older_than or "old")
        when = ("--older-than", older_than) if older_than else ()
        return self._profile_command("wipe-history", *when)

    def collect_garbage(self) -> Command:
        """Delete from the store what nothing needs."""
        return ("nix-store", "--gc")

    # What reads

    def dry_run(self, attribute: str) -> Command:
        """Tell what installing would build and fetch; JSON with the outputs on standard output."""
        return self._nix("build", "--dry-run", "--no-link", "--json", self.installable(attribute))

    def dry_run_path(self, *store_paths: str) -> Command:
        """Tell whether an exact build would have to be fetched."""
        checked = (_checked(_STORE_PATH, "store-path", path) for path in store_paths)
        return ("nix-store", "--realise", "--dry-run", *checked)

    def env_dry_run(self, attribute: str) -> Command:
        """The same as `dry_run` for nix-env; names no outputs."""
        source = self._env_source
        return self._env_command(*source.env_arguments(), "--dry-run", "-iA", source.env_attribute(attribute))

    def env_query_available(self, attribute: str) -> Command:
        """Name the package of an attribute and its output paths, as JSON."""
        source = self._env_source
        name = source.env_attribute(_checked(_ATTRIBUTE, "package", attribute))
        return self._env_command(*source.env_arguments(), "-qaA", name, "--json", "--out-path")

    def available(self, folder: str) -> Command:
        """List every package of a folder with its facts, as JSON."""
        return ("nix-env", "-f", folder, "-qaP", "--json", "--meta")

    def env_query(self, profile: str) -> Command:
        """List the elements of any generation of a nix-env profile, as JSON."""
        return ("nix-env", "-p", profile, "-q", "--json", "--out-path")

    def path_info_all(self) -> Command:
        """List everything that is in the store, as JSON."""
        return self._nix("path-info", "--all", "--json")

    def closure(self, store_path: str) -> Command:
        """List everything that a path needs, one a line."""
        return ("nix-store", "-qR", _checked(_STORE_PATH, "store-path", store_path))

    def roots(self) -> Command:
        """List what keeps paths alive."""
        return ("nix-store", "--gc", "--print-roots")

    # Starting without installing

    def realise(self, attribute: str, link: str) -> Command:
        """Fetch or build a package and keep it alive with a link, for as long as the link exists."""
        attribute = _checked(_ATTRIBUTE, "package", attribute)
        if isinstance(self.source, ChannelSource):
            return ("nix-build", self.source.folder, "-A", attribute, "-o", link)
        return self._nix("build", "--out-link", link, self.installable(attribute))

    def main_program(self, attribute: str) -> Command:
        """Ask for the name of the package's main program, as JSON; fails when it has none."""
        attribute = _checked(_ATTRIBUTE, "package", attribute) + ".meta.mainProgram"
        if isinstance(self.source, ChannelSource):
            return ("nix-instantiate", "--eval", "--json", self.source.folder, "-A", attribute)
        return self._nix("eval", "--json", self.source.installable(attribute))

    def version_of(self, attribute: str) -> Command:
        """Ask for the exact version of a package, as JSON."""
        attribute = _checked(_ATTRIBUTE, "package", attribute) + ".version"
        if isinstance(self.source, ChannelSource):
            return ("nix-instantiate", "--eval", "--json", self.source.folder, "-A", attribute)
        return self._nix("eval", "--json", self.source.installable(attribute))

    def shell(self, attributes: Sequence[str]) -> Command:
        """Return what opens a shell with packages; libraries of Python come with a Python that finds them."""
        checked = [_checked(_ATTRIBUTE, "package", one) for one in attributes]
        libraries = [one.partition(".")[2] for one in checked if one.startswith("python3Packages.")]
        others = [one for one in checked if not one.startswith("python3Packages.")]
        if not libraries:
            if isinstance(self.source, ChannelSource):
                return ("nix-shell", "-p", *others)
            return self._nix("shell", *(self.installable(one) for one in others))
        names = " ".join(f"ps.{one}" for one in libraries)
        python = f"python3.withPackages (ps: [ {names} ])"
        others = [one for one in others if one != "python3"]
        if isinstance(self.source, FlakeSource):
            packages = f'with import (builtins.getFlake "{self.source.flake}") {{ }}; '
            if not others:
                return self._nix("shell", "--impure", "--expr", packages + python)
            rows = {f"p{number}": one for number, one in enumerate((python, *others))}
            sets = " ".join(f"{name} = {value};" for name, value in rows.items())
            return self._nix("shell", "--impure", "--expr", f"{packages}{{ {sets} }}", *rows)
        where = ("-I", f"nixpkgs={self.source.folder}") if isinstance(self.source, FolderSource) else ()
        return ("nix-shell", *where, "-p", python, *others)

    def run_by_hand(self, attribute: str, program: str) -> Command:
        """Return what a person types in a terminal to start the program without installing it."""
        if isinstance(self.source, ChannelSource):
            return ("nix-shell", "-p", _checked(_ATTRIBUTE, "package", attribute), "--run", program)
        return self._nix("shell", self.installable(attribute), "-c", program)

    def installable(self, attribute: str) -> str:
        """Return the attribute as the `nix` command takes it."""
        attribute = _checked(_ATTRIBUTE, "package", attribute)
        source = self.source
        return (FlakeSource() if isinstance(source, ChannelSource) else source).installable(attribute)

    # Parts

    @property
    def _env_source(self) -> ChannelSource | FolderSource:
        if isinstance(self.source, FlakeSource):
            raise UserError("no-channel")
        return self.source

    def _nix(self, *arguments: str) -> Command:
        features = ("--extra-experimental-features", "nix-command flakes") if self.enable_features else ()
        return ("nix", *features, *arguments)

    def _profile_command(self, verb: str, *arguments: str) -> Command:
        where = ("--profile", self.profile) if self.profile else ()
        return self._nix("profile", verb, *where, *arguments)

    def _env_command(self, *arguments: str) -> Command:
        where = ("-p", self.profile) if self.profile else ()
        return ("nix-env", *where, *arguments)

    def _matcher(self, element: str) -> str:
        if is_store_name(element):
            return f"{self.store_folder}/{element}"
        if self.capabilities.profile_names:
            return element
        # Versions without names read this as a pattern, and a bare number as a position.
        return f"({element})" if element.isdigit() else _SPECIAL_IN_PATTERNS.sub(r"\\\1", element)


def _env_selector(element: str) -> str:
    """Return what nix-env takes for exactly this name: it reads the part before the version as a pattern."""
    split = split_package_name(element)
    name = _SPECIAL_IN_PATTERNS.sub(r"\\\1", split.name)
    return f"{name}-{split.version}" if split.version else name


def _checked(pattern: re.Pattern[str], kind: str, value: str) -> str:
    if len(value) > 512 or pattern.match(value) is None:
        raise UserError("bad-value", kind=kind, value=value[:80])
    return value


def _number(number: int) -> int:
    if not 0 < number < 10**9:
        raise UserError("bad-value", kind="generation", value=str(number))
    return number
