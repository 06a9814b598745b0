"""Tells, for each target HOST:PORT[/http] of the command line, whether it answers: one line of JSON each, in their order."""

import http.client
import json
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

LIMIT = 5.0
"""Seconds that one target may take."""


def reach(target: str) -> str:
    address, _, kind = target.partition("/")
    host, _, port = address.rpartition(":")
    if kind != "http":
        socket.create_connection((host, int(port)), LIMIT).close()
        return "TCP"
    connection = http.client.HTTPConnection(host, int(port), timeout=LIMIT)
    connection.request("GET", "/")
    return f"HTTP {connection.getresponse().status}"


def report(target: str) -> str:
    begun = time.monotonic()
    try:
        said, reached = reach(target), True
    except (OSError, http.client.HTTPException) as error:
        said, reached = str(error) or type(error).__name__, False
    return json.dumps({"reached": reached, "said": said, "ms": round((time.monotonic() - begun) * 1000)})


with ThreadPoolExecutor(len(sys.argv)) as pool:
    for line in pool.map(report, sys.argv[1:]):
        print(line)
