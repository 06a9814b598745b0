"""Tells, for each target of the command line, whether it answers: one line of JSON each, in their order.

A target is HOST:PORT, with /http where it is to answer a request, and /tls+MODE or /postgresql+MODE where it is to prove who it is in a
mode of libpq's. The input is a map in JSON, of a target to the certificates that its own is held to, unless the system's own will do.
"""

import http.client
import json
import socket
import ssl
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor

LIMIT = 5.0
"""Seconds that one target may take."""

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
"""How a client of Postgres asks for TLS; the answer is S or N."""


def encrypted(connection: socket.socket, host: str, mode: str, authority: str | None) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = mode == "verify-full"
    if mode == "require":
        context.verify_mode = ssl.CERT_NONE
    elif authority:
        context.load_verify_locations(cadata=authority)
    else:
        context.load_default_certs()
    with context.wrap_socket(connection, server_hostname=host) as secure:
        return secure.version() or "TLS"


def reach(target: str, authority: str | None) -> str:
    address, _, kind = target.partition("/")
    host, _, port = address.rpartition(":")
    if kind == "http":
        connection = http.client.HTTPConnection(host, int(port), timeout=LIMIT)
        connection.request("GET", "/")
        return f"HTTP {connection.getresponse().status}"
    protocol, _, mode = kind.partition("+")
    with socket.create_connection((host, int(port)), LIMIT) as connection:
        if not mode:
            return "TCP"
        if protocol == "postgresql":
            connection.sendall(SSL_REQUEST)
            if connection.recv(1) != b"S":
                raise ConnectionError("it offers no TLS")
        return encrypted(connection, host, mode, authority)


def report(target: str, authority: str | None) -> str:
    begun = time.monotonic()
    try:
        said, reached = reach(target, authority), True
    except ssl.SSLCertVerificationError as error:
        said, reached = f"certificate verify failed: {error.verify_message}", False
    except (OSError, http.client.HTTPException) as error:
        said, reached = str(error) or type(error).__name__, False
    return json.dumps({"reached": reached, "said": said, "ms": round((time.monotonic() - begun) * 1000)})


targets = sys.argv[1:]
authorities = json.load(sys.stdin)
with ThreadPoolExecutor(len(targets)) as pool:
    for line in pool.map(report, targets, map(authorities.get, targets)):
        print(line)
