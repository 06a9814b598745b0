"""SNS and SQS: one topic, and one queue that hears it."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
from django.conf import settings


def publish(text: str) -> str:
    listen()
    return str(_sns().publish(TopicArn=settings.FLASH_PROMO_TOPIC_ARN, Message=text)["MessageId"])


def receive() -> Iterator[tuple[str, str]]:
    """Messages with their ids; each is removed once the loop has gone past it."""
    sqs, url = _sqs(), listen()
    for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", []):
        body = json.loads(message["Body"])
        yield body["MessageId"], body["Message"]
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def listen() -> str:
    """The queue's address. All of it is there already, or is made: what LocalStack forgets at its end comes back."""
    sns, sqs = _sns(), _sqs()
    topic = sns.create_topic(Name=settings.FLASH_PROMO_TOPIC_ARN.rsplit(":", 1)[1])["TopicArn"]
    if topic != settings.FLASH_PROMO_TOPIC_ARN:
        raise RuntimeError(f"The topic is {topic}, and FLASH_PROMO_TOPIC_ARN says {settings.FLASH_PROMO_TOPIC_ARN}.")
    url = str(sqs.create_queue(QueueName=settings.FLASH_PROMO_QUEUE)["QueueUrl"])
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return url


def _sns() -> Any:
    return boto3.client("sns", endpoint_url=settings.SNS_ENDPOINT)


def _sqs() -> Any:
    return boto3.client("sqs", endpoint_url=settings.SQS_ENDPOINT)
