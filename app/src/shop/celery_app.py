"""The Celery application: `celery -A shop.celery_app worker` and `… beat`."""

from typing import Any

from celery import Celery
from celery.app.defaults import SETTING_KEYS
from celery.schedules import crontab

from shop import heartbeat
from shop.retries import KeptTask
from shop.settings import Settings, current


SCHEDULED = {"ignore_result": True}
"""Nobody reads the result of a scheduled task. To get it, beat would listen at the result store, and with Celery 5.5 wait
for ever when store and broker are lost at once."""


EXCLUSIVE_QUEUES = "control_queue_exclusive", "event_queue_exclusive"
"""Queues of Celery's own that end with their connection: RabbitMQ takes no other transient ones from 4.3 on. Celery 5.5 does not
know these settings."""


def transport_options(broker_url: str) -> dict[str, Any]:
    if broker_url.startswith("amqp"):
        # A publish returns when the broker has the message.
        return {"confirm_publish": True}
    return {
        # A task that is not acknowledged after this time is delivered again: longer than the longest task.
        "visibility_timeout": 3600,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }


def configuration(settings: Settings) -> dict[str, Any]:
    quorum = settings.quorum_queues and settings.broker_url.startswith("amqp")
    return {
        "broker_url": settings.broker_url,
        "broker_transport_options": transport_options(settings.broker_url),
        "broker_connection_timeout": 2,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "result_backend": settings.result_backend_url,
        "result_expires": 3600,
        "redis_socket_timeout": 5,
        "redis_socket_connect_timeout": 2,
        "redis_socket_keepalive": True,
        "redis_retry_on_timeout": True,
        # A task is acknowledged when it is done: what a lost worker was doing is done again by another.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_default_delivery_mode": "persistent",
        "task_default_queue": "shop",
        "task_default_queue_type": "quorum" if quorum else "classic",
        "worker_detect_quorum_queues": True,
        # What is delayed waits in queues of RabbitMQ's then, which lead on by topic alone.
        "task_default_exchange_type": "topic" if quorum else "direct",
        "task_track_started": True,
        "task_time_limit": 1800,
        "worker_hijack_root_logger": False,
        # Its file would be written beside the program, which may be read-only.
        "worker_state_db": None,
        "timezone": "UTC",
        "beat_schedule": {
            "publish-outbox": {
                "task": "shop.tasks.publish_outbox",
                "schedule": 10.0,
                "options": SCHEDULED | {"expires": 10},
            },
            "count-orders": {
                "task": "shop.tasks.count_orders",
                "schedule": 10.0,
                "options": SCHEDULED | {"expires": 10},
            },
            "clean-up": {
                "task": "shop.tasks.clean_up",
                "schedule": crontab(hour="3", minute="0"),
                "options": SCHEDULED | {"expires": 3600},
            },
        },
    } | {name: True for name in EXCLUSIVE_QUEUES if name in SETTING_KEYS}


app = Celery("shop", include=["shop.tasks"], task_cls=KeptTask)
app.conf.update(configuration(current()))
heartbeat.install(app)
