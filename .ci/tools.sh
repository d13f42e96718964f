#!/bin/sh
# Installs what building HiGHS from source needs, where it is missing: cmake, a C++ compiler and libclang (for bindgen).
set -eu

have() { command -v "$1" >/dev/null 2>&1; }
have_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] && return 0
    ls /usr/lib/llvm*/lib/libclang*.so* /usr/lib/*/libclang*.so* /usr/lib64/libclang*.so* /usr/lib64/llvm*/lib/libclang*.so* \
        /opt/homebrew/opt/llvm/lib/libclang.dylib /Library/Developer/CommandLineTools/usr/lib/libclang.dylib \
        2>/dev/null | grep -q .
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if ! have cargo; then
    echo "error: cargo is missing; hint: install Rust 1.95 or newer from https://rustup.rs" >&2
    exit 1
fi
if have cmake && have c++ && have_libclang; then
    exit 0
fi
echo "installing cmake, a C++ compiler and libclang" >&2
if have apt-get; then
    as_root apt-get update -qq
    as_root apt-get install -y -qq cmake g++ libclang-dev
elif have dnf; then
    as_root dnf install -y -q cmake gcc-c++ clang-devel
elif have brew; then
    brew install --quiet cmake llvm
else
    echo "error: install cmake, a C++ compiler and libclang, then run this again" >&2
    exit 1
fi
