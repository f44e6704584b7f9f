# The front door. `make demo` and `make test` set up all they need; nothing else has to be run first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
ARGS ?=

.PHONY: setup demo test check fix bench docs lock messages clean

setup: $(STAMPS)/python $(STAMPS)/frontend $(STAMPS)/messages

$(STAMPS)/python: requirements/dev.txt pyproject.toml
	@mkdir -p $(STAMPS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/frontend: package-lock.json tools/frontend.py $(wildcard frontend/*) $(STAMPS)/python
	$(BIN)/python tools/frontend.py
	@touch $@

$(STAMPS)/messages: $(wildcard fugong/locale/parts/*.po) tools/messages.py $(STAMPS)/python
	@rm -rf fugong/locale/zh_Hans fugong/locale/zh_Hant
	$(BIN)/python tools/messages.py build
	@touch $@

demo: setup
	@$(BIN)/fugong demo $(ARGS)

check: setup
	@$(BIN)/python tools/check.py $(ARGS)

fix: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: check $(STAMPS)/system
	$(BIN)/python -m pytest $(ARGS)

$(STAMPS)/system: tools/system.py $(STAMPS)/python
	$(BIN)/python tools/system.py
	@touch $@

bench: setup
	$(BIN)/python -m tests.bench $(ARGS)

docs: setup
	PYTHONPATH=. $(BIN)/python tools/docs.py

lock: # re-resolves the pinned and hashed requirement files; they name no registry host
	for file in base dev; do $(BIN)/uv pip compile --quiet --python-version 3.11 --universal --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate requirements/$$file.in -o requirements/$$file.txt; done

clean:
	rm -rf $(STAMPS) build dist *.egg-info fugong/static/vendor
