"""Shops and promotions over HTTP."""

import json

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db import connection
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse

from shops import tasks
from shops.models import Promo, Shop


def health(_: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def shops(request: HttpRequest) -> JsonResponse | HttpResponseNotAllowed:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        body = json.loads(request.body)
        shop = Shop(name=str(body["name"]), location=Point(float(body["longitude"]), float(body["latitude"]), srid=4326))
    except (KeyError, TypeError, ValueError) as error:
        return JsonResponse({"error": f"A shop has a name, a longitude and a latitude: {error}."}, status=400)
    shop.save()
    return JsonResponse({"id": shop.pk}, status=201)


def near(request: HttpRequest) -> JsonResponse:
    """Shops by their distance in metres from a point."""
    try:
        here = Point(float(request.GET["longitude"]), float(request.GET["latitude"]), srid=4326)
    except (KeyError, ValueError):
        return JsonResponse({"error": "Name a longitude and a latitude."}, status=400)
    found = Shop.objects.annotate(distance=Distance("location", here)).order_by("distance")[:10]
    return JsonResponse({"shops": [{"name": shop.name, "metres": round(shop.distance.m)} for shop in found]})


def promos(request: HttpRequest) -> JsonResponse | HttpResponseNotAllowed:
    if request.method == "POST":
        try:
            text = str(json.loads(request.body)["text"])
        except (KeyError, TypeError, ValueError) as error:
            return JsonResponse({"error": f"A promotion has a text: {error}."}, status=400)
        task = tasks.announce.delay(text)
        tasks.collect_promos.apply_async(countdown=1)
        return JsonResponse({"task": task.id}, status=202)
    return JsonResponse({"promos": list(Promo.objects.order_by("id").values_list("text", flat=True))})
