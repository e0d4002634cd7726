# Every command a person types. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
MOVED := $(filter-out $(CURDIR),$(shell cat $(READY) 2>/dev/null))
SLOW_TESTS := tests/book tests/test_install.py
CHECKERS := 'python -m casi.checks' mypy 'ruff check --quiet' 'ruff format --check --quiet' \
  'lint-imports --no-logo --no-cache'
INSTALL = $(if $(shell command -v uv),uv pip install --compile-bytecode --python $(BIN)/python, \
  $(BIN)/python -m pip install --disable-pip-version-check) --quiet

.DEFAULT_GOAL := help
.PHONY: help book book-ru pdf epub brief deck pictures data wheel due import new sheet messages offline site release previous check test mutants wrong-cells bench-pages bench-build serve watch lab chapters stamp vendored vendored-check fonts reproduce requirements clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: $(READY) ## run every notebook and build the web book
	@$(BIN)/python -m casi.book.build

book-ru: book ## build the Russian pages too, in _build/html/ru
	@$(BIN)/python -m casi.book.build.languages ru

pdf: book ## make the print edition, in A4 (SIZE=letter: US Letter)
	@$(BIN)/python -m casi.book.paper.pdf $(SIZE)

epub: book ## make the edition for e-readers
	@$(BIN)/python -m casi.book.paper.epub

brief: pdf ## make the briefing of two pages
	@$(BIN)/python -m casi.book.takeaway.brief

deck: pdf ## make the slides, one finding each
	@$(BIN)/python -m casi.book.takeaway.deck

pictures: pdf ## pack all charts as pictures, with their captions
	@$(BIN)/python -m casi.book.takeaway.pack

data: $(READY) ## make the tables as data package, SQLite, Excel, Parquet, Stata and SPSS
	@$(BIN)/python -m casi.book.datasets.make

wheel: $(READY) ## make the Python package, with the tables inside
	@$(BIN)/python -m casi.book.editions.wheel

sheet: book ## photograph every chart in light, dark, phone and grey print, for a look before an edition
	@$(BIN)/python -m casi.book.pages.sheet

messages: $(READY) ## bring the catalogues of LANGUAGE=ru up to date with the pages, list faults
	@$(BIN)/python -m casi.book.translate update $(or $(LANGUAGE),ru)
	@$(BIN)/python -m casi.book.translate check $(or $(LANGUAGE),ru)

offline: book ## pack web book, PDFs, EPUB, data and notebooks into one archive
	@$(BIN)/python -m casi.book.paper.pdf a4 letter
	@$(BIN)/python -m casi.book.paper.epub & epub=$$!; \
	for part in takeaway.brief takeaway.deck takeaway.pack datasets.make editions.wheel editions.sbom; do \
	  $(BIN)/python -m casi.book.$$part || { wait $$epub; exit 1; }; \
	done; wait $$epub
	@$(BIN)/python -m casi.book.editions.offline

reproduce: $(READY) ## build the last commit twice, in two folders and environments, and compare every file
	@$(BIN)/python -m casi.book.editions.reproduce

site: $(READY) ## build every edition that _site lacks, and the working tree as latest
	@$(BIN)/python -m casi.book.editions.site

release: $(READY) ## check everything and tag VERSION=2026.12; nothing is pushed
	@$(BIN)/python -m casi.book.editions.release $(VERSION)

previous: $(READY) ## keep the tables of the last edition, to tell what changed since
	@$(BIN)/python -m casi.book.editions.release previous

check test: export PYTHONDONTWRITEBYTECODE := # without compiled files every process compiles all anew
check: $(READY) ## check style, types, layers, tables and unit tests, in seconds
	@printf '%s\n' $(CHECKERS) | xargs -P 4 -I {} sh -c '$(BIN)/{}'
	@CASI_CHECKED="$(CURDIR)/data" \
	  $(BIN)/pytest -q -p no:nbval -n auto --dist worksteal tests $(SLOW_TESTS:%=--ignore=%) $(COVERAGE)

