# make site      the site of records/ into site/            AUDIENCE=everyone|marketing|management (here: management)
# make test      the whole test run, browser included       PYTEST="-k funnel" narrows it
# make test-editor   a record in an editor: the language server of the YAML extensions, driven from Python
# make test-spark    every `reduce` on Spark too, where Java is
# make fuzz      valid records spoilt at random: no traceback    SECONDS=60 SEED=1
# make bench     timings at 10k, 100k and 1M time entries   SIZES=10k,100k
# make codes     docs/codes.md from the codes, the checks' docstrings and the tests' cases
# make lock      resolve the dependencies anew into the two lock files
# make clean     remove everything that make made

PYTHON   ?= python3
AUDIENCE ?= management
SIZES    ?= 10k,100k,1M
PYTEST   ?=
SECONDS  ?= 60
SEED     ?= 1
WORKERS  ?= 2

VENV := .venv
PY   := $(VENV)/bin/python
PIP  := $(PY) -m pip --disable-pip-version-check --quiet
CATALOGUES := $(wildcard sitegen/messages/*/*.po)
SOURCES := $(shell find sitegen -name '*.py')
READY := $(VENV)/.messages $(VENV)/.compiled

.DELETE_ON_ERROR:
.PHONY: site test test-editor test-spark fuzz bench codes lock browser hledger clean

site: $(READY)
	@$(VENV)/bin/sitegen build --audience $(AUDIENCE) --out site
	@echo "Open $(CURDIR)/site/index.html in a browser. The command is $(VENV)/bin/sitegen."

test: $(VENV)/.dev $(READY) browser hledger
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST)

test-editor: $(VENV)/.dev $(READY) $(VENV)/editor/.installed
	$(PY) -m pytest -q tests/editor/language_server.py

test-spark: $(VENV)/.dev $(READY)
	@command -v java >/dev/null || { echo "Spark needs Java (Debian, Ubuntu: sudo apt-get install default-jre-headless)." >&2; exit 1; }
	@$(PIP) install --require-hashes -r tests/conformance/requirements.txt
	$(PY) -m pytest -q tests/conformance

fuzz: $(VENV)/.dev $(READY)
	$(PY) -m tests.fuzz --seconds $(SECONDS) --seed $(SEED)

bench: $(READY)
	$(PY) -m benchmarks.run --sizes $(SIZES)

codes: $(READY)
	@$(PY) -c "from pathlib import Path; from sitegen.checks.explained import codes_page; Path('docs/codes.md').write_text(codes_page('en'), 'utf-8')"

# --- installing: each stamp is newer than what it was made from, so that a second run installs nothing

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "sitegen needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make $(MAKECMDGOALS) PYTHON=python3.12")'
	@echo "Making the virtual environment $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml hatch_build.py | $(PY)
	@echo "Installing what requirements.lock names (the first time takes a minute or two) …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml hatch_build.py | $(PY)
	@echo "Installing what requirements-dev.lock names (the first time takes a minute or two) …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.site

# The editable install compiles the catalogues; after one was edited, this does.
$(VENV)/.messages: $(CATALOGUES) $(VENV)/.site | $(PY)
	@$(PY) hatch_build.py
	@touch $@

# Python compiles a module when it is loaded first; where it may not write (PYTHONDONTWRITEBYTECODE), every time.
$(VENV)/.compiled: $(SOURCES) $(VENV)/.site | $(PY)
	@$(PY) -m compileall -q sitegen
	@touch $@

# The language server from npm, and node itself from PyPI where there is none.
$(VENV)/editor/.installed: tests/editor/package-lock.json tests/editor/requirements.txt $(VENV)/.dev
	@$(PY) -m tests.editor.install $(VENV)/editor
	@touch $@

# Chromium without windows where Debian has it, for it takes less; any other does as well.
CHROMIUM := command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
browser:
	@if command -v chromium-headless-shell >/dev/null; then exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-cache show chromium-headless-shell >/dev/null 2>&1 || ! { $(CHROMIUM); }; }; then \
		echo "Installing Chromium for the browser tests …"; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && \
			for package in chromium-headless-shell chromium; do \
				apt-get install -y -qq --no-install-recommends $$package fonts-liberation >/dev/null 2>&1 && break; \
			done; \
		command -v chromium-headless-shell >/dev/null || $(CHROMIUM) || { echo "Chromium could not be installed." >&2; exit 1; }; \
	elif $(CHROMIUM); then exit 0; \
	else \
		echo "The tests drive a browser and none is here. Install Chromium (Debian, Ubuntu: sudo apt-get install chromium) and run make test again." >&2; \
		exit 1; \
	fi

# The independent oracle of hours; without it its stored answers are still compared.
hledger:
	@if command -v hledger >/dev/null; then exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing hledger, which adds up the hours independently …"; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends hledger >/dev/null \
			|| echo "hledger could not be installed; the tests that ask it are skipped."; \
	else \
		echo "hledger is not here; the tests that ask it are skipped (Debian, Ubuntu: sudo apt-get install hledger)."; \
	fi

# --- upkeep

LOCK := --quiet --generate-hashes --no-emit-index-url --no-annotate --universal --python-version 3.11 --custom-compile-command "make lock"

lock: | $(PY)
	@$(PY) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile pyproject.toml --group build $(LOCK) --upgrade -o requirements.lock
	$(VENV)/lock/bin/uv pip compile pyproject.toml --group build --extra dev -c requirements.lock $(LOCK) --upgrade -o requirements-dev.lock

clean:
	rm -rf $(VENV) site .sitegen build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find sitegen tests benchmarks -name '__pycache__' -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find sitegen -name '*.mo' -delete 2>/dev/null || true
