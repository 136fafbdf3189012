# Two commands do everything on a fresh machine: `make` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: all build test coverage lint chromium bench picture editor lock clean

all: build
	@echo
	$(BIN)/kg query penalties-by-account-type

build: $(VENV)/.run
	$(BIN)/kg build

test: $(INSTALLED) chromium lint
	$(BIN)/python -m pytest -n auto --dist worksteal

# The lines that no test reaches; it takes half as long again.
coverage: $(INSTALLED) chromium
	$(BIN)/python -m pytest -n auto --dist worksteal --cov=kg --cov-report=term-missing:skip-covered

# A real browser for the tests of pages; where none can be installed those tests are skipped, and say so.
chromium:
	@command -v chromium-headless-shell >/dev/null \
	  || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-noto-cjk) >/dev/null 2>&1 \
	  || command -v chromium >/dev/null || echo "Chromium cannot be installed here: tests of pages will be skipped"

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(INSTALLED)
	@command -v wrk >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends wrk) >/dev/null 2>&1 || true
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.comparing
	$(BIN)/python -m benchmarks.viewing
	$(BIN)/python -m benchmarks.extracting
	$(BIN)/python -m benchmarks.serving

# The README's picture, from the test that looks at the page; in a palette of the 256 colours that cover most of it, it is a quarter as large.
picture: $(INSTALLED) chromium
	$(BIN)/python -m pytest -q tests/viewer/test_picture.py -k "quiet and facts and 1440 and light"
	$(BIN)/python -c "from PIL import Image; Image.open('build/screenshots/view-facts-1440-light.png').convert('RGB').quantize(256, Image.Quantize.MAXCOVERAGE, dither=0).save('docs/view.png', optimize=True)"

# The SPARQL page's editor, from the exact packages of tools/editor/package-lock.json (needs npm); the manifest is told by the script.
editor:
	cd tools/editor && npm ci --silent --no-audit --no-fund --ignore-scripts && node bundle.mjs

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(INSTALLED): $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.run

# The exact versions that installs repeat; renewed by hand, with the tests run after it.
lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade -e '.[test]'
	$(BIN)/python -m pip freeze --exclude-editable > constraints.txt

clean:
	rm -rf build .venv
