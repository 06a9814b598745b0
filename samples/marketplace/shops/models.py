"""What is kept in PostGIS."""

from django.contrib.gis.db import models


class Shop(models.Model):
    name = models.CharField(max_length=200)
    location = models.PointField(geography=True, srid=4326)


class Promo(models.Model):
    """A promotion that came out of the queue; its message's id keeps it from coming in twice."""

    message = models.CharField(max_length=100, unique=True)
    text = models.CharField(max_length=500)
