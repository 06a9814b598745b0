# The same where no registry can be reached, on Debian's packages.
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
USER root
RUN printf '#!/bin/sh\nexec python3 -m core.cli "$@"\n' >/usr/local/bin/hexa && chmod 755 /usr/local/bin/hexa
ENV PYTHONPATH=/app
COPY --chown=app:app . .
USER app
EXPOSE 8000
CMD ["uvicorn", "core.main:app", "--host", "0.0.0.0", "--port", "8000"]
