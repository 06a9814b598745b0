"""Shops and promotions."""

import django.contrib.gis.db.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Shop",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=200)),
                ("location", django.contrib.gis.db.models.fields.PointField(geography=True, srid=4326)),
            ],
        ),
        migrations.CreateModel(
            name="Promo",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("message", models.CharField(max_length=100, unique=True)),
                ("text", models.CharField(max_length=500)),
            ],
        ),
    ]
