"""The program as it is started in a container, on real files."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import reload

LIMIT = 30.0
"""Seconds until a line that does not come is a failure."""

BEGIN = "import sys\nsys.argv = ['reload.py', *sys.argv[1:]]\nimport reload\n"


class Running:
    """A reloader and what it and its program say."""

    def __init__(self, words: list[str], folder: Path, before: str) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(reload.__file__).parent), str(folder / "outside")]), "PYTHONUNBUFFERED": "1"}
        # The first entry of sys.path is the script's folder, which the reloader takes out: '-c' has one too.
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{BEGIN}{before}\nsys.exit(reload.main())", *words],
            cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.heard: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def hears(self, words: str) -> str:
        """Waits for a line with these words."""
        until = time.monotonic() + LIMIT
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"'{words}' was not heard, but:\n" + "\n".join(self.heard)) from None
            self.heard.append(line)
            if words in line:
                return line

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ends(self) -> int:
        return self.process.wait(LIMIT)

    def hears_the_rest(self) -> list[str]:
        """All that was said until its end."""
        self._listener.join(LIMIT)
        while not self._lines.empty():
            self.heard.append(self._lines.get())
        return self.heard


class Place:
    """A folder of an application, and what runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = folder / "shop"
        self.code.mkdir()
        (folder / "outside").mkdir()
        self.runs: list[Running] = []

    def write(self, text: str, name: str = "shop/program.py") -> None:
        # At once, as an editor does it: half a file must never be started.
        path = self.folder / name
        path.with_suffix(".new").write_text(text)
        path.with_suffix(".new").rename(path)

    def start(self, *command: str, overlap: bool = False, before: str = "") -> Running:
        words = [*(["--overlap"] if overlap else []), str(self.code), "--", *command]
        self.runs.append(Running(words, self.folder, before))
        return self.runs[-1]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    for running in place.runs:
        running.process.kill()
        running.process.wait()


SERVE = "import time\nprint('{}', flush=True)\nwhile True: time.sleep(0.05)\n"


def test_an_edit_starts_the_program_anew(place: Place) -> None:
    place.write(SERVE.format("first"))
    running = place.start("python3", "shop/program.py")
    running.hears("first")
    place.write(SERVE.format("second"))
    running.hears("starting anew")
    running.hears("second")


def test_an_edit_before_anything_is_watched_is_not_missed(place: Place) -> None:
    place.write(SERVE.format("first"))
    running = place.start("python3", "shop/program.py", before=(
        "import watchfiles\nwatch = watchfiles.watch\n"
        "def late(*args, **options):\n"
        "    input()\n"
        "    yield from watch(*args, **options)\n"
        "watchfiles.watch = late\n"
    ))
    running.hears("first")
    place.write(SERVE.format("second"))
    running.say("edited")
    running.hears("second")


@pytest.mark.parametrize(("text", "code", "said"), [
    ("raise SystemExit(7)", 7, None),
    ("raise SystemExit", 0, None),
    ("raise SystemExit('no settings')", 1, "no settings"),
    ("1 / 0", 1, "ZeroDivisionError"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 137, None),
])
def test_a_first_start_that_ends_ends_it_with_the_same_code(place: Place, text: str, code: int, said: str | None) -> None:
    place.write(text)
    running = place.start("python3", "shop/program.py")
    assert running.ends() == code
    if said is not None:
        running.hears(said)


def test_what_the_program_left_for_its_end_is_done(place: Place) -> None:
    place.write("import atexit, threading, time\natexit.register(print, 'the end')\nthreading.Thread(target=lambda: time.sleep(0.3) or print('a thread')).start()\n")
    running = place.start("python3", "shop/program.py")
    running.hears("a thread")
    running.hears("the end")
    assert running.ends() == 0


def test_a_later_start_that_fails_waits_for_the_next_edit(place: Place) -> None:
    place.write(SERVE.format("first"))
    running = place.start("python3", "shop/program.py")
    running.hears("first")
    place.write("raise SystemExit(3)")
    running.hears("it ended with 3: waiting for a change")
    place.write(SERVE.format("mended"))
    running.hears("mended")


def test_a_stop_is_passed_on_and_waited_for(place: Place) -> None:
    place.write(
        "import signal, sys, time\n"
        "def end(*_):\n    time.sleep(1)\n    print('its work is done', flush=True)\n    sys.exit(9)\n"
        "signal.signal(signal.SIGTERM, end)\nprint('ready', flush=True)\nwhile True: time.sleep(0.05)\n"
    )
    running = place.start("python3", "shop/program.py", before="reload.RELOAD_PATIENCE = 0.1")
    running.hears("ready")
    running.process.send_signal(signal.SIGTERM)
    assert running.ends() == 9, "as long as it takes, not only a reload's patience"
    running.hears("its work is done")


