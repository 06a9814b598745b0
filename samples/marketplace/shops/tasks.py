"""What runs behind the requests."""

from celery import shared_task

from shops import aws
from shops.models import Promo


@shared_task(name="shops.announce")
def announce(text: str) -> str:
    return aws.publish(text)


@shared_task(name="shops.collect_promos")
def collect_promos() -> int:
    return sum(Promo.objects.get_or_create(message=message, defaults={"text": text})[1] for message, text in aws.receive())
