ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
USER root
RUN apt-get update && apt-get install -y --no-install-recommends python3-rq && rm -rf /var/lib/apt/lists/*
COPY --chown=app:app . .
USER app
