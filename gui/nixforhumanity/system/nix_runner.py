"""Runs commands of Nix and turns what goes wrong into something a person can be told."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.diagnosis import Explanation, explain
from nixforhumanity.nix.text import clean
from nixforhumanity.system.processes import (
    Finished,
    LineTaker,
    OutputTooLongError,
    Patience,
    TooSlowError,
    run_program,
)

_LONGEST_DETAIL = 200
_STORE_LISTING_LIMIT = 512 * 2**20
_USUAL_FOLDERS = (
    "home/.nix-profile/bin",
    "state/profiles/default/bin",
    "root/nix/var/nix/profiles/default/bin",
    "root/run/current-system/sw/bin",
)


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long commands may take; seconds."""

    version: float = 15.0
    read: float = 60.0
    store: float = 600.0
    """Listing the whole store."""
    evaluate: float = 900.0
    """Finding out what an installation needs, on a slow computer with nothing cached."""
    lock: float = 60.0
    """Waiting for another program that changes the same profile."""
    program: float = 2.0
    """Watching a program that was started without a window or a terminal."""


class NixRunner:
    """Runs commands of Nix in one environment."""

    def __init__(
        self, environment: Mapping[str, str], limits: TimeLimits, patience: Patience | None = None
    ) -> None:
        self.environment = MappingProxyType(
            {
                **environment,
                "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8",
                "NO_COLOR": "1",
                "PAGER": "cat",
                "NIX_PAGER": "cat",
            }
        )
        self.limits = limits
        self._patience = patience

    async def finish(
        self, command: Sequence[str], *, seconds: float, output_limit: int = 64 * 2**20
    ) -> Finished:
        """Run a command to its end, whatever its status.

        Raises UserError `nix-too-slow` or `nix-output-too-long`.
        """
        try:
            return await run_program(
                command,
                environment=self.environment,
                seconds=seconds,
                output_limit=output_limit,
                patience=self._patience,
            )
        except TooSlowError as error:
            raise UserError("nix-too-slow", seconds=round(seconds, 1)) from error
        except OutputTooLongError as error:
            raise UserError("nix-output-too-long") from error

    async def read(self, command: Sequence[str], *, seconds: float | None = None) -> bytes:
        """Return what a command prints; raises UserError when it fails."""
        done = await self.finish(command, seconds=seconds or self.limits.read)
        if done.status != 0:
            raise refusal(explain([done.errors]), done.errors)
        return done.output

    async def read_store(self, command: Sequence[str]) -> bytes:
        """Return a listing of the store, which can be long."""
        done = await self.finish(command, seconds=self.limits.store, output_limit=_STORE_LISTING_LIMIT)
        if done.status != 0:
            raise refusal(explain([done.errors]), done.errors)
        return done.output

    async def stream(self, command: Sequence[str], *, take_output: LineTaker, take_errors: LineTaker) -> int:
        """Run a command for as long as it takes, handing over its lines; return its status."""
        done = await run_program(
            command,
            environment=self.environment,
            output_limit=2**40,
            take_output=take_output,
            take_errors=take_errors,
            patience=self._patience,
        )
        return done.status


def refusal(explanation: Explanation, errors: str, **parameters: str) -> UserError:
    """Return the error that a person is told when Nix refuses before anything was done."""
    if explanation.refusal:
        return UserError(explanation.refusal, **{**explanation.message.parameters, **parameters})
    if explanation.known:
        return UserError(explanation.message.id, **explanation.message.parameters)
    if explanation.detail:
        return UserError("preview-failed", error=explanation.detail[:_LONGEST_DETAIL])
    return UserError("nix-broken", detail=clean(errors).strip()[-_LONGEST_DETAIL:])


def nix_environment(environment: Mapping[str, str], root: Path = Path("/")) -> dict[str, str]:
    """Return an environment in which Nix is found also when the program was started from a menu."""
    path = environment.get("PATH", os.defpath).split(os.pathsep)
    places = {
        "home": Path(environment.get("HOME", "/")),
        "state": Path(environment.get("NIX_STATE_DIR", root / "nix/var/nix")),
        "root": root,
    }
    for usual in _USUAL_FOLDERS:
        place, _, below = usual.partition("/")
        folder = str(places[place] / below)
        if folder not in path and Path(folder).is_dir():
            path.append(folder)
    return {**environment, "PATH": os.pathsep.join(path)}
