# `make demo` and `make test` set up all they need in .venv. Nothing but Python 3.11 or later and make is assumed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --require-hashes --no-build-isolation
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links
CATALOGUES := $(wildcard src/makna/locale/*/LC_MESSAGES/*.po)
ARGOT ?= ../shared/data/argot
WORKERS ?= 2
LINTED := src tests scripts benchmarks

.PHONY: help demo test check lint types layers messages messages-check reference docs docs-check notebook screenshots \
  bench bench-door bench-argot bench-record bench-web bench-pages lock wheel wheel-demo clean

help:
	@echo "make demo      build the reference study on invented people and open the workbench on it"
	@echo "make test      run the tests, in WORKERS=2 processes; ARGS=\"tests/corpus -x\""
	@echo "make check     style, types, layers, translations, documentation"
	@echo "make docs      build the documentation into site/"
	@echo "make screenshots    pictures of every page of the workbench, for the documentation"
	@echo "make bench     measure beside named peers; POSTS=\"100000 1000000\""
	@echo "make bench-door     score the door beside its peers, on generated posts or PROBE=file.jsonl"
	@echo "make bench-argot    score the argot lens beside its peers on posts with a list of their coded words; ARGOT=folder"
	@echo "make bench-record   measure the record with 100,000 codings"
	@echo "make bench-web      measure the workbench beside Taguette"
	@echo "make bench-pages    every page of a library of 1,000 texts and POSTS=1000000 posts"
	@echo "make messages  bring the message catalogues up to date with the source"
	@echo "make lock      choose versions anew and write the lock files"

demo: $(VENV)/.run
	$(BIN)/makna demo --fresh --library demo-library

test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(ARGS)

check: lint types layers messages-check docs-check

lint: $(VENV)/.dev
	$(BIN)/ruff check $(LINTED)
	$(BIN)/ruff format --check $(LINTED)

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

messages: $(VENV)/.dev
	$(BIN)/python scripts/messages.py update

messages-check: $(VENV)/.dev
	$(BIN)/python scripts/messages.py check

reference: $(VENV)/.dev
	$(BIN)/python scripts/reference.py write

notebook: $(VENV)/.dev
	$(BIN)/python scripts/notebook.py write

# Pictures of every page in both languages, for the documentation.
screenshots: $(VENV)/.dev
	$(BIN)/makna demo --fresh --no-open --library build/screenshots
	$(BIN)/python scripts/screenshots.py build/screenshots

docs: $(VENV)/.dev
	$(BIN)/python scripts/build_docs.py

docs-check: $(VENV)/.dev
	$(BIN)/python scripts/reference.py check
	$(BIN)/python scripts/notebook.py check
	$(BIN)/python scripts/build_docs.py

bench: $(VENV)-bench/.bench
	$(VENV)-bench/bin/python -m benchmarks --posts $(or $(POSTS),100000 1000000) --json benchmarks/results.json

bench-door: $(VENV)-bench/.bench
	$(VENV)-bench/bin/python -m benchmarks.door_probe $(PROBE) $(ARGS)

bench-argot: $(VENV)-bench/.bench
	$(VENV)-bench/bin/python -m benchmarks.argot $(ARGOT)/judol.tsv.gz $(ARGOT)/judol-gold.csv $(ARGS)
	$(VENV)-bench/bin/python -m benchmarks.standard $(ARGOT)/indocollex.csv
	$(VENV)-bench/bin/python -m benchmarks.argot_growth $(ARGOT)/judol.tsv.gz $(if $(SIZES),--sizes $(SIZES))

bench-record: $(VENV)-bench/.bench
	$(VENV)-bench/bin/python -m benchmarks.record $(ARGS)

bench-web: $(VENV)-bench/.bench
	$(VENV)-bench/bin/python -m benchmarks.workbench $(ARGS)

bench-pages: $(VENV)-bench/.bench
	$(VENV)-bench/bin/python -m benchmarks.web_pages $(POSTS)

wheel: $(VENV)/.dev
	rm -f dist/makna-*.whl
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# The wheel, in an environment that holds nothing but it and what the lock names, builds the demo.
wheel-demo: wheel
	rm -rf build/wheel-demo
	$(PYTHON) -m venv build/wheel-demo
	build/wheel-demo/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	build/wheel-demo/bin/python -m pip install --quiet --no-deps dist/makna-*.whl
	cd build/wheel-demo && MAKNA_CONFIG=config bin/makna demo --library library --no-open --posts 600

# A half-made environment is removed, so that the next run starts afresh.
define make_venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Makna needs Python 3.11 or later. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(1)/bin/pip || $(PYTHON) -m venv $(1) || { rm -rf $(1); \
	  echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $(1)/.made
endef

$(VENV)/.made:
	$(call make_venv,$(VENV))

$(VENV)/.run: $(VENV)/.made requirements-build.lock requirements.lock pyproject.toml scripts/compile_catalogues.py $(CATALOGUES)
	@echo "Installing Makna into $(VENV) …"
	@$(INSTALL) -r requirements-build.lock
	@$(INSTALL) -r requirements.lock
	@$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing the tools that test, check and document Makna …"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

$(VENV)-bench/.bench: requirements-build.lock requirements-bench.lock pyproject.toml $(CATALOGUES)
	$(call make_venv,$(VENV)-bench)
	@echo "Installing Makna and its peers into $(VENV)-bench …"
	@$(PIP:$(BIN)/%=$(VENV)-bench/bin/%) install --quiet --require-hashes -r requirements-build.lock
	@$(PIP:$(BIN)/%=$(VENV)-bench/bin/%) install --quiet --require-hashes --no-build-isolation -r requirements-bench.lock
	@$(PIP:$(BIN)/%=$(VENV)-bench/bin/%) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

# Hashes for every platform, no registry address. UPGRADE=--upgrade takes newer versions.
lock: $(VENV)/.made
	@test -x $(BIN)/uv || $(PIP) install --quiet uv
	$(UV_COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	$(UV_COMPILE) $(UPGRADE) requirements-build.in -c requirements.lock -o requirements-build.lock
	$(UV_COMPILE) $(UPGRADE) pyproject.toml requirements-dev.in -c requirements.lock -c requirements-build.lock -o requirements-dev.lock
	$(UV_COMPILE) $(UPGRADE) pyproject.toml requirements-bench.in -o requirements-bench.lock

clean:
	rm -rf $(VENV) $(VENV)-bench build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
