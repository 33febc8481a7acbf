# `make demo` shows Moisson at work, `make test` runs every check. Both do their own set-up first.

MOISSON ?= target/debug/moisson
LISTEN ?= 127.0.0.1:8080
SIZE ?= 74200
ONLY ?=
DURATION ?= 60

.PHONY: demo build test fuzz deny audit bench setup

# Harvests the bundled sample portal and serves the result until Ctrl-C.
demo: build
	exec $(MOISSON) serve --demo --listen $(LISTEN)

# The first build takes a quarter of an hour on two cores: it compiles RocksDB. Tests share it.
build: setup
	cargo build --locked --bin moisson

test: setup
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	if cargo nextest --version >/dev/null 2>&1; \
	then cargo nextest run --locked --no-fail-fast; \
	else cargo test --locked --no-fail-fast --lib --bins --tests; fi
	cargo test --locked --doc
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps

# Reads changed documents and queries for DURATION seconds: see fuzz/README.md.
fuzz: setup
	MOISSON_FUZZ=$(DURATION) cargo test --locked --test integration -- --exact --nocapture hostile::fuzz::changed_bytes_are_survived

# Bans, licences and sources of all dependencies, without the network once they are downloaded.
deny: setup
	cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny
	cargo fetch --locked
	cargo deny --offline check bans licenses sources

# Known vulnerabilities; needs the advisory database of RustSec, from GitHub.
audit: setup
	cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny
	cargo deny check advisories

# What the build needs beside Rust: a C++ compiler and libclang.
setup:
	@.ci/setup

# Measures Moisson against its peers and writes docs/BENCHMARKS.md: an hour at full size. One section
# alone, or a smaller portal:  make bench ONLY=convert,serve SIZE=5000
bench: setup
	cargo build --release --locked --bin moisson
	python3 -B benches/bench.py --size $(SIZE) --only "$(ONLY)"
