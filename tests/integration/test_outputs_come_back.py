"""A package with several outputs on a real store: removed, put back with all of them, and removed again."""

import os
import subprocess
from pathlib import Path

import pytest

from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.nix.practice import PracticeSystem
from nixforhumanity.protocol import cards
from nixforhumanity.system.host_detection import practice_host
from profile_kinds import with_profile_kind
from talking import ALLOW, begin_talk

pytestmark = pytest.mark.nix

PAIR = """
derivation {
  name = "pair-1.0"; system = builtins.currentSystem; builder = "/bin/sh"; outputs = [ "out" "man" ];
  PATH = "/usr/bin:/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin";
  args = [ "-c" "mkdir -p $out/bin $man/share; echo a > $out/bin/pair; echo m > $man/share/pair.1" ];
} // { meta.outputsToInstall = [ "out" "man" ]; }
"""


@pytest.mark.parametrize("kind", ["nix profile", "nix-env"])
async def test_a_removal_is_taken_back_with_all_outputs(
    practice_system: PracticeSystem, tmp_path: Path, kind: str
) -> None:
    practice = with_profile_kind(practice_system, kind)
    profile = practice_system.profile
    expression = tmp_path / "pair.nix"
    expression.write_text(PAIR)
    environment = {**os.environ, **practice.environment}
    command = ["nix-env", "-p", str(profile), "-if", str(expression)]
    if (
        kind == "nix profile"
    ):  # as two elements, as an undo leaves them: this Nix installs one output of a name
        build = ["nix-build", str(expression), "-A", "all", "--no-out-link"]
        built = subprocess.run(build, env=environment, check=True, timeout=60, capture_output=True, text=True)
        command = ["nix", "profile", "install", "--profile", str(profile), *built.stdout.split()]
    subprocess.run(command, env=environment, check=True, timeout=60)
    files = {profile / "bin/pair", profile / "share/pair.1"}
    host = practice_host(practice, tmp_path / "run")
    facts = [*(await host.available() or ()), PackageFacts("pair", "1.0", "Two halves", "Pair")]
    assert sum(len(one.store_paths) for one in await host.installed()) == 2
    talk = await begin_talk(tmp_path, host, PackageIndex.from_facts(facts))
    try:
        talk.audience.always = ALLOW
        await talk.say("remove pair")
        assert not any(file.exists() for file in files)
        removal = talk.parts.journal.entries(1)[0]
        await talk.say("install hello")  # so that going back to the generation before is no way
        request = cards.UndoRequest(session_id=talk.session_id, entry_id=removal.id)
        await talk.assistant.undo(talk.audience, request)
        await talk.until(lambda: not talk.assistant.busy)
        assert talk.audience.card.state == "done", talk.audience.card
        assert all(file.exists() for file in files)
        await talk.say("what is installed?")
        assert talk.audience.text.count("**Pair** 1.0") == 1, "two elements, one program"
        await talk.say("remove pair")
        assert talk.audience.card.state == "done", talk.audience.card
        assert not any(file.exists() for file in files), "not only one of the two"
        await talk.say("undo")
        assert all(file.exists() for file in files)
    finally:
        await talk.assistant.stop(5)
