# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
ENV PYTHONPATH=/app
COPY --chown=app:app common common
COPY --chown=app:app auth_service auth_service
USER app
EXPOSE 8001
CMD ["uvicorn", "auth_service.main:app", "--host", "0.0.0.0", "--port", "8001"]
