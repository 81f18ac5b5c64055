# shopday. `make` alone lists what there is. Nothing needs to be done first: each target makes .venv if it must.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PACKAGES = $(wildcard core routines tui sample)
# Nothing is installed but the files whose hashes are written down.
HASHED = $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
# Some shells forbid bytecode; then every start of the program would pay for compiling again.
WITH_BYTECODE = env -u PYTHONDONTWRITEBYTECODE
COMPILE = $(WITH_BYTECODE) $(BIN)/python -m compileall -qq -j 0

.DEFAULT_GOAL := help
.PHONY: help venv demo test e2e fleet-test check format format-check lint types imports messages sample pictures approve bench soak faults fuzz exam mutate sbom licences clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv: $(READY) ## .venv with shopday and everything its tests need

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'shopday needs Python 3.11 or newer; name one with: make PYTHON=python3.11' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'This Python cannot make a virtual environment yet; run: sudo apt install git make python3-venv' >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@echo 'Installing into .venv (a minute or two the first time)'
	@$(HASHED) -r constraints.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@-$(COMPILE) .venv/lib $(PACKAGES) >/dev/null
	@touch $@

demo: venv ## the sample shop, opened (DIR=folder AT=09:30 SAMPLE=lanting FRESH=1 to begin anew, all optional)
	@$(BIN)/shopday demo $(if $(DIR),"$(DIR)") $(if $(AT),--at "$(AT)") $(if $(FRESH),--fresh) $(if $(SAMPLE),--sample "$(SAMPLE)")

test: venv ## every test that needs Python and nothing else, and does not take long
	$(WITH_BYTECODE) $(BIN)/pytest -m 'not e2e and not slow'

e2e: venv ## the tests that need tmux, sshd, Chromium, ...; installs them if root
	@tests/e2e_setup.sh
	$(BIN)/pytest -m 'e2e and not slow'

fleet-test: venv ## the journal's tests against a PostgreSQL that they start; installs it if root
	@tests/e2e_setup.sh
	$(BIN)/pytest -m 'e2e and not slow' -k 'Loopback or postgres or two_servers or listening or lost_server or same_answers' \
	  tests/journal tests/server tests/find tests/review tests/cli tests/routines tests/channels tests/faults \
	  tests/approved

check: format-check lint types imports test ## format, lint, types, imports and make test

format: venv ## lay the code out
	$(BIN)/ruff format
	$(BIN)/ruff check --fix-only

format-check: venv
	$(BIN)/ruff format --check

lint: venv ## ruff, all rules
	$(BIN)/ruff check

types: venv ## mypy, strict
	$(BIN)/mypy

imports: venv ## who may import whom
	$(BIN)/lint-imports --no-logo

messages: venv ## compile the message catalogs
	$(BIN)/python -m core.language.catalog

sample: venv ## tell the invented shops' stories again: their exports, their journals
	$(BIN)/python -m sample.story

pictures: venv ## the pictures in README and docs, from the running program
	$(BIN)/python -m sample.pictures

approve: venv ## write anew what the program says of the sample, after a change that is meant; read the diff
	$(BIN)/python -m tests.approved

bench: venv ## how fast and how light, as ratios in one run (ARGS="--rounds 5 keys notes", both optional)
	@$(HASHED) -r constraints-more.txt
	@$(COMPILE) $(PACKAGES) tests/bench
	@$(BIN)/python -m tests.bench $(ARGS)

soak: venv ## what takes long: forty people for ten minutes, 1,600 entries at once, 500 kills
	@tests/e2e_setup.sh
	$(BIN)/pytest -n 0 -m slow --timeout=1800
	@$(BIN)/python -m tests.bench.soak

faults: venv ## failing calls and kills over everything that writes, as a table (ARGS="--injections 3000 --only import", both optional)
	@$(BIN)/python -m tests.faults $(ARGS)

fuzz: venv ## damaged exports through every reader (COUNT=100000 FROM=0, both optional)
	SHOPDAY_FUZZ=$(or $(COUNT),100000) SHOPDAY_FUZZ_FROM=$(or $(FROM),0) $(BIN)/pytest -q -n 0 tests/fuzz

exam: venv ## are quiet mornings quiet, are drawn troubles named? (QUIET=200 TROUBLES=160 COMBINED=40 PEAKS=60 SEED=1, all optional)
	@$(BIN)/python -m tests.exam --quiet $(or $(QUIET),200) --troubles $(or $(TROUBLES),160) \
	  --combined $(or $(COMBINED),40) --peaks $(or $(PEAKS),60) --seed $(or $(SEED),1)

mutate: venv ## do the tests notice a wrong product? 200 mutants (COUNT=20 SEED=2 ARGS="--limit 60", all optional)
	@$(HASHED) -r constraints-more.txt
	@$(BIN)/python -m tests.mutate --count $(or $(COUNT),200) --seed $(or $(SEED),1) $(ARGS)

sbom: venv ## the packages shopday runs on, as CycloneDX, into build/sbom.json
	@mkdir -p build
	@$(BIN)/python -m tests.supply sbom > build/sbom.json
	@echo build/sbom.json

licences: venv ## the packages shopday runs on and is built with, and their licences
	@$(BIN)/python -m tests.supply licences

clean: ## what was made, away (sample shops and your data stay)
	rm -rf .venv build dist .hypothesis .import_linter_cache .mutate .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
