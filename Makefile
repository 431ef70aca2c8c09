# Everything a person does with this repository. `make help` lists it.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SAMPLE := build/sample
PORT ?= 4200

# No key is ever used by the sample or the tests, whatever is set in the shell that runs them. Bytecode is kept:
# each of hundreds of processes would compile the library anew, which is half of what a short one costs.
FREE := env -u OPENAI_API_KEY -u OPENAI_BASE_URL -u PYTHONDONTWRITEBYTECODE DIGEST_LLM=offline PATH="$(CURDIR)/$(BIN):$$PATH"
PIP := $(BIN)/python -m pip --disable-pip-version-check

# What an editor or a run writes into a notebook that is no part of it.
UNKEPT := $(addprefix metadata.language_info.,codemirror_mode file_extension mimetype nbconvert_exporter \
  pygments_lexer version) metadata.widgets metadata.papermill

.DEFAULT_GOAL := help
.PHONY: help setup dev site preview lab test test-fast lint docs bench constraints clean

help:  ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: .venv/.setup  ## create .venv and install the newsroom (Quarto too, where it can be had)

dev: .venv/.dev  ## setup, and what the tests need

site: .venv/.setup  ## play the sample newsroom, render its site, say where it is
	@$(FREE) $(BIN)/digest sample $(SAMPLE)
	@echo "To read it, with its search: make preview"

preview:  ## serve the sample's site on http://127.0.0.1:4200
	@test -f $(SAMPLE)/_quarto.yml || { echo "There is no sample newsroom yet; first: make site" >&2; exit 1; }
	@$(FREE) $(BIN)/digest --home $(SAMPLE) preview --port $(PORT)

# What is edited there is what `digest run` uses: the sample's home links to the notebooks, it has no copies. So
# experiments and PROMPTS.md lie beside the notebooks, too, where `make clean` leaves them.
lab: .venv/.setup  ## open JupyterLab on the notebooks of this repository, with the sample's days to try them on
	@test -d $(SAMPLE)/archive || $(FREE) $(BIN)/digest sample $(SAMPLE)
	@test -L $(SAMPLE)/notebooks || { mv $(SAMPLE)/notebooks $(SAMPLE)/notebooks.copies \
	  && ln -s $(CURDIR)/notebooks $(SAMPLE)/notebooks; }
	@DIGEST_HOME=$(CURDIR)/$(SAMPLE) $(BIN)/jupyter lab --notebook-dir=notebooks

test: lint  ## what CI runs: style, types, contracts, every test
	@$(FREE) $(BIN)/pytest -n logical --maxprocesses 4 --dist worksteal

test-fast: .venv/.dev  ## the tests that take seconds
	@$(FREE) $(BIN)/pytest -m "not slow and not browser and not recorded"

lint: .venv/.dev  ## style, types, import contracts, workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/zizmor --offline --quiet .github/workflows

docs: .venv/.dev  ## write the generated parts of the documentation anew
	@PYTHONPATH=tests $(BIN)/python tests/docs.py

bench: .venv/.dev  ## how long a family takes, and what of
	@$(FREE) $(BIN)/python bench/run.py

constraints:  ## pin the newest versions that the requirements allow
	@rm -rf build/pins && $(PYTHON) -m venv build/pins
	@build/pins/bin/python -m pip install -q --disable-pip-version-check ".[dev]"
	@build/pins/bin/python -m pip freeze --exclude digest-newsroom --exclude pip > build/pins.txt
	@build/pins/bin/python -m pip index versions quarto-cli 2>/dev/null \
	  | sed -n 's/^quarto-cli (\(.*\))/quarto-cli==\1/p' >> build/pins.txt
	@! grep -E "@|://" build/pins.txt || { echo "a pin is not a plain version"; exit 1; }
	@mv build/pins.txt constraints.txt && rm -rf build/pins && echo "constraints.txt is written"

clean:  ## remove what was built (not .venv, not posts, not the archive)
	@rm -rf build _site .quarto

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and no python3 is on PATH"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.setup: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing (a minute or two) ..."
	@$(PIP) install -q -c constraints.txt -e .
	@sh scripts/get-quarto.sh
	@# Paths from the checkout's top, where git runs a filter: worktrees share one configuration.
	@# Cell ids are kept: they are names (gather, match, ...), which a post's provenance and the lab go by.
	@git rev-parse --git-dir >/dev/null 2>&1 && $(BIN)/nbstripout --install \
	  && git config filter.nbstripout.clean '$(BIN)/python -m nbstripout --keep-id --extra-keys "$(UNKEPT)"' \
	  && git config diff.ipynb.textconv '$(BIN)/python -m nbstripout -t' || true
	@touch $@

.venv/.dev: .venv/.setup
	@$(PIP) install -q -c constraints.txt -e ".[dev]"
	@touch $@
