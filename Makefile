# `make run` and `make test` are all that a fresh machine needs; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
ENV := . .ci/env;

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup-run:
	@.ci/setup run
setup-test:
	@.ci/setup test

build: setup-run ## build the release binary and the site
	@$(ENV) cargo leptos build --release -P

dev: setup-run ## rebuild and reload on every change
	@$(ENV) cargo leptos watch -- serve

.PHONY: help setup-run setup-test build dev
