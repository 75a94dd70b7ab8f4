# `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

OFFICE := libreoffice-calc-nogui

.PHONY: run test test-all bench office reset install clean openapi

$(STAMP): requirements.txt tests/requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

install: $(STAMP) ## everything the project needs, from its own files
	@$(BIN)/python -m infra.local install

run: install ## the whole system on this machine; Ctrl-C stops it, data stay
	@$(BIN)/python -m infra.local run

reset: install ## the whole system anew, with nothing but the demonstration in it
	@$(BIN)/python -m infra.local run --fresh

test: install ## style, types and every test but the long ones
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -n 2 --dist loadfile -m 'not slow'

test-all: install office ## the long ones too
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -n 2 --dist loadfile

bench: install ## ratios and counts against the goals
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.lists
	@$(BIN)/python -m tests.bench.cold
	@$(BIN)/python -m tests.bench.sheets
	@$(BIN)/python -m tests.bench.report

office: ## LibreOffice, by which the long tests open our workbooks, where it is not yet
	@command -v soffice > /dev/null || { \
		$$(command -v sudo) apt-get update --quiet && \
		$$(command -v sudo) apt-get install --quiet --yes --no-install-recommends $(OFFICE); }

clean: ## nothing that was installed or kept remains
	rm -rf .venv .local build
