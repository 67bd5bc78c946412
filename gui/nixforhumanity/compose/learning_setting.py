"""Whether own words are learned: kept in the settings and looked up each time, so that a no holds at once."""

from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.declarations import LEARN_WORDS
from nixforhumanity.settings.store import Settings


class LearningSetting:
    """Implements LearningSwitch; a window and a server change and read the same file."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def get(self) -> bool:
        """See LearningSwitch."""
        return Settings.in_folders(self._folders).get(LEARN_WORDS)

    def set(self, learning: bool) -> None:
        """See LearningSwitch."""
        Settings.in_folders(self._folders).set(LEARN_WORDS, learning)
