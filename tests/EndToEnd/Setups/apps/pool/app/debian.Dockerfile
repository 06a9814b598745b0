ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
COPY --chown=app:app . .
USER app
