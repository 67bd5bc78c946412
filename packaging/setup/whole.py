"""Tell whether a project and all that it asks for lie in this environment: whole.py DISTRIBUTION MODULE."""

import importlib.util
import re
import sys
from importlib import metadata


def is_whole(distribution: str, module: str) -> bool:
    """Tell whether the module is found, and each package that its installed distribution names."""
    try:
        for requirement in metadata.distribution(distribution).requires or ():
            metadata.distribution(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0])
    except metadata.PackageNotFoundError:
        return False
    return importlib.util.find_spec(module) is not None


if __name__ == "__main__":
    sys.exit(0 if is_whole(*sys.argv[1:3]) else 1)
