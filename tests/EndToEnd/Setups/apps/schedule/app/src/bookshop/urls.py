"""Plans reminders, as rows of the schedule in the database, and tells how many were sent."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from bookshop.models import Reminder


def ready(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"planned": PeriodicTask.objects.exclude(name="celery.backend_cleanup").count()})


@csrf_exempt
def plan(request: HttpRequest, to: str) -> JsonResponse:
    seconds, _ = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.SECONDS)
    task, _ = PeriodicTask.objects.update_or_create(
        name=f"remind {to}",
        defaults={
            "interval": seconds,
            "task": "bookshop.tasks.remind",
            "args": json.dumps([to]),
            "enabled": json.loads(request.body)["enabled"],
        },
    )
    return JsonResponse({"runs": task.total_run_count})


def sent(_: HttpRequest, to: str) -> JsonResponse:
    return JsonResponse({"sent": Reminder.objects.filter(to=to).count()})


def secret(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"sha256": hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()})


urlpatterns = [
    path("ready", ready),
    path("plans/<str:to>", plan),
    path("reminders/<str:to>", sent),
    path("secret", secret),
]
