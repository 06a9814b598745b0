import os

from celery import Celery

from bookshop import heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookshop.settings")
app = Celery("bookshop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeat.install(app)
