"""Logs to the output, and to a file of each service on the volume that all of them share."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FOLDER = Path("/app/logs")
MOST_BYTES = 5_000_000
KEPT = 3


def write_to(service: str) -> None:
    handler = RotatingFileHandler(FOLDER / f"{service}.log", maxBytes=MOST_BYTES, backupCount=KEPT)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("paqueteria").addHandler(handler)
    logging.getLogger("paqueteria").setLevel(logging.INFO)
