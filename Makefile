# Dideban. `make` or `make help` lists what can be done; each target says what it does while it does it.
#
# Only Python 3.11, 3.12 or 3.13 is needed: no Java, no Docker, no uv. All goes into .venv beside this file.
# Another Python: make setup PYTHON=/path/to/python3.12

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OUT := .dideban
EVAL ?= ../shared/eval
PYTEST_ARGS ?=
ARGS ?=

# The first Python on the path that really is one of ours (a shim of that name may not start).
USABLE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c '$(USABLE)' 2>/dev/null && { echo $$p; break; }; done)

# Python may come without half of what an environment needs; uv brings speed, pip is enough.
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

, := ,
say = @printf '\033[1m▸ %s\033[0m\n' $(1)

.PHONY: help
help: ## this list
	@echo 'Dideban (دیدبان): real-time alerting for Persian newsrooms.'
	@echo
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile
	@echo
	@echo 'Start with `make demo`. The command itself is $(BIN)/dideban; `$(BIN)/dideban --help` teaches it.'

.PHONY: setup
setup: $(STAMP) ## make .venv and install the locked dependencies (by itself again when they change)
	@echo 'Ready: $(BIN)/dideban --help'

$(STAMP): requirements.lock pyproject.toml
	@if [ -z '$(PYTHON)' ] || ! '$(PYTHON)' -c '$(USABLE)'; then \
		echo 'Dideban needs Python 3.11, 3.12 or 3.13 and found none. Install one (Debian: apt-get install python3' \
			'python3-venv) or name it: make setup PYTHON=/path/to/python3.12' >&2; exit 1; fi
	@printf '\033[1m▸ %s\033[0m\n' "$$('$(PYTHON)' --version): an environment in $(VENV) (about 700 MB, one to three minutes the first time)"
	@[ -x $(BIN)/python ] || '$(PYTHON)' -m venv $(VENV) || { rm -rf $(VENV); \
		echo 'This Python cannot make environments. Debian: apt-get install python3-venv' >&2; exit 1; }
	@if $(BIN)/python -m pip install --quiet uv; then \
		$(BIN)/uv pip install --python $(BIN)/python --requirement requirements.lock && \
		$(BIN)/uv pip install --python $(BIN)/python --no-deps --editable .; \
	else \
		echo 'uv is not to be had here; pip does it too, more slowly.' && \
		$(BIN)/python -m pip install --requirement requirements.lock && \
		$(BIN)/python -m pip install --no-deps --editable .; \
	fi
	@touch $(STAMP)

.PHONY: demo
demo: $(STAMP) ## start a real Kafka, replay sample articles, watch the alerts come out (Ctrl-C ends it)
	@$(BIN)/dideban demo $(ARGS)

.PHONY: test
test: $(STAMP) ## all tests that need nothing but Python packages, on a real Kafka that they start themselves
	$(call say,'pytest: the core$(,) the rulebook$(,) the service on Apache Kafka')
	@$(BIN)/pytest -m 'not system' $(PYTEST_ARGS)

.PHONY: check check-lint check-types check-rules check-drift check-deploy check-repository
check: check-lint check-types check-rules check-drift check-deploy check-repository ## lint, types, rulebook, schemas, deployment files, README (-k: go on after a failure)

check-lint: $(STAMP)
	$(call say,'ruff: lint and format')
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

check-types: $(STAMP)
	$(call say,'mypy --strict')
	@$(BIN)/mypy

check-rules: $(STAMP)
	$(call say,'dideban check: every rule must pass its own examples')
	@$(BIN)/dideban check

check-drift: $(STAMP)
	$(call say,'dideban schemas --check: what is generated from the code')
	@$(BIN)/dideban schemas --check

check-deploy: $(STAMP)
	$(call say,'docker-compose.yml against the Compose specification$(,) Dockerfile with hadolint')
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	@$(BIN)/hadolint deploy/Dockerfile

check-repository: $(STAMP)
	$(call say,'what is told twice must agree: lock$(,) deployment$(,) README; and what no commit may hold')
	@$(BIN)/pytest -q -m 'not kafka and not system' tests/deploy tests/repository tests/test_readme.py

.PHONY: run
run: $(STAMP) ## run the worker against the Kafka at DIDEBAN_BROKER (docs/settings.md)
	@$(BIN)/dideban run $(ARGS)

.PHONY: evaluate
evaluate: $(STAMP) ## score the judgement on labelled news beside the checkout (EVAL=../shared/eval)
	@if [ ! -d '$(EVAL)' ]; then \
		echo 'The labelled news is not here: $(EVAL) does not exist. It belongs to its outlets and does not come with'; \
		echo 'the project. Name the folder that holds dev_texts.jsonl and score.py: make evaluate EVAL=/path/to/eval'; \
		exit 1; fi
	@mkdir -p $(OUT)
	@for set in dev dev2; do \
		printf '\033[1m▸ %s\033[0m\n' "$$set: judging $$(wc -l < $(EVAL)/$${set}_texts.jsonl) texts"; \
		$(BIN)/dideban detect $(EVAL)/$${set}_texts.jsonl > $(OUT)/$$set.jsonl || [ $$? -eq 1 ]; \
		$(BIN)/python $(EVAL)/score.py $(EVAL)/$${set}_gold.jsonl $(OUT)/$$set.jsonl --types; \
	done
	@printf '\033[1m▸ %s\033[0m\n' 'first contacts'
	@$(BIN)/dideban detect $(EVAL)/first_dev.jsonl > $(OUT)/first.jsonl || [ $$? -eq 1 ]
	@$(BIN)/python $(EVAL)/score_first.py $(EVAL)/first_dev.jsonl $(OUT)/first.jsonl

.PHONY: test-system
test-system: $(STAMP) ## tests that need system programs (Prometheus); a missing one fails by name
	@missing=''; for program in prometheus promtool; do command -v $$program > /dev/null || missing="$$missing $$program"; done; \
	if [ -n "$$missing" ]; then \
		echo "make test-system needs:$$missing. Debian and Ubuntu: apt-get install prometheus" >&2; exit 1; fi
	$(call say,'pytest: our Prometheus configuration in a real Prometheus')
	@$(BIN)/pytest -m system $(PYTEST_ARGS)

.PHONY: lock
lock: $(STAMP) ## resolve the dependencies anew into requirements.lock (after a change in pyproject.toml)
	@$(BIN)/uv pip compile pyproject.toml --extra broker --group dev --universal --python-version 3.11 --upgrade \
		--no-header --no-annotate --no-emit-index-url --output-file requirements.lock --quiet
	@echo 'requirements.lock is new; `make setup` installs it.'

.PHONY: clean
clean: ## remove .venv, caches and what runs have left here
	@rm -rf $(VENV) $(OUT) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo 'Clean. What was downloaded for Kafka stays in the cache of your user.'
