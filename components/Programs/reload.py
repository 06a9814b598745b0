"""Starts a program anew when Python code below the given folders changes.

    python3 reload.py [--overlap] FOLDER... -- PROGRAM ARGUMENT...

Like watchfiles' own command, which it needs, with two differences. What the program imports from outside the folders is
imported once, by this process, and each start is a fork of it: a reload costs the application's own code alone. And a signal
to stop is passed on and waited for, however long the program takes to end what it is doing.

With --overlap the new start does not wait for the old one's end: for a worker, which shares nothing with its successor and
may have a task to finish.
"""

import atexit
import contextlib
import importlib
import importlib.metadata
import os
import runpy
import shutil
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable

RELOAD_PATIENCE = 5.0
"""Seconds that the program may take to end before a reload kills it."""

SETTLED = 2.0
"""Seconds after the first start until what it has imported is told to this process."""

LOOK = 200
"""Milliseconds between two looks at the program, while no file changes."""


def say(text: str) -> None:
    print(f"[reload] {text}", file=sys.stderr, flush=True)


def target(command: list[str]) -> Callable[[], object]:
    """What the child calls to become the program, found while it need not be quick."""
    program, *arguments = command
    if program in ("python", "python3") and arguments[:1] == ["-m"]:
        def module() -> None:
            sys.argv = arguments[1:]
            sys.path.insert(0, os.getcwd())
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return module
    if program in ("python", "python3") and arguments and arguments[0].endswith(".py"):
        def script() -> None:
            sys.argv = arguments
            sys.path.insert(0, os.path.dirname(os.path.abspath(arguments[0])))
            runpy.run_path(arguments[0], run_name="__main__")
        return script
    for entry in importlib.metadata.entry_points(group="console_scripts", name=program):
        main = entry.load()

        def installed() -> None:
            sys.argv = [shutil.which(program) or program, *arguments]
            sys.exit(main())
        return installed

    def other() -> None:
        os.execvp(program, command)
    return other


def imported(folders: list[str]) -> Iterable[str]:
    """The modules that are not the application's own."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and name != "__main__" and not any(os.path.realpath(file).startswith(folder + os.sep) for folder in folders):
            yield name


def end_pools_at_once() -> None:
    """
    Lets the processes of Celery's pool end without the second that each sleeps before (billiard's `Worker._do_exit`). The worker
    waits for them with its broker's connection open: till then, what it has fetched and not begun goes to nobody else.
    """
    if "celery" not in sys.modules:
        return
    from celery import signals

    def end(exitcode: int, **_: object) -> None:
        os._exit(exitcode)

    def follow(**_: object) -> None:
        # Behind the application's own receivers, which have closed what is theirs.
        signals.worker_process_shutdown.connect(end, weak=False)

    signals.worker_process_init.connect(follow, weak=False)


def hear_signals_at_once() -> None:
    """
    Lets Celery's worker notice a signal while it waits for messages. Its loop looks between two waits at what a signal has set, and
    Python goes on waiting after one (PEP 475): for up to a second it would fetch what it never begins, and keep that from its successor
    for as long as its last task takes.
    """
    if "celery" not in sys.modules:
        return
    from celery import signals
    from kombu.asynchronous import get_event_loop

    told, tell = socket.socketpair()
    for end in (told, tell):
        end.setblocking(False)

    def drain() -> None:
        with contextlib.suppress(BlockingIOError):
            told.recv(4096)

    def follow(**_: object) -> None:
        # Anew after each connection that was lost: the loop forgets its readers then.
        if (loop := get_event_loop()) is not None:
            signal.set_wakeup_fd(tell.fileno(), warn_on_full_buffer=False)
            loop.add_reader(told, drain)

    def forget(**_: object) -> None:
        # What the pool's processes are told is not their parent's to hear.
        signal.set_wakeup_fd(-1)

    signals.worker_ready.connect(follow, weak=False)
    signals.worker_process_init.connect(forget, weak=False)


def leave(run: Callable[[], object]) -> None:
    """Runs it and ends this process, without going back into what the parent was doing when it forked."""
    code: object = 0
    try:
        run()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def newest(folders: list[str]) -> int:
    """When the application's code was last changed, in nanoseconds of the epoch."""
    last = 0
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                if name.endswith(".py"):
                    try:
                        last = max(last, os.stat(os.path.join(place, name)).st_mtime_ns)
                    except FileNotFoundError:
                        continue
    return last


