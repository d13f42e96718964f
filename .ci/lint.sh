#!/bin/sh
# Lints our crate against the dependencies that the release build made: `cargo clippy` would check them all once more.
set -eu
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/obsada-target}"
export RUSTC_WORKSPACE_WRAPPER="${RUSTC_WORKSPACE_WRAPPER:-clippy-driver}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
cargo build --release --locked --all-targets 2>&1 | tee "$log"
if grep -Eq '^(warning|error)' "$log"; then
    echo "lint: warnings are errors here" >&2
    exit 1
fi
