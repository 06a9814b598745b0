# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
ENV PYTHONPATH=/app
COPY --chown=app:app common common
COPY --chown=app:app creator_hub_service creator_hub_service
USER app
EXPOSE 8002
CMD ["uvicorn", "creator_hub_service.main:app", "--host", "0.0.0.0", "--port", "8002"]
