"""No test needs a service: what would reach one is replaced."""

import os

os.environ.update(
    DATABASE_URL="postgresql://user:pw@127.0.0.1:1/none",
    BROKER_URL="memory://",
    CACHE_URL="redis://127.0.0.1:1/0",
    RESULT_BACKEND_URL="cache+memory://",
)
for name in ("SHOP_DEBUG", "DATABASE_URL_FILE", "BROKER_URL_FILE", "CACHE_URL_FILE", "RESULT_BACKEND_URL_FILE"):
    os.environ.pop(name, None)
