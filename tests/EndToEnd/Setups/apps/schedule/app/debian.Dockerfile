ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
USER root
RUN apt-get update && apt-get install -y --no-install-recommends gunicorn python3-django python3-django-celery-beat && rm -rf /var/lib/apt/lists/*
COPY --chown=app:app . .
USER app
ENTRYPOINT ["/app/entrypoint.sh"]
