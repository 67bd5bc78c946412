"""Stands in for the embedded server: run as a program, with what it is to do as its first word."""

import json
import os
import signal
import sys
import time
from pathlib import Path

READY_PORT = 40000


def say(line: object) -> None:
    """Print one line as the server does."""
    print(json.dumps(line), flush=True)


def wait_for_end_of_input() -> None:
    """Return when whoever started this has gone or closed the pipe."""
    while sys.stdin.buffer.read(1):
        pass


def wait_for_signals_only() -> None:
    """Stay, whatever becomes of the input."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        signal.pause()


def main(kind: str, *words: str) -> int:
    """Do what the first word says and return the exit status."""
    print(f"this is {kind}, process {os.getpid()}", file=sys.stderr, flush=True)
    if words:
        with Path(words[0]).open("a") as starts:
            starts.write(f"{os.getpid()}\n")
    match kind:
        case "good":
            say({"ready": True, "port": READY_PORT})
        case "chatty":
            print("a line that is no message", "x" * 1000, flush=True)
            say({"some": "object"})
            say({"ready": True, "port": READY_PORT, "news": 1})
            for _ in range(2000):
                print("y" * 1000)
        case "slow":
            time.sleep(0.3)
            say({"ready": True, "port": READY_PORT})
        case "silent":
            pass
        case "crashing":
            print("Traceback: the reason\n" * 50 + "the very last line", file=sys.stderr)
            return 3
        case "crashing-later":
            say({"ready": True, "port": READY_PORT})
            return 3
        case "endless-line":
            sys.stdout.write("z" * 1_000_000)
            sys.stdout.flush()
        case "port-taken":
            parameters = {"port": 3457, "holder": "python3", "pid": 7, "free_port": 13457}
            say({"error": {"messageId": "port-taken", "parameters": parameters, "text": "Taken."}})
            return 1
        case "stubborn":
            say({"ready": True, "port": READY_PORT})
            wait_for_signals_only()
    wait_for_end_of_input()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
