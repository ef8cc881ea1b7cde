# What runs is the wheel and its locked dependencies, as uid 10001, with nothing writable but /data.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY requirements/users.txt requirements/build.txt requirements/
RUN python -m venv --without-pip /opt/build \
 && python -m pip --python /opt/build/bin/python install --no-cache-dir --require-hashes -r requirements/build.txt \
 && python -m venv --without-pip /opt/chipwire \
 && python -m pip --python /opt/chipwire/bin/python install --no-cache-dir --require-hashes -r requirements/users.txt
COPY pyproject.toml README.md LICENSE ./
COPY monitor monitor
COPY alerts alerts
RUN /opt/build/bin/python -m hatchling build -t wheel -d /opt/build/dist \
 && python -m pip --python /opt/chipwire/bin/python install --no-cache-dir --no-index --no-deps /opt/build/dist/*.whl \
 && mkdir -p /data

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="chipwire" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/chipwire/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp
COPY --from=build /opt/chipwire /opt/chipwire
COPY --from=build --chown=10001:10001 /data /data
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 CMD ["chipwire", "status", "--check"]
ENTRYPOINT ["chipwire"]
CMD ["run"]
