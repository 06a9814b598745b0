"""What the workers do, and the worker, which shows that it lives by a file."""

import os
import pathlib
import time

import rq


class Worker(rq.Worker):
    def heartbeat(self, *args, **kwargs):
        super().heartbeat(*args, **kwargs)
        pathlib.Path("/tmp/rq-heartbeat").touch()


def write(seconds: float) -> str:
    time.sleep(seconds)
    return os.environ["DESK"]
