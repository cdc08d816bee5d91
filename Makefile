# `make` alone prints what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAGE ?= local
PORT ?= 8000
# Tests of one group share a process, and so the stack or the package that they are about.
SIDE_BY_SIDE := -n auto --dist loadgroup
CODE := app.py conftest.py benchmarks chalicelib infra local tests

.PHONY: help
help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */\1\t/' | expand -t 20

.PHONY: venv
venv: .venv/.stamp ## the environment, in .venv

.venv/.stamp: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "error: Python 3.11 or newer is needed; say which one: make PYTHON=python3.11 …" >&2; exit 1; }
	@echo "Making the environment in .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@

# What stands in the locks stays as it is; UPGRADE=1 looks for newer versions of everything.
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: venv ## requirements.txt and requirements-dev.txt from their .in files [UPGRADE=1]
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt

.PHONY: run
run: venv ## the whole stack on this machine with demo data, until Ctrl-C (PORT=8000)
	@$(BIN)/python -m local.run --port $(PORT)

.PHONY: stop
stop: venv ## end a stack that was left running; its data stays
	@$(BIN)/python -m local.run --stop

.PHONY: clean
clean: ## end the stack and forget its data and everything built
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m local.run --stop; fi
	rm -rf .local .build .chalice/deployments .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Only as root, which is what CI is; the browser tests say how to get one elsewhere, and are skipped.
.PHONY: browser
browser:
	@[ "$$(id -u)" != 0 ] || sh tests/browser/install.sh || echo "no Chromium could be installed: the browser tests will be skipped" >&2

.PHONY: test
test: venv browser ## all tests
	@$(BIN)/pytest $(SIDE_BY_SIDE)

.PHONY: format
format: venv ## put the code in the agreed form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: check
check: venv browser ## what CI runs: form, types, template, all tests with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(CODE)
	$(BIN)/python -m local.audit
	$(BIN)/python -m infra.package --stage local
	$(BIN)/cfn-lint .build/local/sam.json
	$(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report=term

.PHONY: audit
audit: venv ## known vulnerabilities in what the functions run; fails too where they cannot be looked up
	@$(BIN)/python -m local.audit --required

.PHONY: package
package: venv ## the artefact, in .build/STAGE
	@$(BIN)/python -m infra.package --stage $(STAGE)

.PHONY: policies
policies: venv ## the functions' policies from infra/system.py, in .chalice/policies
	@$(BIN)/python -m infra.policies

.PHONY: release
release: venv ## a version to hand on, in .build/release: artefact, template, OpenAPI, bill of materials, checksums
	@$(BIN)/python -m infra.release

.PHONY: deploy
deploy: venv ## to AWS: STAGE=… [PARAMETERS="CustomDomain=… CertificateArn=…"]
	@$(BIN)/python -m local.deploy --stage $(STAGE) $(PARAMETERS)

.PHONY: org
org: venv ## an organization and its first key: NAME="Acme" [STAGE=…]
	@$(BIN)/python -m local.commands.org --stage $(STAGE) --name "$(NAME)"

.PHONY: service-key
service-key: venv ## a bridge service's key and signing secret: TYPE=shopify [SECRET=new STAGE=…]
	@$(BIN)/python -m local.commands.service_key --stage $(STAGE) --type "$(TYPE)" $(if $(filter new,$(SECRET)),--new-secret)

.PHONY: revoke-service-key
revoke-service-key: venv ## end a bridge service's key: KEY=svc_… or its id [STAGE=…]
	@$(BIN)/python -m local.commands.revoke_service_key --stage $(STAGE) --key "$(KEY)"

.PHONY: import
import: venv ## orders from a file through the Sync API: FILE=… [LIMIT=…] [STAGE=…]
	@$(BIN)/python -m local.commands.import_orders --stage $(STAGE) --file "$(FILE)" $(if $(LIMIT),--limit $(LIMIT))

.PHONY: republish
republish: venv ## a span of the event log once more: ORG=… FROM=… TO=… [STAGE=…]
	@$(BIN)/python -m local.commands.republish --stage $(STAGE) --organization "$(ORG)" --from "$(FROM)" --to "$(TO)"

.PHONY: verify
verify: venv ## recount what is kept beside the data, and say what differs [ORGANIZATION=… END_USER=… FILE=… STAGE=…]
	@$(BIN)/python -m local.commands.verify --stage $(STAGE) $(if $(ORGANIZATION),--organization "$(ORGANIZATION)") $(if $(END_USER),--end-user "$(END_USER)") $(if $(FILE),--file "$(FILE)")

.PHONY: bench
bench: venv ## the figures, each beside a hand-written handler
	@$(BIN)/python -m benchmarks
