# Everything a person runs. Needs only Python 3.11+ and make; no root.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
VIDEO  ?=
PROMPT ?=

.PHONY: demo test quick lint setup dev bench docs judge lock clean

demo: $(VENV)/.ready            ## score a clip made on the spot, or VIDEO=path
	$(BIN)/python examples/demo.py "$(VIDEO)" "$(PROMPT)"

test: $(VENV)/.dev              ## lint, strict types, and every test
	$(BIN)/ruff check src tests examples docs
	$(BIN)/ruff format --check src tests examples docs
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist worksteal

quick: $(VENV)/.dev             ## lint, types and the fast tests: under a minute
	$(BIN)/ruff check src tests examples docs
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow" tests/unit

setup: $(VENV)/.ready           ## install, compile the kernels, nothing else
dev: $(VENV)/.dev

bench: $(VENV)/.dev             ## each stage against its floor
	$(BIN)/python -m tests.bench

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	$(BIN)/reelscore doctor --warm
	touch $@

$(VENV)/.dev: $(VENV)/.ready requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

docs: $(VENV)/.ready            ## pages in docs/site: every genre to hear, every edit to see
	$(BIN)/python docs/genres.py docs/site
	$(BIN)/python -m docs.gallery docs/site

JUDGE := .judge
judge: $(VENV)/.dev $(JUDGE)/.ready  ## independent judges hear every genre; half an hour
	$(BIN)/python -m tests.judge --reference $(JUDGE)/reference --rival $(JUDGE)/rival --write $(JUDGE)/heard.md
	$(BIN)/python -m tests.judge.tunes $(JUDGE)/tunes

$(JUDGE)/.ready: tests/judge/requirements.txt  ## the judges' own environment, and published clips to compare with
	$(PYTHON) -m venv $(JUDGE)
	$(JUDGE)/bin/pip install --quiet --disable-pip-version-check -r tests/judge/requirements.txt
	$(JUDGE)/bin/pip install --quiet --disable-pip-version-check --no-deps musicnn==0.1.0
	$(JUDGE)/bin/pip install --quiet --disable-pip-version-check --no-deps --target $(JUDGE)/reference immich-memories-music==0.1.0
	$(JUDGE)/bin/pip download --quiet --disable-pip-version-check --no-deps --dest $(JUDGE)/rival fadtk==1.1.0
	$(PYTHON) -m zipfile -e $(JUDGE)/rival/*.whl $(JUDGE)/rival
	find $(JUDGE)/rival -type f ! -name 'mg-*' -delete
	$(JUDGE)/bin/pip download --quiet --disable-pip-version-check --no-deps --dest $(JUDGE)/tunes music21==10.5.1
	$(PYTHON) -m zipfile -e $(JUDGE)/tunes/*.whl $(JUDGE)/tunes
	touch $@

lock:                           ## renew the lock files (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-dev.lock

clean:
	rm -rf $(VENV) .judge demo .mypy_cache .pytest_cache .ruff_cache
