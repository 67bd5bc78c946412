"""The program's entry: `nix-for-humanity` and `python -m nixforhumanity`."""

import sys

from nixforhumanity.cli.program import run


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
