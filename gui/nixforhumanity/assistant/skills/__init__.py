"""One file a family of requests; each has a table SKILLS from request to function."""

from collections.abc import Mapping

from nixforhumanity.assistant.situation import Skill
from nixforhumanity.assistant.skills import (
    errors,
    explaining,
    generations,
    happened,
    helping,
    licences,
    packages,
    shells,
    storage,
    talk,
    undoing,
    waiting_plan,
)


def all_skills() -> Mapping[str, Skill]:
    """Return the skill of each request that can be carried out."""
    return {
        **packages.SKILLS,
        **generations.SKILLS,
        **licences.SKILLS,
        **shells.SKILLS,
        **storage.SKILLS,
        **talk.SKILLS,
        **undoing.SKILLS,
        **errors.SKILLS,
        **explaining.SKILLS,
        **happened.SKILLS,
        **helping.SKILLS,
        **waiting_plan.SKILLS,
    }
