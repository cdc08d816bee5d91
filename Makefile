# `make` alone lists all commands.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAGE ?= local
PORT ?= 8000
# Tests of one group run in one process, so that they share the stack or package they test.
PARALLEL := -n auto --dist loadgroup
# Tests that need no stack, package, engine or browser.
QUICK := tests/structure tests/unit
CODE := app.py conftest.py benchmarks chalicelib infra local tests

.PHONY: help
help: ## list all commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */\1\t/' | expand -t 20

.PHONY: venv
venv: .venv/.stamp ## create the environment in .venv

.venv/.stamp: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "error: Python 3.11 or newer is needed; name it with make PYTHON=python3.11 …" >&2; exit 1; }
	@echo "Creating the environment in .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@

# Locked versions are kept; UPGRADE=1 looks for newer ones.
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: venv ## lock the dependencies in the .in files [UPGRADE=1]
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt

.PHONY: run
run: venv ## run the stack with demo data until Ctrl-C [PORT=8000 BRIDGE_SERVICE=http://… LOGS=all]
	@$(BIN)/python -m local.run --port "$(PORT)" $(if $(BRIDGE_SERVICE),--bridge-service "$(BRIDGE_SERVICE)") $(if $(LOGS),--logs "$(LOGS)")

.PHONY: stop
stop: venv ## stop a stack that was left running; data is kept
	@$(BIN)/python -m local.run --stop

.PHONY: clean
clean: ## stop the stack and delete its data and everything built
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m local.run --stop; fi
	rm -rf .local .build .chalice/deployments .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Installs Chromium as root only, as in CI. Elsewhere the browser tests are skipped and say how to install one.
.PHONY: browser
browser:
	@[ "$$(id -u)" != 0 ] || sh tests/browser/install.sh || echo "Chromium could not be installed: browser tests will be skipped" >&2

.PHONY: test
test: venv browser ## run all tests
	@$(BIN)/pytest $(PARALLEL)

.PHONY: format
format: venv ## format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: lint
lint: venv ## check formatting and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(CODE)

.PHONY: quick
quick: lint ## lint, and the tests that need no stack, package or browser
	@$(BIN)/pytest $(PARALLEL) $(QUICK)

.PHONY: soak
soak: venv ## repeat randomised tests more often than CI
	@$(BIN)/pytest $(PARALLEL) -m soak tests

.PHONY: coverage
coverage: venv browser ## run all tests with coverage, which takes twice as long
	@$(BIN)/pytest $(PARALLEL) --cov --cov-report=term

# Tests run last, so that their summary is the last line. They use the package that is built and linted before.
.PHONY: check
check: lint browser ## what CI runs: lint, audit, template, all tests
	$(BIN)/python -m local.audit
	$(BIN)/python -m infra.package --stage local
	$(BIN)/cfn-lint .build/local/sam.json
	$(BIN)/pytest $(PARALLEL)

.PHONY: audit
audit: venv ## look up known vulnerabilities; fails if the database cannot be reached
	@$(BIN)/python -m local.audit --required

.PHONY: package
package: venv ## build the artefact in .build/STAGE
	@$(BIN)/python -m infra.package --stage $(STAGE)

.PHONY: policies
policies: venv ## write the functions' policies to .chalice/policies
	@$(BIN)/python -m infra.policies

.PHONY: spending
spending: venv ## write what a request to each route may spend to docs/spending.md
	@$(BIN)/python -m local.spending

.PHONY: graph
graph: venv ## draw the rooms and their imports in docs/rooms.svg
	@$(BIN)/python -m local.graph

.PHONY: client-types
client-types: venv ## write client.d.ts from client.js and the OpenAPI document
	@$(BIN)/python -m local.client_types

.PHONY: web
web: venv ## build the merchants' screens from web/; needs Node
	@$(BIN)/python -m infra.screens

.PHONY: release
release: venv ## build a release in .build/release
	@$(BIN)/python -m infra.release

.PHONY: deploy
deploy: venv ## deploy to AWS: STAGE=… [CHANGESET=1 PARAMETERS="CustomDomain=… CertificateArn=…"]
	@$(BIN)/python -m local.deploy --stage $(STAGE) $(if $(CHANGESET),--change-set) $(PARAMETERS)

.PHONY: rollback
rollback: venv ## deploy to AWS what was deployed before the last change: STAGE=…
	@$(BIN)/python -m local.deploy --stage $(STAGE) --roll-back

