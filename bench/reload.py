"""How long an edit takes to be live in web and in an idle worker: ten edits, each seen from outside as an answer that changes.

    reload.py FOLDER URL WORKER      the application's folder, the web server's address, the worker's container
"""

import json
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

EDITS = 10
PATIENCE = 30.0

# Asks the worker for one result after the other; the one asked for while it restarts is answered by the new code.
ASK = """
import time
from shop.celery_app import app
last = None
while True:
    value = app.send_task("shop.tasks.sleep", (0,)).get(timeout=60, interval=0.01)
    if value != last:
        print(time.time(), int(value), flush=True)
        last = value
    time.sleep(0.02)
"""

seen: dict[tuple[str, int], float] = {}


def watch_web(url: str) -> None:
    while True:
        try:
            with urllib.request.urlopen(url + "/health", timeout=5) as answer:
                status = json.load(answer)["status"]
            seen.setdefault(("web", int(re.sub(r"\D", "", status) or 0)), time.time())
        except (OSError, ValueError):
            pass
        time.sleep(0.01)


def watch_worker(container: str) -> None:
    process = subprocess.Popen(
        ["docker", "exec", "-i", container, "python3", "-c", ASK], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        at, value = line.split()
        seen.setdefault(("worker", int(value)), float(at))


def edit(path: Path, pattern: str, text: str) -> None:
    path.write_text(re.sub(pattern, text, path.read_text(), count=1))


def wait(service: str, number: int) -> float:
    """The time at which it was seen."""
    limit = time.time() + PATIENCE
    while time.time() < limit:
        if (service, number) in seen:
            return seen[service, number]
        time.sleep(0.01)
    raise SystemExit(f"reload.py: {service} does not run edit {number} after {PATIENCE:.0f} s")


def main(folder: str, url: str, worker: str) -> None:
    shop = Path(folder) / "src/shop"
    for watch in (watch_web, url), (watch_worker, worker):
        threading.Thread(target=watch[0], args=watch[1:], daemon=True).start()
    for service in "web", "worker":
        wait(service, 0)
    times: dict[str, list[float]] = {"web": [], "worker": []}
    for number in range(1, EDITS + 1):
        time.sleep(3)
        begun = time.time()
        edit(shop / "tasks.py", r"return seconds.*", f"return seconds + {number}")
        edit(shop / "main.py", r'"status": "ok\d*"', f'"status": "ok{number}"')
        for service, found in times.items():
            found.append(wait(service, number) - begun)
    for service, found in times.items():
        print(f"{service} {statistics.median(found):.2f} {min(found):.2f} {max(found):.2f}")


main(*sys.argv[1:])
