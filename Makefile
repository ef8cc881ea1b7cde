# Everything a checkout needs, from nothing but Python 3.11+, pip and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help demo run test lint types bench lock packs clean
help:
	@echo 'make demo   the daemon over recorded feeds, alerts in this terminal (no network, no token)'
	@echo 'make run    the daemon on ./feeds.yaml'
	@echo 'make test   tests, lint and types'
	@echo 'make bench  the figures that the performance claims rest on'
	@echo 'make packs  compile the watchlist packs after an edit of monitor/mentions/packs/*.yaml'
	@echo 'make lock   renew requirements/*.txt from pyproject.toml (needs uv)'

# venv needs ensurepip, which Debian ships apart: without it the system's pip installs into the environment.
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { echo '$(PYTHON): no such Python. Name one: make PYTHON=python3.12'; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'chipwire needs Python 3.11 or newer; $(PYTHON) is older. Name a newer one: make PYTHON=python3.12'; exit 2; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  $(PYTHON) -m pip --version >/dev/null 2>&1 || { echo '$(PYTHON) has neither venv nor pip: apt install python3-pip'; exit 2; }; \
	  $(PYTHON) -m venv --without-pip --clear $(VENV); }
	@touch $@

PIP = $(if $(wildcard $(BIN)/pip),$(BIN)/python -m pip,$(PYTHON) -m pip --python $(BIN)/python)

$(VENV)/.users: $(VENV)/.made requirements/users.txt pyproject.toml
	$(PIP) install -q --disable-pip-version-check --require-hashes -r requirements/users.txt
	@echo '$(CURDIR)' > $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/chipwire.pth
	@printf '#!/bin/sh\nexec "$(CURDIR)/$(BIN)/python" -m monitor "$$@"\n' > $(BIN)/chipwire && chmod +x $(BIN)/chipwire
	@touch $@

$(VENV)/.dev: $(VENV)/.users requirements/dev.txt
	$(PIP) install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.users
	$(BIN)/chipwire demo --speed 4

run: $(VENV)/.users
	$(BIN)/chipwire run

bench: $(VENV)/.dev
	@set -e; for bench in bench/[!_]*.py; do echo "== $$bench"; $(BIN)/python $$bench; done

test: $(VENV)/.dev lint types
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

packs: $(VENV)/.users
	$(BIN)/python -m monitor.mentions.packs

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:
	$(LOCK) pyproject.toml -o requirements/users.txt
	$(LOCK) --group dev pyproject.toml -o requirements/dev.txt
	$(LOCK) --group build -o requirements/build.txt

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache
