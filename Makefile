.PHONY: run test check fmt build bench oracle mutants ledger

run: build
	comity check examples/prompts-to-a-foreign-model.json
	comity serve

test:
	python -m pytest -n auto

check:
	ruff check service tests bench
	mypy
	comity fmt --check
	comity validate

fmt:
	ruff check --fix-only --quiet service tests bench
	comity fmt

build:
	comity build

bench:
	python -m bench

oracle:
	COMITY_ORACLE_FLOWS=2000 python -m pytest -n auto tests/oracle

mutants:
	python -m tests.mutants

ledger:
	comity ledger
