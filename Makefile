# Two commands: `make demo` and `make test`. Each sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check lint messages bench-door lock clean

demo: $(VENV)/.run
	$(BIN)/makna demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check src tests scripts benchmarks
	$(BIN)/ruff format --check src tests scripts benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

messages: $(VENV)/.dev
	$(BIN)/python scripts/messages.py update

bench-door: $(VENV)/.dev
	$(BIN)/python benchmarks/door_probe.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.run: $(VENV)/bin/python requirements.lock requirements-build.lock pyproject.toml src/makna/locale/id/LC_MESSAGES/makna.po
	$(PIP) install -q --require-hashes -r requirements-build.lock
	$(PIP) install -q --require-hashes -r requirements.lock
	$(PIP) install -q --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(PIP) install -q --require-hashes -r requirements-dev.lock
	touch $@

# Written with uv: hashes for every platform, no registry address.
lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 requirements-build.in -o requirements-build.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml requirements-dev.in -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
