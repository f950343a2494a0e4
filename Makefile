# Each target sets up what it needs first; see tools/setup.sh and tox.ini. Extra arguments: make test ARGS="-k radar"
SHELL := /bin/sh
TOX = .venv/bin/tox run -q -e
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long bench mutation lint lock dist clean prepare

help:
	@echo "make run        run the shipped features on the emulated booth; report in out/report.html"
	@echo "make test       run all tests"
	@echo "make test-long  all tests with full seeds, soak and mutation, in parts of an hour at most; goes on where it was"
	@echo "make bench      measure speed and memory against the build before and against others (docs/leistung.md)"
	@echo "make mutation   change visit and routing in every place: do their tests notice?"
	@echo "make lint       check the form only: ruff, mypy, import-linter, tests/tidy"
	@echo "make setup      install what all of these need, and stop there"
	@echo "make lock       renew the locked dependencies (ARGS=--upgrade: newer versions)"
	@echo 'make dist       wheel, source, SBOM and attestation in dist/, the same bytes each time (ARGS="--key KEY.pem" signs)'
	@echo "make clean      remove everything that was installed or built here"
	@echo 'Arguments are handed on: make test ARGS="-k radar"; make run ARGS="features/empfang"; make test-long PART="fuzz 5"; ARGS=--list'

prepare:
	@tools/setup.sh

setup: prepare
	@$(TOX) setup

run: prepare
	@code=0; $(TOX) run -- $(or $(ARGS),-n 3) || code=$$?; \
	if [ -f out/report.html ]; then echo "Report: $(CURDIR)/out/report.html"; fi; exit $$code

test: prepare
	@$(TOX) test -- $(ARGS)

test-long: prepare
	@$(TOX) long -- $(PART) $(ARGS)

bench: prepare
	@$(TOX) bench -- $(ARGS)

mutation: prepare
	@$(TOX) mutation -- $(ARGS)

lint: prepare
	@$(TOX) lint -- $(ARGS)

lock: prepare
	@$(TOX) lock -- $(ARGS)

dist: prepare
	@$(TOX) dist -- $(ARGS)

clean:
	rm -rf .venv .tox out dist build mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
