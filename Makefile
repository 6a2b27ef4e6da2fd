# make run: the sample transcripts, through the real flow, into warehouse/onrecord.duckdb.  make test: the whole suite.
PYTHON ?= python3
# a file's tests share a server, and stay with one of two processes; PYTEST_ARGS="-k name" runs some in one
PYTEST_ARGS ?= -n 2 --dist loadfile
VENV := .venv
BIN := $(VENV)/bin
# Where the environment forbids it every process compiles all Python anew: three of the ten seconds that a run over one page takes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test lint requirements docs diff clean-warehouse
.DEFAULT_GOAL := run

$(VENV)/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep -o '^uv==[^ ]*' requirements-dev.txt)"
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	@touch $@

run: $(VENV)/.installed
	@$(BIN)/python -m flows.run

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

docs: $(VENV)/.installed-dev
	$(BIN)/python -m flows.report.documents

# What a change does to turns and claims: make diff [FROM=commit] [TO=commit] [FOLDERS="folder …"]; see benchmarks/diff.py
diff: $(VENV)/.installed-dev
	@$(BIN)/python -m benchmarks.diff --from "$(or $(FROM),HEAD)" --to "$(TO)" $(FOLDERS)

requirements: $(VENV)/.installed-dev
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
