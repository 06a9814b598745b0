"""Django's settings, all of them from the environment."""

import os

SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = os.environ.get("DEBUG", "False") == "True"
# Published on this machine's own address only; a proxy in front names its own.
ALLOWED_HOSTS = ["*"] if DEBUG else os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,web").split(",")
ROOT_URLCONF = "marketplace.urls"
INSTALLED_APPS = ["django.contrib.gis", "shops"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
# Else Django puts every process, its log included, into Chicago's.
TIME_ZONE = "UTC"
STATIC_URL = "static/"
DATABASES = {
    "default": {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": os.environ["POSTGRES_DB"],
        "USER": os.environ["POSTGRES_USER"],
        "PASSWORD": os.environ["POSTGRES_PASSWORD"],
        "HOST": os.environ["POSTGRES_HOST"],
        "PORT": os.environ["POSTGRES_PORT"],
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}}

CELERY_BROKER_URL = os.environ["CELERY_BROKER_URL"]
CELERY_RESULT_BACKEND = os.environ["CELERY_RESULT_BACKEND"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
# With Redis as the broker a task that is killed waits for the visibility timeout. SIGTERM ends the worker softly (REMAP_SIGTERM in the
# image): it waits this long and hands back what still runs. Less than the engine's patience (infra:services.celery.graceSeconds).
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 50
CELERY_BEAT_SCHEDULE = {"collect-promos": {"task": "shops.collect_promos", "schedule": 30.0}}

SNS_ENDPOINT = os.environ.get("AWS_SNS_ENDPOINT_URL")
SQS_ENDPOINT = os.environ.get("AWS_SQS_ENDPOINT_URL")
FLASH_PROMO_TOPIC_ARN = os.environ["FLASH_PROMO_TOPIC_ARN"]
FLASH_PROMO_QUEUE = "flash-promos"
