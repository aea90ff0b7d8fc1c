# Two commands: `make run` sets everything up and opens the app, `make test` sets everything up and passes all tests.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
.PHONY: run window terminal test lint ui rust pages debug bindings schema answers bench

NODE_MODULES := ui/node_modules/.package-lock.json
DIST := ui/dist/index.html
UI_SOURCES := $(shell find ui/src ui/index.html ui/*.json ui/*.ts ui/*.js assets -type f 2>/dev/null)
CARGO_DENY := target/tools/bin/cargo-deny

# With a display the app opens; without one the same work is shown in the terminal.
run:
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then $(MAKE) --no-print-directory window; \
	else $(MAKE) --no-print-directory terminal; fi

window:
	@.ci/setup window
	@$(MAKE) --no-print-directory $(DIST)
	@echo "── Building the app (some eight minutes the first time)"
	cargo build --release -p coachfolio-desktop
	@echo "── Coachfolio opens. This terminal is free again when its window is closed."
	target/release/coachfolio-desktop
	@echo "Done: the window was closed."

terminal:
	@.ci/setup terminal
	@echo "── There is no display, so here is the same work in the terminal."
	@echo "── Building the command line (some four minutes the first time)"
	cargo build --release -p cli
	@.ci/example

test:
	@.ci/setup test
	@$(MAKE) --no-print-directory lint ui rust
	@echo "All tests passed."

lint: $(CARGO_DENY) $(DIST)
	@echo "── Format, lints, licences"
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	@# Licences are read for every platform, so that what only other platforms use must be here too.
	cargo fetch --locked
	$(CARGO_DENY) --offline --config .deny.toml check --hide-inclusion-graph licenses bans sources

# One part at a time, for working on it; CONTRIBUTING.md says more. Nothing below installs Debian packages.
ui: $(NODE_MODULES)
	@echo "── The window's own lints, types and tests"
	cd ui && npm run lint && npm run check && npm test

rust: $(DIST)
	@echo "── Rust tests, the command line, the real window"
	cargo test --workspace

# The window's pages in a browser, with a vault in memory and every change shown at once.
pages: $(NODE_MODULES)
	@echo "── Look at /test/window.html?full at the address below; Ctrl+C ends it"
	cd ui && npm run dev

# The real window as a debug build: quicker to build, and a right click has "Inspect Element".
debug: $(DIST)
	cargo run --bin coachfolio-desktop

# What is generated and committed; tests hold that it is current.
bindings: $(DIST)
	cargo bindings

schema:
	cargo schema

answers:
	cargo answers

# Each figure beside the last one on this machine; tests/bench/README.md says what was measured and how.
bench:
	cargo bench -p vault -p app -p portfolio

$(NODE_MODULES): ui/package-lock.json
	@echo "── Fetching the window's libraries"
	cd ui && npm ci --no-fund --no-audit
	@touch $@

$(DIST): $(NODE_MODULES) $(UI_SOURCES)
	@echo "── Building the window's pages"
	cd ui && npm run build
	@touch $@

# Without optimisation it builds in a third of the time and runs as long.
$(CARGO_DENY):
	@echo "── Building cargo-deny, which checks licences (some two minutes, once)"
	cargo install cargo-deny --version 0.20.2 --locked --debug --root target/tools --target-dir target/tools/build
	@rm -rf target/tools/build
