# One image for every service that runs this code, each with its own command, and so without a HEALTHCHECK of its own.
ARG PYTHON_IMAGE=python:3.11-slim-trixie

FROM ${PYTHON_IMAGE} AS builder
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /srv/shop
# Packages alone: a change of the code leaves this layer as it is.
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install --requirement requirements.txt

FROM ${PYTHON_IMAGE} AS runtime
RUN groupadd --gid 10001 shop \
 && useradd --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin shop \
 && install -d -o shop -g shop /srv/shop /var/lib/celery/beat
COPY --from=builder /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/shop
COPY --chown=shop:shop . .
USER shop
EXPOSE 8000
CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0"]
