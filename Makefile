.PHONY: run test check fmt register vocabulary matrix build editor bench oracle mutants ledger lock audit licences release

run: build
	comity check examples/prompts-to-a-foreign-model.json
	comity serve

test:
	python -m pytest -n auto --dist worksteal

check:
	ruff check service tests bench supply
	ruff format --check service tests bench supply
	mypy
	comity fmt --check
	comity validate

fmt:
	ruff check --fix-only --quiet service tests bench supply
	ruff format --quiet service tests bench supply
	comity fmt

register:
	python -m comity.curate.released

vocabulary:
	python -m comity.show.vocabulary > docs/vocabulary.md

matrix:
	python -m comity.show.matrix 2026-11-01 AR AU BR CA CH CN CO EU GB HK ID IL IN JP KR MX NZ SG US VN > docs/recognition-matrix.md

build:
	comity build

# The SPARQL editor of /sparql: one package of npm, as editor/package-lock.json pins it. Without it /sparql is a plain form.
editor:
	cd editor && npm ci --ignore-scripts --no-audit --no-fund --omit=dev
	mkdir -p service/comity/web/static/vendor
	cp editor/LICENSE-yasgui.txt editor/node_modules/@zazuko/yasgui/build/yasgui.min.js service/comity/web/static/vendor
	cp editor/node_modules/@zazuko/yasgui/build/yasgui.min.css service/comity/web/static/vendor

bench:
	python -m bench

oracle:
	COMITY_ORACLE_FLOWS=2000 python -m pytest -n auto --dist worksteal tests/oracle

mutants:
	python -m tests.mutants

ledger:
	comity ledger

# make lock UPGRADE=--upgrade takes the newest versions.
lock:
	python -m supply lock $(UPGRADE)

audit:
	python -m supply audit

licences:
	python -m supply licences

# make release SINCE=v0.1.0 tells also what changed since then.
release: build
	python -m supply wheel
	comity release dist/release $(if $(SINCE),--since $(SINCE))
