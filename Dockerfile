# One image for web, workers and beat; compose.yaml says which command each runs.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=learning.settings.production \
    GATEHOUSE_MODE=live \
    GATEHOUSE_HOME=/data

RUN useradd --system --uid 10001 --no-create-home gatehouse && install --directory --owner gatehouse /data
WORKDIR /app

COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt

COPY . .
# Static files belong to the release. Collecting them reads no secret and no database, so the plain settings do.
RUN GATEHOUSE_HOME=/app/var DJANGO_SETTINGS_MODULE=learning.settings.base python manage.py collectstatic --noinput

USER gatehouse
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "-c", "python:learning.gunicorn", "--bind", "0.0.0.0:8000"]
