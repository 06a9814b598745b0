ARG PYTHON_VERSION=3.12
FROM python:${PYTHON_VERSION}-slim AS build
ARG INSTALL_EXTRAS
WORKDIR /src
COPY . .
RUN --mount=type=secret,id=pip_netrc,target=/root/.netrc pip install --prefix=/install ".[${INSTALL_EXTRAS}]"

FROM python:${PYTHON_VERSION}-slim AS runtime
COPY --from=build /install /usr/local
WORKDIR /app
