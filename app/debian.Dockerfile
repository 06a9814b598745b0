# The application's image where no registry can be reached: the same paths, user and command as Dockerfile,
# on a base whose packages come from Debian (images/build.sh makes it).
ARG BASE=infra-debian/app-base:trixie
FROM ${BASE}
COPY --chown=app:app . .
USER app
EXPOSE 8000
CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"]
