# One image for every service that runs this code, each with its own command, and so without a HEALTHCHECK of its own.
ARG PYTHON_IMAGE=python:3.14-slim-trixie
ARG UV_IMAGE=ghcr.io/astral-sh/uv:0.12.18

FROM ${UV_IMAGE} AS uv

FROM ${PYTHON_IMAGE} AS builder
COPY --from=uv /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_INSTALL_DIR=/python \
    UV_PYTHON_PREFERENCE=only-managed \
    UV_PROJECT_ENVIRONMENT=/opt/venv
RUN uv python install 3.14 \
 && install -d /writable/var/lib/celery/beat
WORKDIR /app
# Packages alone: a change of the code leaves this layer as it is.
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev --no-install-project

# It has no version to name: add the digest that 'docker buildx imagetools inspect' shows.
FROM gcr.io/distroless/cc-debian13:nonroot AS runtime
COPY --from=builder /python /python
COPY --from=builder --chown=65532:65532 /writable /
COPY --from=builder /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --chown=65532:65532 . .
USER 65532:65532
EXPOSE 8000
CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0"]