.PHONY: org
org: venv ## create an organization and its first key: NAME="Acme" [STAGE=…]
	@$(BIN)/python -m local.commands.org --stage $(STAGE) --name "$(NAME)"

.PHONY: service-key
service-key: venv ## create a key for a bridge service: TYPE=shopify [SECRET=new STAGE=…]
	@$(BIN)/python -m local.commands.service_key --stage $(STAGE) --type "$(TYPE)" $(if $(filter new,$(SECRET)),--new-secret)

.PHONY: revoke-service-key
revoke-service-key: venv ## revoke the key of a bridge service: KEY=svc_… or its id [STAGE=…]
	@$(BIN)/python -m local.commands.revoke_service_key --stage $(STAGE) --key "$(KEY)"

.PHONY: import
import: venv ## import orders from a file: FILE=… [LIMIT=… STAGE=…]
	@$(BIN)/python -m local.commands.import_orders --stage $(STAGE) --file "$(FILE)" $(if $(LIMIT),--limit "$(LIMIT)")

.PHONY: republish
republish: venv ## republish a span of the event log: ORG=… FROM=… TO=… [STAGE=…]
	@$(BIN)/python -m local.commands.republish --stage $(STAGE) --organization "$(ORG)" --from "$(FROM)" --to "$(TO)"

.PHONY: restore
restore: venv ## restore the table to a point in time, beside the one that is served: AT=2026-01-15T10:00:00Z [STAGE=… TABLE=…]
	@$(BIN)/python -m local.commands.restore --stage $(STAGE) --at "$(AT)" $(if $(TABLE),--table "$(TABLE)")

.PHONY: verify
verify: venv ## recount orders and compare all counters [ORG=… END_USER=… FILE=… LIMIT=… REPAIR=1 STAGE=…]
	@$(BIN)/python -m local.commands.verify --stage $(STAGE) $(if $(REPAIR),--repair) $(if $(or $(ORG),$(ORGANIZATION)),--organization "$(or $(ORG),$(ORGANIZATION))") $(if $(END_USER),--end-user "$(END_USER)") $(if $(FILE),--file "$(FILE)") $(if $(LIMIT),--limit "$(LIMIT)")

.PHONY: relist-customers
relist-customers: venv ## list orders under their customers again, once after an upgrade [ORG=… STAGE=…]
	@$(BIN)/python -m local.commands.relist_customers --stage $(STAGE) $(if $(or $(ORG),$(ORGANIZATION)),--organization "$(or $(ORG),$(ORGANIZATION))")

.PHONY: reindex
reindex: venv ## index orders and shipments for filters and searches, once after an upgrade [ORG=… STAGE=…]
	@$(BIN)/python -m local.commands.reindex --stage $(STAGE) $(if $(or $(ORG),$(ORGANIZATION)),--organization "$(or $(ORG),$(ORGANIZATION))")

.PHONY: bench
bench: venv ## run the benchmarks
	@$(BIN)/python -m benchmarks

.PHONY: orgs
orgs: venv ## list organizations with what each uses [REPAIR=1 ORG=… STAGE=…]
	@$(BIN)/python -m local.commands.orgs --stage $(STAGE) $(if $(REPAIR),--repair) $(if $(ORG),--organization "$(ORG)")

.PHONY: suspend-org
suspend-org: venv ## suspend an organization: ORG=… [STAGE=…]
	@$(BIN)/python -m local.commands.suspend_org --stage $(STAGE) --organization "$(ORG)"

.PHONY: resume-org
resume-org: venv ## end an organization's suspension: ORG=… [STAGE=…]
	@$(BIN)/python -m local.commands.suspend_org --stage $(STAGE) --organization "$(ORG)" --resume

.PHONY: export-org
export-org: venv ## export everything of an organization as JSON lines: ORG=… FILE=… [STAGE=…]
	@$(BIN)/python -m local.commands.export_org --stage $(STAGE) --organization "$(ORG)" --file "$(FILE)"

.PHONY: delete-org
delete-org: venv ## delete everything of an organization: ORG=… [YES=1 STAGE=…]
	@$(BIN)/python -m local.commands.delete_org --stage $(STAGE) --organization "$(ORG)" $(if $(YES),--yes)

.PHONY: trace
trace: venv ## what happened to a record, and why not: ID=… [ORG=… FILE=… HOURS=… STAGE=…]
	@$(BIN)/python -m local.commands.trace --stage $(STAGE) --id "$(ID)" $(if $(ORG),--organization "$(ORG)") $(if $(FILE),--file "$(FILE)") $(if $(HOURS),--hours "$(HOURS)")
