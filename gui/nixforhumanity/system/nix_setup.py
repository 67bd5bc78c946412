"""What the installed Nix is and how it is set up, found out by asking it."""

from dataclasses import dataclass

from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.text import clean
from nixforhumanity.nix.version import NixCapabilities, NixVersion, capabilities_of, parse_nix_version
from nixforhumanity.system.nix_runner import NixRunner
from nixforhumanity.system.processes import Finished

_LONGEST_DETAIL = 200
_ALLOW_COMMANDS = ("--extra-experimental-features", "nix-command")
_SPELLINGS = (("show-config",), ("config", "show"))


@dataclass(frozen=True, slots=True)
class NixSetup:
    """The version, and the settings that matter to us."""

    version: NixVersion
    capabilities: NixCapabilities
    features_enabled: bool
    """The `nix` command and flakes are allowed by the settings."""
    keep_derivations: bool
    keep_outputs: bool


async def read_setup(runner: NixRunner) -> NixSetup:
    """Ask Nix; raises UserError `nix-broken`, `nix-too-slow` or `nix-cannot-start`."""
    limit = runner.limits.version
    answer = await runner.finish(("nix", "--version"), seconds=limit)
    version = parse_nix_version(answer.output.decode("utf-8", errors="replace"))
    if answer.status != 0 or version is None:
        raise UserError("nix-broken", detail=_said(answer))
    capabilities = capabilities_of(version)
    spellings = sorted(_SPELLINGS, key=lambda one: one != capabilities.show_config)
    for spelling in spellings:
        # Not as JSON: some versions print numbers in place of the features' names.
        answer = await runner.finish(("nix", *_ALLOW_COMMANDS, *spelling), seconds=limit)
        settings = _settings(answer.output)
        if answer.status == 0 and "experimental-features" in settings:
            features = settings["experimental-features"].split()
            return NixSetup(
                version=version,
                capabilities=capabilities,
                features_enabled="nix-command" in features and "flakes" in features,
                keep_derivations=settings.get("keep-derivations", "true") == "true",
                keep_outputs=settings.get("keep-outputs", "false") == "true",
            )
    raise UserError("nix-broken", detail=_said(answer))


def _settings(data: bytes) -> dict[str, str]:
    pairs = (line.partition(" =") for line in data.decode("utf-8", errors="replace").splitlines())
    return {name: value.strip() for name, separator, value in pairs if separator}


def _said(answer: Finished) -> str:
    text = clean(answer.errors or answer.output.decode("utf-8", errors="replace")).strip()
    return text[-_LONGEST_DETAIL:] or f"exit status {answer.status}"
