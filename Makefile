# Everything a person or a machine does with this checkout. `make help` lists it.
.DEFAULT_GOAL := help
.NOTPARALLEL:
SETUP := packaging/setup/setup.sh
VENV_PYTHON := .venv/bin/python
ARGS ?=

.PHONY: help setup run test check bench torture model evaluate

help:  ## list what can be made
	@echo "make run                 install what is missing, then open the window"
	@echo "make run ARGS='ask ...'  the same, then run one command"
	@echo "make setup               only install what 'make run' needs"
	@echo "make test                install what the tests need, then run them all"
	@echo "make test ARGS='-k nix'  the same, with options for pytest"
	@echo "make check               formatting, lint, types and import rules"
	@echo "make bench               measure: every tests/bench/bench_*.py"
	@echo "make torture             the tests with their full counts; takes long"
	@echo "make model               train what understands, some 15 minutes; QUICK=1 only the small model"
	@echo "make evaluate            how well the models understand the held-back lines"

setup:
	@bash $(SETUP) run

run:
	@bash $(SETUP) run
	@exec .venv/bin/nix-for-humanity $(ARGS)

test:
	@bash $(SETUP) run test
	@exec $(VENV_PYTHON) -m pytest $(ARGS)

torture:
	@bash $(SETUP) run test
	@exec $(VENV_PYTHON) -m pytest --torture $(ARGS)

check:
	@bash $(SETUP) run check
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/lint-imports
	.venv/bin/mypy --strict

bench:
	@bash $(SETUP) run test
	@status=0; found=0; \
	for file in tests/bench/bench_*.py; do \
	  [ -e "$$file" ] || continue; \
	  found=1; echo "== $$file"; PYTHONPATH=gui:tests $(VENV_PYTHON) "$$file" $(ARGS) || status=1; \
	done; \
	[ $$found = 1 ] || { echo "there is nothing in tests/bench to run"; exit 1; }; \
	exit $$status

model:
	@bash $(SETUP) run model
	PYTHONPATH=gui:training $(VENV_PYTHON) training/make_model.py $(if $(QUICK),--quick) $(ARGS)

evaluate:
	@bash $(SETUP) run
	$(if $(REPORT),@bash $(SETUP) run model)
	PYTHONPATH=gui:training $(VENV_PYTHON) training/$(if $(REPORT),report,evaluate).py $(ARGS)
