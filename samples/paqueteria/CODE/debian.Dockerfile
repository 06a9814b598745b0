# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
USER root
RUN install -d -o app -g app /app/uploads /app/logs /app/celerybeat
ENV PYTHONPATH=/app \
    REMAP_SIGTERM=SIGQUIT
COPY --chown=app:app . .
COPY --chown=app:app src/static static
USER app
EXPOSE 8000
CMD ["python", "-m", "uvicorn", "src.main:app", "--host", "0.0.0.0", "--port", "8000"]
