"""Practice systems whose new profile belongs to one command of Nix or the other."""

import dataclasses

from nixforhumanity.nix.practice import PracticeSystem


def with_profile_kind(practice: PracticeSystem, kind: str) -> PracticeSystem:
    """Give the practice system settings under which a new profile is of that kind."""
    if kind == "nix profile":
        return practice
    settings = practice.environment["NIX_CONFIG"].replace("experimental-features = nix-command flakes\n", "")
    assert settings != practice.environment["NIX_CONFIG"]
    return dataclasses.replace(practice, environment={**practice.environment, "NIX_CONFIG": settings})
