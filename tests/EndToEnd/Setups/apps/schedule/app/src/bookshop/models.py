from django.db import models


class Reminder(models.Model):
    to = models.CharField(max_length=100)
