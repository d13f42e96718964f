#!/bin/sh
# Lints our crate against the dependencies that the release build made: `cargo clippy` would check them all once more.
# Nothing that is built here runs, so our crate is not optimised, and only what changed is read again.
set -eu
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/obsada-target}"
export RUSTC_WORKSPACE_WRAPPER="$PWD/.ci/rustc-lint.sh"
export CARGO_INCREMENTAL=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
lint() {
    cargo build --release --locked --config profile.release.package.obsada.opt-level=0 "$@" 2>&1 | tee -a "$log"
}
lint --all-targets
# What another program embeds: the library without commands and charts. Parquet and workbooks stay, or polars would be built again.
if [ "${1:-all}" = all ]; then
    lint --lib --no-default-features --features parquet,xlsx
fi
if grep -Eq '^(warning|error)' "$log"; then
    echo "lint: warnings are errors here" >&2
    exit 1
fi
