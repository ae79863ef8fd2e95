# What each command does, and what it needs: README.md.
PYTHON ?= python3

.PHONY: help run test long bench shots

help:
	@echo "make run    the demo company on http://127.0.0.1:8000 (PORT=9000 make run for another port)"
	@echo "make test   what must hold, on PostgreSQL and on SQLite, in a quarter of an hour"
	@echo "make long   tests that take minutes: people's ways through the site in a browser, and what seldom changes"
	@echo "make bench  the same, and what is measured rather than tested, on PostgreSQL"
	@echo "make shots  pictures of the pages, into var/shots/"

run:
	@$(PYTHON) requirements/install.py base
	@exec .venv/bin/python manage.py run

test:
	@$(PYTHON) tests/services/packages.py
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python -m tests.everything

long:
	@$(PYTHON) tests/services/packages.py
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python -m tests.everything long

bench: long
	@exec .venv/bin/python -m pytest tests/benchmarks/*.py -q -s --database=postgresql

shots:
	@$(PYTHON) tests/services/packages.py
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python -m pytest tests/journeys --database=sqlite --shots=var/shots