ended: dict[int, int] = {}
"""The exit code of each process that was taken in."""


def reap() -> None:
    """Takes in whatever has ended, orphans too, as the first process of a container must."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        ended[pid] = os.waitstatus_to_exitcode(status)


class Program:
    """A running child."""

    def __init__(self, run: Callable[[], object], folders: list[str], tell: int | None) -> None:
        self.mourned = False
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            self._become(run, folders, tell)

    @staticmethod
    def _become(run: Callable[[], object], folders: list[str], tell: int | None) -> None:
        # A group of its own: what it starts can be killed with it.
        os.setpgid(0, 0)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        if tell is not None:
            def report() -> None:
                os.write(tell, "\n".join(imported(folders)).encode())
                os.close(tell)
            timer = threading.Timer(SETTLED, report)
            timer.daemon = True
            timer.start()
        importlib.invalidate_caches()
        end_pools_at_once()
        hear_signals_at_once()
        leave(run)

    def runs(self) -> bool:
        reap()
        return self.pid not in ended

    def ask(self) -> None:
        """Asks it to end."""
        if self.runs():
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, stopping: threading.Event) -> None:
        """Waits for its end: for a reload a few seconds, for a stop as long as it takes."""
        until = time.monotonic() + RELOAD_PATIENCE
        while self.runs():
            if time.monotonic() > until and not stopping.is_set():
                say(f"it has not ended after {RELOAD_PATIENCE:.0f} s: killed")
                os.killpg(self.pid, signal.SIGKILL)
                until = float("inf")
            time.sleep(0.005)

    @property
    def exit_code(self) -> int:
        """As a shell tells it: 128 and the signal's number for one that a signal ended."""
        code = ended.get(self.pid, 0)
        return 128 - code if code < 0 else code


class Preload:
    """Imports here what the first start tells that it has imported, once all of it is told."""

    def __init__(self) -> None:
        self._told, self.tell = os.pipe()
        os.set_blocking(self._told, False)
        self._names = b""
        self._open = True

    def look(self) -> None:
        while self._open:
            try:
                part = os.read(self._told, 65536)
            except BlockingIOError:
                return
            self._names += part
            if not part:
                os.close(self._told)
                self._open = False
                self._import()

    def _import(self) -> None:
        for name in filter(None, self._names.decode().split("\n")):
            try:
                importlib.import_module(name)
            except BaseException:
                # The program will meet it itself, and say so.
                continue


def main() -> int:
    overlap = sys.argv[1] == "--overlap"
    at = sys.argv.index("--")
    folders, command = [os.path.realpath(folder) for folder in sys.argv[1 + overlap : at]], sys.argv[at + 1 :]
    del sys.path[0]
    try:
        from watchfiles import PythonFilter, watch
    except ImportError:
        say("the package watchfiles is missing: nothing is reloaded")
        os.execvp(command[0], command)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    run = target(command)
    preload = Preload()
    begun_with: int | None = newest(folders)
    program = Program(run, folders, preload.tell)
    leaving: list[Program] = []
    os.close(preload.tell)
    first = True
    for changes in watch(*folders, watch_filter=PythonFilter(), stop_event=stopping, step=20, rust_timeout=LOOK, yield_on_timeout=True):
        # What changed after the program had begun and before anything was watched is told by no watcher.
        missed = begun_with is not None and newest(folders) > begun_with
        begun_with = None
        if changes or missed:
            say(f"{len(changes) or 1} changed: starting anew")
            program.ask()
            if not overlap:
                program.wait(stopping)
            if stopping.is_set():
                break
            leaving = [old for old in [*leaving, program] if old.runs()]
            program = Program(run, folders, None)
            first = False
        elif not program.runs() and not program.mourned:
            if first:
                return program.exit_code
            say(f"it ended with {program.exit_code}: waiting for a change")
            program.mourned = True
        preload.look()
    program.ask()
    for child in [*leaving, program]:
        child.wait(stopping)
    return program.exit_code


if __name__ == "__main__":
    sys.exit(main())
