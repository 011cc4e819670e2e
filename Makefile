# Warraq: every command a contributor needs. `make help` lists them.

GO        ?= go
SITE      ?= public
FUZZTIME  ?= 60s
SMOKETIME ?= 3s
VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS   := -s -w -X warraq/internal/cli.Version=$(VERSION)
STATICCHECK := $(GO) tool -modfile=internal/devtools/go.mod staticcheck
export GOTOOLCHAIN := local

.DEFAULT_GOAL := help

## site: build the program and the example archive, say where to open it
.PHONY: site
site: build
	@bin/warraq build --source . --destination $(SITE)
	@echo "The archive is in $(abspath $(SITE)), ready for any web server; its home page is index.html."
	@echo "To read it here, run bin/warraq serve and open http://127.0.0.1:1313/"

## build: build bin/warraq
.PHONY: build
build:
	$(GO) build -trimpath -tags withdeploy -ldflags '$(LDFLAGS)' -o bin/warraq ./cmd/warraq

## test: everything: tools, lint, tests under the race detector, seconds of fuzzing, page checks
.PHONY: test
test: tools lint
	$(GO) test -race -timeout 40m ./...
	$(GO) test -timeout 40m -run 'Incremental|Killed' ./internal/build
	$(GO) test -race -tags withdeploy ./internal/publish
	@.ci/fuzz $(SMOKETIME)

## quick: the loop while working: vet and tests, without browser and race detector
.PHONY: quick
quick:
	$(GO) vet ./...
	$(GO) test -short ./...

## lint: gofmt, go vet, staticcheck
.PHONY: lint
lint:
	@bad=$$(git ls-files '*.go' | xargs -r gofmt -l); if [ -n "$$bad" ]; then echo "not gofmt-clean:"; echo "$$bad"; exit 1; fi
	$(GO) vet ./...
	$(STATICCHECK) ./...

## fuzz: run every fuzz target for FUZZTIME (default 60s) each, and 500 random edit sequences through the engine
.PHONY: fuzz
fuzz:
	@.ci/fuzz $(FUZZTIME)
	WARRAQ_SEQUENCES=500 $(GO) test -count=1 -timeout 60m -run Incremental ./internal/build

## bench: compare with Hugo, Pagefind and the floor at 1k, 10k and 100k articles
.PHONY: bench
bench: build tools
	$(GO) run ./internal/bench

## bench-million: one million articles through our engine alone, 10k and 100k before to compare with; needs 66 GB of disk (WORK=DIR)
.PHONY: bench-million
bench-million: build
	$(GO) run ./internal/bench -million $(if $(WORK),-work $(WORK))

## bench-serve: what an editor waits for: 50 saves in the preview at 10,000 articles
.PHONY: bench-serve
bench-serve: build
	$(GO) run ./internal/bench serve -program bin/warraq

## bench-profile: where the processor time of a cold build goes, by function and by stage
.PHONY: bench-profile
bench-profile: build
	$(GO) run ./internal/bench profile -program bin/warraq

## release: archives for every system in dist/, with manual pages, completions, checksums and a bill of materials
.PHONY: release
release:
	$(GO) run ./internal/release -version $(VERSION) $(if $(TARGETS),-targets $(TARGETS))

## audit: Lighthouse over every page type, and the slow checks
.PHONY: audit
audit: tools
	WARRAQ_AUDIT=1 $(GO) test -count=1 -timeout 60m -v -run Audit ./internal/browser/
	@.ci/audit-publish

## tools: install what the page checks need, where it is missing and can be installed
.PHONY: tools
tools:
	@.ci/tools

## clean: remove what the targets above made
.PHONY: clean
clean:
	rm -rf bin public dist .warraq .screenshots internal/browser/node_modules

## help: this list
.PHONY: help
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST) | sort | awk -F': ' '{printf "  make %-14s %s\n", $$1, $$2}'
