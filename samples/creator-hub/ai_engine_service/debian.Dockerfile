# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
ENV PYTHONPATH=/app
COPY --chown=app:app common common
COPY --chown=app:app ai_engine_service ai_engine_service
USER app
EXPOSE 8003
CMD ["uvicorn", "ai_engine_service.main:app", "--host", "0.0.0.0", "--port", "8003"]
