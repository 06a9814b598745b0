#!/usr/bin/env python3
"""Serves moto on port 4566 the way LocalStack serves AWS: one address for all services, and a health page that names them."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

PORT = 4566

Environ = dict[str, Any]
Start = Callable[..., Any]


class Server:
    """Answers the health page itself and leaves the rest to moto."""

    def __init__(self, services: list[str]) -> None:
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.health = json.dumps({"services": {service: "running" for service in services}, "edition": "moto"}).encode()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/_localstack/health":
            start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(self.health)))])
            return [self.health]
        answer: Iterable[bytes] = self.moto(environ, start)
        return answer


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    services = [name.strip() for name in os.environ.get("SERVICES", "sns,sqs").split(",") if name.strip()]
    run_simple("0.0.0.0", PORT, Server(services), threaded=True)


if __name__ == "__main__":
    main()
