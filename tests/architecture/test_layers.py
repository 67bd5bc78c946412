"""Who may import whom."""

import os
import subprocess
import sys
from pathlib import Path

from project import CHECKOUT, SOURCE_ROOT


def test_the_import_rules_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [command, "--no-cache"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCE_ROOT)},
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
