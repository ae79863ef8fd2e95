# What each command does, and what it needs: README.md.
PYTHON ?= python3

.PHONY: help run test bench shots

help:
	@echo "make run    the demo company on http://127.0.0.1:8000 (PORT=9000 make run for another port)"
	@echo "make test   everything that must hold, on PostgreSQL and on SQLite"
	@echo "make bench  what is measured rather than tested, on PostgreSQL"
	@echo "make shots  pictures of the pages, into var/shots/"

run:
	@$(PYTHON) requirements/install.py base
	@exec .venv/bin/python manage.py run

test:
	@$(PYTHON) tests/services/packages.py
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python -m tests.everything

bench:
	@$(PYTHON) tests/services/packages.py
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python -m pytest tests/benchmarks/*.py -q -s --database=postgresql

shots:
	@$(PYTHON) tests/services/packages.py
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python -m pytest tests/journeys --database=sqlite --shots=var/shots