STUBBORN = (
    "import os, signal, subprocess, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "child = subprocess.Popen(['sleep', '300'])\nprint(f'{} {{child.pid}}', flush=True)\nwhile True: time.sleep(0.05)\n"
)


def test_a_program_that_does_not_end_is_killed_by_a_reload_with_what_it_started(place: Place) -> None:
    place.write(STUBBORN.format("stubborn"))
    running = place.start("python3", "shop/program.py", before="reload.RELOAD_PATIENCE = 0.2")
    child = int(running.hears("stubborn").split()[-1])
    place.write(SERVE.format("second"))
    running.hears("it has not ended after 0 s: killed")
    running.hears("second")
    with pytest.raises(ProcessLookupError):
        for _ in range(int(LIMIT / 0.05)):
            # An orphan is taken in by the first process of the container.
            os.kill(child, 0)
            if "Z" in Path(f"/proc/{child}/stat").read_text().split(")")[1].split()[0]:
                raise ProcessLookupError
            time.sleep(0.05)


def test_with_overlap_the_next_start_does_not_wait_for_the_last_ones_work(place: Place) -> None:
    place.write(
        "import os, signal, sys, time\n"
        "def end(*_):\n    while not os.path.exists('go'): time.sleep(0.02)\n    print('first is through', flush=True)\n    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\nprint('first', flush=True)\nwhile True: time.sleep(0.05)\n"
    )
    running = place.start("python3", "shop/program.py", overlap=True)
    running.hears("first")
    place.write(SERVE.format("second"))
    running.hears("second")
    assert not any("through" in line for line in running.heard)
    (place.folder / "go").touch()
    running.hears("first is through")


def test_what_lies_outside_is_imported_once_and_the_applications_own_each_time(place: Place) -> None:
    place.write("print('the library is imported', flush=True)\nimport os\nby = os.getpid()\n", "outside/library.py")
    place.write("word = 'first'\n", "shop/own.py")
    place.write("import time, own, library\nprint(own.word, flush=True)\nwhile True: time.sleep(0.05)\n")
    running = place.start("python3", "shop/program.py", before="reload.SETTLED = 0.1")
    running.hears("first")
    running.hears("the library is imported")
    place.write("word = 'second'\n", "shop/own.py")
    running.hears("second")
    assert sum("the library" in line for line in running.heard) == 2, "by the first start, and by the reloader for all others"


def test_a_module_is_run_as_python_runs_it(place: Place) -> None:
    place.write("import sys\nprint(__name__, sys.argv[1:], flush=True)\n", "shop/tool.py")
    running = place.start("python3", "-m", "shop.tool", "--flag")
    running.hears("__main__ ['--flag']")
    assert running.ends() == 0


def test_an_installed_program_is_called_in_this_process(place: Place) -> None:
    running = place.start("celery", "--version")
    running.hears("5.")
    assert running.ends() == 0


POOL = """
from types import SimpleNamespace
import billiard.pool
from celery import Celery, signals
app = Celery("program", broker="memory://")
@signals.worker_process_init.connect
def begin(**_):
    billiard.pool.time = SimpleNamespace(sleep=lambda seconds: print("it sleeps", flush=True))
@signals.worker_process_shutdown.connect
def end(**_):
    print("what is its own is closed", flush=True)
@signals.worker_ready.connect
def ready(**_):
    print("ready", flush=True)
"""


def test_a_process_of_celerys_pool_closes_what_is_its_own_and_ends_without_a_sleep(place: Place) -> None:
    place.write(POOL)
    running = place.start("celery", "-A", "shop.program", "worker", "--pool=prefork", "--concurrency=1", "--without-mingle", "--without-gossip")
    running.hears("ready")
    running.process.send_signal(signal.SIGTERM)
    assert running.ends() == 0
    heard = running.hears_the_rest()
    assert sum("closed" in line for line in heard) == 1, heard
    assert not any("sleeps" in line for line in heard), "billiard's second, for which the worker would wait with its broker's connection open"


def test_any_other_program_is_executed(place: Place) -> None:
    running = place.start("sh", "-c", "echo from a shell; exit 4")
    running.hears("from a shell")
    assert running.ends() == 4


def test_without_watchfiles_the_program_runs_and_nothing_is_reloaded(place: Place) -> None:
    place.write("print('runs', flush=True)\nraise SystemExit(5)\n")
    running = place.start("python3", "shop/program.py", before="sys.modules['watchfiles'] = None")
    running.hears("watchfiles is missing: nothing is reloaded")
    running.hears("runs")
    assert running.ends() == 5
