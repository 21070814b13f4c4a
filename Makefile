# Everything here needs only Python 3.11+ and make. Each target can be pasted as one line.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE_READY := $(VENV)/.site-ready
DEV_READY := $(VENV)/.dev-ready

.PHONY: help site test serve check build bench repeats golden weights lighthouse lock clean

help: ## Say what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1 — /'

site: $(SITE_READY) ## Install what the site needs and build it into site/
	$(BIN)/yearbook build

test: $(DEV_READY) ## Run the tests (browser tests too, where there is a Chromium)
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

serve: $(SITE_READY) ## Preview the site at http://127.0.0.1:8000 while you write
	$(BIN)/yearbook serve

check: $(DEV_READY) ## Every lint, type and layer check, then every problem in data and content; all are reported
	@failed=0; \
	$(BIN)/ruff check . || failed=1; \
	$(BIN)/ruff format --check . || failed=1; \
	$(BIN)/mypy || failed=1; \
	$(BIN)/lint-imports || failed=1; \
	$(BIN)/yearbook check || failed=1; \
	exit $$failed

bench: $(DEV_READY) ## Measure every budget, and other generators at the same pages (an hour and more); SECTIONS="edits hosts" names some
	PYTHONPATH=tests $(BIN)/python -m bench $(SECTIONS)
	$(if $(SECTIONS),,$(BIN)/yearbook build)
	$(if $(SECTIONS),,$(BIN)/python -m pytest -q -s tests/browser/test_weights.py)
	$(if $(SECTIONS),,$(MAKE) lighthouse)
	$(if $(SECTIONS),,$(BIN)/python tests/repeats.py)

repeats: $(DEV_READY) ## Build the whole site twice, in unlike surroundings, and compare every byte (ten minutes and more)
	$(BIN)/python tests/repeats.py

golden: $(DEV_READY) ## Write the expected files of tests/sites and tests/releases anew; read the diff before you commit it
	$(BIN)/python -m pytest tests/sites tests/releases --golden

weights: $(DEV_READY) ## Weigh a page of each type in the browser, print the table and write tests/browser/weights.json anew
	YEARBOOK_GOLDEN=write $(BIN)/python -m pytest -q -s tests/browser/test_weights.py

lighthouse: $(SITE_READY) ## Run Lighthouse on the built site (needs Node and a Chromium); fails below 100, and 98 for performance
	npm ci --ignore-scripts --prefix tests/lighthouse
	$(BIN)/python tests/lighthouse/run.py

lock: $(DEV_READY) ## Lock the dependencies again, with hashes and without addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet -o requirements-dev.lock

clean: ## Remove what was generated, the environment included; never build/, which is source
	rm -rf $(VENV) site .site-next .site-last .yearbook-lock .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find staging -mindepth 1 ! -name .gitkeep -delete

# The environment is made again whenever a lock file changes. Bytecode is compiled at once, so that the
# first build is as quick as the next.
$(SITE_READY): requirements.lock pyproject.toml
	test -x $(BIN)/pip || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q $(VENV)/lib build || true
	touch $@

$(DEV_READY): requirements-dev.lock $(SITE_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
