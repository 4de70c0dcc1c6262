# Everything a person needs: `make run` and `make test` do all of their own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
WHEEL_VENV := .venv-test
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check fidelity bench docs gallery pictures clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade -c constraints.txt pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --editable . --group dev
	touch $@

run: $(STAMP) ## compile the example books, check them, read them back
	$(BIN)/mingzhang compile examples -o out --verify

test: $(STAMP) check ## build the wheel, install it afresh, run every test on it
	rm -rf dist $(WHEEL_VENV)
	$(BIN)/python -m build --wheel --no-isolation --outdir dist . >/dev/null
	$(PYTHON) -m venv $(WHEEL_VENV)
	$(WHEEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade -c constraints.txt pip
	$(WHEEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt dist/*.whl --group dev
	$(WHEEL_VENV)/bin/python -m pytest -n $(WORKERS) --dist loadfile

check: $(STAMP) ## lint, types, import directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fidelity: $(STAMP) ## how exactly the samples are read, against what is true of them
	$(BIN)/python tools/fidelity.py

bench: $(STAMP) ## long benchmarks, compared within one run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group bench || true
	@for b in benchmarks/bench_*.py; do echo "== $$b"; $(BIN)/python $$b || exit 1; done

docs: $(STAMP) ## write the generated documents anew
	$(BIN)/python tools/write_schemas.py
	$(BIN)/python tools/write_docs.py
	$(BIN)/python tools/write_examples.py

gallery: $(STAMP) ## pictures of every page of the examples, beside those of the last gallery
	@rm -rf out/gallery.old; if [ -d out/gallery ]; then mv out/gallery out/gallery.old; fi
	$(BIN)/python tools/gallery.py -o out/gallery $$(test -d out/gallery.old && echo --against out/gallery.old)

pictures: $(STAMP) ## draw the pictures of the documentation anew
	$(BIN)/python tools/pictures.py

clean: ## remove what was built
	rm -rf $(VENV) $(WHEEL_VENV) dist build out