test: $(READY) ## check the same, the branches tested, the strict build, the notebooks and the book
	@$(MAKE) --no-print-directory check COVERAGE=--cov
	@$(MAKE) --no-print-directory offline
	@$(BIN)/pytest -q -n auto --dist worksteal $(SLOW_TESTS)
	@$(BIN)/pytest -n auto --dist loadfile --nbval chapters

mutants: $(READY) ## change the code in 200 places and count the changes that unit tests notice
	@$(INSTALL) --require-hashes -r requirements-mutants.txt
	@$(BIN)/python benchmarks/mutants.py

wrong-cells: $(READY) ## make 120 cells of the tables wrong, one at a time, and count those the checks notice
	@$(BIN)/python benchmarks/wrong_cells.py

bench-pages: book ## measure a page against a stock Jupyter Book, on a slow line
	@$(BIN)/python benchmarks/pages.py
	@$(BIN)/python benchmarks/filters.py

bench-build: $(READY) ## measure a build against a stock Jupyter Book (N="10 40 160": chapters)
	@$(BIN)/python benchmarks/build.py $(N)

serve: book ## show the web book at a local address
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

watch: book ## rebuild whatever is saved and reload the browser
	@$(BIN)/python -m casi.book.build.watch

lab: $(READY) ## open the notebooks in JupyterLab
	@$(INSTALL) --require-hashes -r requirements-lab.txt
	@$(BIN)/jupyter lab --notebook-dir .

chapters: $(READY) ## write the profiles from their templates, run all notebooks, store outputs
	@$(BIN)/python -m casi.book.editions.package_cell casi/profiles/templates/*.ipynb chapters/*.ipynb
	@$(BIN)/python -m casi.profiles.pages
	@$(BIN)/python -m casi.book.run chapters/*.ipynb

due: $(READY) ## list what the record should look at next
	@$(BIN)/python -m casi.findings.due

import: $(READY) ## compare a publisher's FILE with its tables (SOURCE=ucdp; APPLY=1 writes them)
	@$(BIN)/python -m casi.importers $(SOURCE) $(FILE) $(if $(APPLY),--apply)

new: $(READY) ## write an empty draft of a fact into intake/ (KIND=exercise)
	@$(BIN)/python -m casi.intake $(KIND)

stamp: $(READY) ## record the hash of each table after an edit
	@$(BIN)/python -m casi.checks stamp

vendored-check: $(READY) ## compare the files of other projects with what npm serves
	@$(BIN)/python -m casi.book.editions.vendored check

vendored: $(READY) ## renew the files of other projects, at the versions in casi/book/vendored.json
	@$(BIN)/python -m casi.book.editions.vendored renew

NOTO := /usr/share/fonts
fonts: $(READY) ## renew the letters of titles in other scripts (needs Debian's fonts-noto-cjk, fonts-noto-core)
	@cut() { $(BIN)/pyftsubset "$(NOTO)/$$2" --text-file=references.bib --layout-features='*' --flavor=woff \
	  --output-file="casi/book/paper/templates/fonts/Noto$$1.woff" $$3; }; \
	cut CJK opentype/noto/NotoSansCJK-Regular.ttc --font-number=2 && \
	cut Armenian truetype/noto/NotoSansArmenian-Regular.ttf && \
	cut Arabic truetype/noto/NotoNaskhArabic-Regular.ttf && \
	$(BIN)/python -m casi.book.editions.vendored renew

LOCK = uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-strip-extras --generate-hashes
requirements: ## pin exact versions of everything (needs uv)
	for name in requirements requirements-lab requirements-audit requirements-mutants; do $(LOCK) $$name.in -o $$name.txt || exit; done

clean: ## remove everything that was built
	rm -rf _build .venv .pytest_cache .ruff_cache casi.egg-info

ifdef MOVED # an environment holds its own path, in every command and in the link to casi
.PHONY: $(READY)
endif
$(READY): requirements.txt pyproject.toml
	@$(if $(MOVED),echo "The report was at $(MOVED): making .venv anew here ..."; rm -rf .venv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is missing: install it, or name it with make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing: on Debian or Ubuntu, apt-get install python3-venv"; exit 1; }
	@echo "Installing the pinned requirements into .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@echo "$(CURDIR)" >$@
