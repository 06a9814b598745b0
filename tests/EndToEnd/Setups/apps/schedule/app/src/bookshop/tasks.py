from celery import shared_task


@shared_task
def remind(to: str) -> None:
    from bookshop.models import Reminder

    Reminder.objects.create(to=to)
