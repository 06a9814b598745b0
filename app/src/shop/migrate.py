"""Brings the database's schema to this code's: `python3 -m shop.migrate`. Ends with 0 when it is there."""

import logging
import sys

import psycopg

from shop import settings
from shop.migrations import migrate

log = logging.getLogger(__name__)


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        with psycopg.connect(settings.current().database_url, connect_timeout=5, application_name="shop-migrate") as connection:
            applied = migrate(connection)
    except (psycopg.Error, settings.SettingsError) as error:
        log.error("the schema was left as it is: %s", error)
        return 1
    for name in applied:
        log.info("applied migration %s", name)
    log.info("the schema is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
