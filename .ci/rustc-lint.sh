#!/bin/sh
# Lints our crate and links nothing: what is built here never runs.
# cargo hands over the compiler first, and then what to do.
exec clippy-driver "$@" -C linker=true
