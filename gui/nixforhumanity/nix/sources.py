"""Where packages come from, and how an attribute of it is written in a command."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlakeSource:
    """A flake of the registry, such as `nixpkgs`."""

    flake: str = "nixpkgs"

    @property
    def label(self) -> str:
        """Short name for people."""
        return self.flake

    def installable(self, attribute: str) -> str:
        """Return what the `nix` command takes."""
        return f"{self.flake}#{attribute}"


@dataclass(frozen=True, slots=True)
class ChannelSource:
    """A channel, as `nix-env` knows it."""

    name: str
    """`nixos` or `nixpkgs`, usually."""
    folder: str
    """Where its expressions are; absolute."""

    @property
    def label(self) -> str:
        """Short name for people."""
        return self.name

    def env_arguments(self) -> tuple[str, ...]:
        """Return what `nix-env` needs to use this source: nothing, channels are its own."""
        return ()

    def env_attribute(self, attribute: str) -> str:
        """Return what follows `-A`."""
        return f"{self.name}.{attribute}"


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder with a `default.nix` and a `flake.nix`; absolute."""

    folder: str

    @property
    def label(self) -> str:
        """Short name for people."""
        return self.folder

    def installable(self, attribute: str) -> str:
        """Return what the `nix` command takes; absolute, or upgrades from elsewhere would break."""
        return f"path:{self.folder}#{attribute}"

    def env_arguments(self) -> tuple[str, ...]:
        """Return what `nix-env` needs to use this source."""
        return ("-f", self.folder)

    def env_attribute(self, attribute: str) -> str:
        """Return what follows `-A`."""
        return attribute


PackageSource = FlakeSource | ChannelSource | FolderSource
EnvSource = ChannelSource | FolderSource
NewSource = FlakeSource | FolderSource
