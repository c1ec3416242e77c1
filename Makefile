# `make run` and `make test` are all that a fresh machine needs; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
ENV := . .ci/env;

.PHONY: help setup-run setup-test setup-bench build run dev test test-rust test-browser lint shots bench

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup-run:
	@.ci/setup run
setup-test:
	@.ci/setup test
setup-bench:
	@.ci/setup bench

# The site first, since the server reads its hashes. cargo-leptos looks for the server's binary in
# the workspace, so plain cargo builds that.
build: setup-run ## build the release binary and the site
	@$(ENV) cargo leptos build --release -P --split --frontend-only
	@$(ENV) cargo build --release -p server

run: build ## start 擂台 with a demo county, on http://localhost:3000
	@$(ENV) [ -e demo.db ] || "$$TARGET/release/leitai" demo --db demo.db
	@$(ENV) exec "$$TARGET/release/leitai" serve --db demo.db

dev: setup-run ## rebuild and reload on every change
	@$(ENV) cargo leptos watch --split -- serve

test: setup-test lint test-rust build test-browser ## prove all of it

lint: setup-test
	@$(ENV) cargo fmt --all --check
	@$(ENV) cargo clippy -q --workspace --all-targets -- -D warnings
	@$(ENV) node end2end/tools/contrast.mjs

# Cheapest first: the rules and the simulator, then everything.
test-rust: setup-test
	@$(ENV) cargo test -q -p domain -p sync
	@$(ENV) cargo test -q -p app -p server

test-browser: build
	@$(ENV) cd end2end && node tools/size.mjs "$$TARGET/site" && npx playwright test

shots: build ## take every page in the sizes it is used in, into end2end/shots
	@$(ENV) end2end/tools/shots.sh

bench: setup-bench build ## measure speed and size beside peers, in one table (some minutes)
	@$(ENV) cargo bench -q -p server --bench bench
