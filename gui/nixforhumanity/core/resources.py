"""Where the shipped data files are: beside the installed package, or in the checkout."""

from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """Return the folder that holds requests.toml, sentences, messages, practice packages and icons."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "resources", package.parents[1] / "resources"):
        if (folder / "requests.toml").is_file():
            return folder
    raise FileNotFoundError("the program's resources folder is missing; install it again")


def resource(*parts: str) -> Path:
    """Return the path of one shipped file or folder."""
    return resources_folder().joinpath(*parts)
