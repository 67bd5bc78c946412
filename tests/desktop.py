"""A desktop of our own for window tests: display, window manager, D-Bus, accessibility, empty home."""

import atexit
import contextlib
import os
import re
import select
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, MessageType, Properties
from jeepney.io.blocking import open_dbus_connection

import processes
from letters import LetterKeys
from waiting import wait_until

MARK = "NIX_FOR_HUMANITY_TEST_DESKTOP"
START_SECONDS = 20.0
COMMAND_SECONDS = 20.0
KEY_DELAY_MS = "12"
LIBEXEC_FOLDERS = ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib")
KEPT_FROM_OUTSIDE = (
    "PATH",
    "LD_LIBRARY_PATH",
    "NIX_FOR_HUMANITY_TEST_RUN",
    "SSL_CERT_FILE",
    "PYTHONDONTWRITEBYTECODE",
)
BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class DesktopError(RuntimeError):
    """A part of the private desktop did not start, or a command on it failed."""


@dataclass(frozen=True, slots=True)
class Window:
    """One top-level window as the window manager lists it; pixels, from the display's top left corner."""

    number: int
    title: str
    x: int
    y: int
    width: int
    height: int


def private_folders(root: Path) -> dict[str, str]:
    """Make empty home and XDG folders below ``root`` and return the variables that point to them."""
    variables = {}
    for name, folder in (
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ):
        (root / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        variables[name] = str(root / folder)
    return variables


class PrivateDesktop:
    """Starts everything when entered; ends it, by process number, when left, on failure or when killed."""

    def __init__(
        self,
        geometry: tuple[int, int] = (1280, 900),
        scale: float = 1.0,
        window_manager: str | None = "openbox",
    ) -> None:
        self.geometry = geometry
        self.scale = scale
        self.window_manager = window_manager
        self.root = Path()
        self.environment: dict[str, str] = {}
        self._started: list[subprocess.Popen[bytes]] = []
        self._mark = uuid.uuid4().hex
        self._letter_keys = LetterKeys()

    def __enter__(self) -> "PrivateDesktop":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def services(self) -> Path:
        """The folder for D-Bus .service files; nothing but what a test puts there can be activated."""
        return self.root / "services"

    def start(self) -> None:
        """Start all parts, in order, each waited for; on failure nothing is left running."""
        atexit.register(self.close)
        self.root = Path(tempfile.mkdtemp(prefix="desktop-"))
        self.services.mkdir()
        temporary = self.root / "tmp"
        temporary.mkdir()
        self.environment = {
            **{name: os.environ[name] for name in KEPT_FROM_OUTSIDE if name in os.environ},
            **private_folders(self.root),
            MARK: self._mark,
            "TMPDIR": str(temporary),
            "LC_ALL": "C.UTF-8",
            "LANG": "C.UTF-8",
            "XDG_SESSION_TYPE": "x11",
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "0",
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": f"{self.scale:g}",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        try:
            self._start_display()
            self._start_bus()
            self._start_accessibility()
            self._start_window_manager()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End every process that was started here or by one of those, and remove the folders."""
        atexit.unregister(self.close)
        for process in reversed(self._started):
            process.terminate()
        for process in reversed(self._started):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2)
        processes.end(processes.marked(MARK, self._mark))
        for process in self._started:
            process.wait(5)
        self._started.clear()
        if self.root != Path():
            shutil.rmtree(self.root, ignore_errors=True)

    def start_program(
        self, command: Sequence[str], extra: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """Start a program here; its output goes to ``log(name)``; it ends with the desktop at the latest."""
        with self.log(Path(command[0]).name).open("ab") as log:
            return self._start([*command], log=log.fileno(), extra=extra)

    def log(self, name: str) -> Path:
        """Return the file that holds what a program of that name printed."""
        return self.root / f"{name}.log"

    def run(self, *command: str) -> str:
        """Run a short command on this desktop and return what it printed."""
        finished = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        if finished.returncode != 0:
            raise DesktopError(f"{' '.join(command)}: {finished.stderr.strip() or finished.returncode}")
        return finished.stdout

    # What a person does and sees

    def screenshot(self, path: Path, window: Window | None = None) -> Path:
        """Write a picture (PNG) of the whole display or of one window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run(
            "import", "-silent", "-window", "root" if window is None else str(window.number), f"png:{path}"
        )
        return path

    def type_text(self, text: str) -> None:
        """Type into whatever has the focus, letter by letter; any letter of any script."""
        if expressions := self._letter_keys.expressions_for(text):
            self.run("xmodmap", *(word for one in expressions for word in ("-e", one)))
        self.run("xdotool", "type", "--clearmodifiers", "--delay", KEY_DELAY_MS, "--", text)

    def press_keys(self, *keys: str) -> None:
        """Press keys one after the other, named as xdotool does: ``Return``, ``ctrl+k``, ``F9``."""
        self.run("xdotool", "key", "--clearmodifiers", "--delay", KEY_DELAY_MS, *keys)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move the pointer there (pixels of the display) and click."""
        self.run("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def windows(self) -> list[Window]:
        """Return the windows that the window manager lists, oldest first."""
        listed = self.run("xprop", "-root", "-notype", "_NET_CLIENT_LIST")
        found = [self._window(int(number, 16)) for number in re.findall(r"0x[0-9a-f]+", listed)]
        return [window for window in found if window is not None]

    def wait_for_window(
        self, title: str, timeout_seconds: float = START_SECONDS, process: int | None = None
    ) -> Window:
        """Return the newest window whose whole title matches the pattern, once there is one.

        With `process`, only a window of that process: another one of the same title may be there already.
        """

        def matching() -> Window | None:
            for one in reversed(self.windows()):
                if re.fullmatch(title, one.title) and process in (None, self.process_of(one)):
                    return one
            return None

        window = wait_until(matching, f"a window named {title!r} is there", timeout_seconds)
        assert window is not None
        return window

    def process_of(self, window: Window) -> int | None:
        """Return the number of the process that a window belongs to; None when it is gone or tells none."""
        try:
            told = self.run("xprop", "-id", str(window.number), "-notype", "_NET_WM_PID")
        except DesktopError:
            return None
        found = re.search(r"= (\d+)", told)
        return int(found[1]) if found else None

    def active_window(self) -> int | None:
        """Return the number of the window that has the focus."""
        numbers = re.findall(r"0x[0-9a-f]+", self.run("xprop", "-root", "-notype", "_NET_ACTIVE_WINDOW"))
        return int(numbers[0], 16) or None if numbers else None

    def activate(self, window: Window) -> None:
        """Give a window the focus and wait until it has it."""
        self.run("xdotool", "windowactivate", str(window.number))
        wait_until(lambda: self.active_window() == window.number, f"{window.title!r} has the focus")

    def _window(self, number: int) -> Window | None:
        try:
            title = self.run("xdotool", "getwindowname", str(number)).rstrip("\n")
            lines = self.run("xdotool", "getwindowgeometry", "--shell", str(number)).split()
        except DesktopError:
            return None  # closed since it was listed
        values = dict(line.split("=", 1) for line in lines)
        return Window(
            number, title, int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])
        )

    # The parts

    def _start(
        self,
        command: list[str],
        log: int | None = None,
        keep_open: tuple[int, ...] = (),
        extra: Mapping[str, str] | None = None,
    ) -> "subprocess.Popen[bytes]":
        program = shutil.which(command[0], path=self.environment.get("PATH"))
        if program is None:
            raise DesktopError(f"{command[0]} is not installed; 'make test' installs it")
        with self.log(Path(program).name).open("ab") as own_log:
            output = own_log.fileno() if log is None else log
            process = subprocess.Popen(
                # setpriv lets the kernel end it when this process is killed and cannot clean up.
                # TERM and not KILL, since the accessibility bus then has a process of its own to end.
                ["setpriv", "--pdeathsig", "TERM", "--", program, *command[1:]],
                env={**self.environment, **(extra or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=keep_open,
            )
        self._started.append(process)
        return process

    def _start_display(self) -> None:
        width, height = self.geometry
        read_end, write_end = os.pipe()
        try:
            self._start(
                [
                    *("Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24"),
                    *("-nolisten", "tcp", "-noreset", "-dpi", "96"),
                ],
                keep_open=(write_end,),
            )
        finally:
            os.close(write_end)
        with os.fdopen(read_end, "rb") as answer:
            if not select.select([answer], [], [], START_SECONDS)[0] or not (
                number := answer.readline().strip()
            ):
                raise DesktopError(f"Xvfb did not start: {self.log('Xvfb').read_text(errors='replace')}")
        self.environment["DISPLAY"] = f":{number.decode()}"

    def _start_bus(self) -> None:
        configuration = self.root / "bus.conf"
        configuration.write_text(BUS_CONFIGURATION.format(folder=self.root))
        self._start(["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={configuration}"])
        wait_until((self.root / "bus").exists, "the session bus answers", START_SECONDS)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.root}/bus"

    def _start_accessibility(self) -> None:
        launcher = shutil.which("at-spi-bus-launcher", path=os.pathsep.join(LIBEXEC_FOLDERS))
        if launcher is None:
            raise DesktopError("at-spi-bus-launcher is not installed; 'make test' installs it")
        self._start([launcher, "--launch-immediately"])
        status = Properties(
            DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Status")
        )

        def screen_reader_announced() -> bool:
            try:
                with open_dbus_connection(bus=self.environment["DBUS_SESSION_BUS_ADDRESS"]) as bus:
                    request = status.set("ScreenReaderEnabled", "b", True)
                    reply = bus.send_and_get_reply(request, timeout=START_SECONDS)
            except ConnectionError:  # the bus has said its address and does not listen yet
                return False
            return reply.header.message_type is MessageType.method_return  # an error: not on the bus yet

        wait_until(screen_reader_announced, "the accessibility bus answers", START_SECONDS)

    def _start_window_manager(self) -> None:
        if self.window_manager is None:
            return
        command = [self.window_manager]
        if self.window_manager == "openbox":
            command += ["--sm-disable"]
        self._start(command)

        def manages() -> bool:
            return "0x" in self.run("xprop", "-root", "-notype", "_NET_SUPPORTING_WM_CHECK")

        wait_until(manages, f"{self.window_manager} manages the windows", START_SECONDS)
