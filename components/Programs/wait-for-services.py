"""Waits until services answer, then becomes the program that needs them.

    python3 wait-for-services.py postgres:tcp://postgres:5432 auth:http://auth:8001/health --timeout 60 -- PROGRAM ARGUMENT...

A TCP target must take a connection, an HTTP target must answer 200. All are asked in turn, each try is a line of the log, and
the time limit is one for all. Without a program it ends with 0 when all have answered. It ends with 1 when the time is over,
and with 2 on words that it does not understand.
"""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

DEFAULT_TIMEOUT = 60.0
"""Seconds for all targets together, where the command says nothing."""

PATIENCE = 3.0
"""Seconds that one try may take."""

PAUSE = 0.5
"""Seconds between two rounds of tries."""


class Target(NamedTuple):
    name: str
    url: str


class Words(NamedTuple):
    targets: list[Target]
    timeout: float
    command: list[str]


class Unclear(Exception):
    """The command line is not understood."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Another page's 200 says nothing about the one that was asked for."""

    def redirect_request(self, *_: object) -> None:
        return None


def say(text: str) -> None:
    print(f"[wait-for-services] {text}", file=sys.stderr, flush=True)


def parse(words: list[str]) -> Words:
    ours, command = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    targets, timeout, rest = [], DEFAULT_TIMEOUT, iter(ours)
    for word in rest:
        if word == "--timeout":
            timeout = seconds(next(rest, ""))
        else:
            targets.append(target(word))
    if not targets:
        raise Unclear("there is nothing to wait for; name targets as NAME:tcp://HOST:PORT or NAME:http://HOST:PORT/PATH")
    return Words(targets, timeout, command)


def seconds(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise Unclear(f"'--timeout {word}' is no number of seconds")
    return value


def target(word: str) -> Target:
    name, colon, url = word.partition(":")
    try:
        parts = urlsplit(url)
        is_clear = bool(name and colon and parts.hostname) and (
            parts.scheme == "http" or (parts.scheme == "tcp" and parts.port is not None)
        )
    except ValueError:
        is_clear = False
    if not is_clear:
        raise Unclear(f"'{word}' is no target; write NAME:tcp://HOST:PORT or NAME:http://HOST:PORT/PATH")
    return Target(name, url)


def problem(url: str, patience: float) -> str | None:
    """Why the target does not answer; nothing when it does."""
    parts = urlsplit(url)
    try:
        return tcp(parts, patience) if parts.scheme == "tcp" else http(url, patience)
    except urllib.error.HTTPError as error:
        return f"status {error.code}"
    except urllib.error.URLError as error:
        return str(error.reason)
    except (OSError, ValueError) as error:
        return str(error) or type(error).__name__


def tcp(parts: SplitResult, patience: float) -> str | None:
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), patience):
        return None


def http(url: str, patience: float) -> str | None:
    with urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect).open(url, timeout=patience) as answer:
        return None if answer.status == 200 else f"status {answer.status}"


def wait(targets: list[Target], timeout: float, clock: Callable[[], float] = time.monotonic) -> bool:
    begun, left, tries = clock(), list(targets), 0
    while left:
        tries += 1
        for each in list(left):
            spent = clock() - begun
            if spent >= timeout:
                break
            trouble = problem(each.url, min(PATIENCE, timeout - spent))
            say(f"{each.name} {each.url} try {tries} after {clock() - begun:.1f} s: {trouble or 'answers'}")
            if trouble is None:
                left.remove(each)
        if left and clock() - begun + PAUSE >= timeout:
            say(f"gave up after {clock() - begun:.1f} s of {timeout:g} s: {', '.join(each.name for each in left)} did not answer")
            return False
        if left:
            time.sleep(PAUSE)
    say(f"all {len(targets)} answer after {clock() - begun:.1f} s")
    return True


def main() -> int:
    try:
        words = parse(sys.argv[1:])
    except Unclear as error:
        say(str(error))
        return 2
    if not wait(words.targets, words.timeout):
        return 1
    if words.command:
        try:
            os.execvp(words.command[0], words.command)
        except OSError as error:
            say(f"{words.command[0]}: {error.strerror}")
            return 127
    return 0


if __name__ == "__main__":
    sys.exit(main())
