# Emotion Stream: `make serve` to use it, `make test` to prove it, `make help` for the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# `make test TRAINING=0` leaves torch out, and with it the tests of the learning wing.
TRAINING ?= 1
ifeq ($(TRAINING),0)
TEST_EXTRAS :=
PYTEST_OPTIONS := --without-training
DEV := $(VENV)/dev-serving.stamp
else
TEST_EXTRAS := [train]
PYTEST_OPTIONS :=
DEV := $(VENV)/dev.stamp
endif
FAST := not (browser or corpora or process or slow or training)
FORMAT_ONLY_CHECKS := $(if $(CI),--check,)

.DEFAULT_GOAL := help
.PHONY: help serve test test-fast coverage check browser benchmark screenshots build clean

help: ## Print this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

serve: $(VENV)/serve.stamp ## Install what serving needs and open the page at http://127.0.0.1:8000
	@$(BIN)/emotion-stream serve --port $(PORT)

test: $(DEV) browser ## Install what the tests need, Chromium included, and run them all.
	@scripts/test.sh $(BIN)/pytest $(PYTEST_OPTIONS)

test-fast: $(DEV) ## The tests that run within one process each: no browser, server, torch or long wait.
	@OMP_NUM_THREADS=1 $(BIN)/pytest --without-training -m "$(FAST)" --ignore=tests/browser \
		--ignore=tests/web/api/test_openapi.py -p no:schemathesis \
		--numprocesses=logical --dist=loadfile --quiet

coverage: $(DEV) ## Run all but the browser tests, and fail where they reach too little of the code.
	$(BIN)/pytest $(PYTEST_OPTIONS) -m "not browser" --cov --cov-report=term

check: $(DEV) node_modules/.package-lock.json ## Format, lint, type-check, check the import contract and the front end.
	$(BIN)/ruff format $(FORMAT_ONLY_CHECKS) .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm run --silent check

browser: $(DEV) ## Find or install a Chromium for the browser tests.
	@scripts/browser.sh $(BIN)/python

benchmark: $(DEV) ## Print the figures of speed and size, beside a peer in the same run.
	$(BIN)/python benchmarks/run.py

screenshots: $(DEV) browser ## Take the pictures of the README anew.
	$(BIN)/python tests/browser/screenshots.py

build: $(DEV) ## Build the wheel into dist/.
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@ls -l dist

clean: ## Remove what this file made.
	rm -rf $(VENV) .venv-serving node_modules dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@scripts/environment.sh $(PYTHON) $(VENV)

$(VENV)/serve.stamp: $(VENV)/bin/python pyproject.toml
	@echo "Installing Emotion Stream into $(VENV) (about 400 MB, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV): $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing what the tests need into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable '.$(TEST_EXTRAS)'
	@touch $@ $(VENV)/serve.stamp

node_modules/.package-lock.json: package.json
	@npm install --silent --no-audit --no-fund
	@touch $@
