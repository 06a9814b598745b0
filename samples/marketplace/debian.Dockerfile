# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
USER root
RUN apt-get update && apt-get install -y --no-install-recommends \
    gdal-bin libgeos-c1t64 gunicorn python3-boto3 python3-django \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONPATH=/app \
    REMAP_SIGTERM=SIGQUIT
COPY --chown=app:app . .
USER app
EXPOSE 8000
CMD ["gunicorn", "marketplace.wsgi", "--bind", "0.0.0.0:8000"]
