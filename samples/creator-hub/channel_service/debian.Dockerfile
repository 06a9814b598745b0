# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
USER root
RUN apt-get update && apt-get install -y --no-install-recommends python3-websockets && rm -rf /var/lib/apt/lists/*
ENV PYTHONPATH=/app
COPY --chown=app:app common common
COPY --chown=app:app channel_service channel_service
USER app
EXPOSE 8004
CMD ["uvicorn", "channel_service.main:app", "--host", "0.0.0.0", "--port", "8004"]
