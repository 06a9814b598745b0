# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
ENV PYTHONPATH=/app \
    REMAP_SIGTERM=SIGQUIT
COPY --chown=app:app . .
USER app
EXPOSE 8000
CMD ["python", "-m", "uvicorn", "mikrom.main:app", "--host", "0.0.0.0", "--port", "8000"]
