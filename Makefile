# Two commands do everything on a fresh machine: `make demo` plans the demo's week, `make test` runs the tests.

export CARGO_TARGET_DIR ?= $(HOME)/.cache/obsada-target
OBSADA := $(CARGO_TARGET_DIR)/release/obsada
# Settings of a build for the developer's minute: dependencies are those of every build, our crate is compiled in steps.
QUICK := CARGO_INCREMENTAL=1 RUSTC_WORKSPACE_WRAPPER=$(CURDIR)/.ci/rustc-quick.sh

.PHONY: demo test quick quick-all instances break bench data golden tools build lint

## Plan next week of the demo workspace; the page to look at is out/demo/report.html
demo: build
	$(OBSADA) plan data/demo --out out/demo

## All tests: units, laws, and the program as users run it
test: tools
	cargo test --release --locked

## What to run after each changed line: unit tests, then lints, of a build that only compiles what changed; the lints of the
## library alone are left to `make lint`
quick: tools
	$(QUICK) cargo test --release --locked --lib $(ONLY)
	sh .ci/lint.sh usual

## The same with the tests of the whole program, examples aside; `make quick-all ONLY=golden` runs those whose name says golden
quick-all: tools
	$(QUICK) cargo test --release --locked --lib --bins --tests $(ONLY)
	sh .ci/lint.sh

## Ten thousand small instances: what leaves the engine is legal, or nothing is (`make test` takes a sample)
instances: tools
	OBSADA_INSTANCES=10000 cargo test --release --locked what_leaves_the_engine -- --nocapture

## Five thousand workspaces broken at random: each run ends in time, with its results or with what is wrong (`make test` takes a sample)
break: tools
	OBSADA_BREAK_CHECKS=4000 OBSADA_BREAK_RUNS=1000 cargo test --release --locked broken_workspaces -- --nocapture

## Speed, in ratios to peers in the same run
bench: tools
	cargo bench --locked

build: tools
	cargo build --release --locked

## Make the demo workspace again from its seed; its bytes must not change
data: build
	rm -rf data/demo
	$(OBSADA) init data/demo --agents 80 --seed 7

## Accept today's outputs as the expected ones
golden: tools
	OBSADA_GOLDEN=accept cargo test --release --locked golden

## Formatting and lints, without building dependencies a second time
lint: tools
	cargo fmt --check
	sh .ci/lint.sh

## What HiGHS needs to build: cmake, a C++ compiler, libclang
tools:
	@sh .ci/tools.sh
