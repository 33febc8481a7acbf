# `make demo` shows Moisson at work, `make test` runs every check. Both do their own set-up first.

MOISSON ?= target/debug/moisson
LISTEN ?= 127.0.0.1:8080
SIZE ?= 74200
ONLY ?=
DURATION ?= 1h
PART ?=

.PHONY: demo build install test fuzz oxigraph-store deny audit bench setup torture

# Harvests the bundled sample portal and serves the result until Ctrl-C.
demo: build
	exec $(MOISSON) serve --demo --listen $(LISTEN)

# Tests share what is compiled here.
build: setup
	cargo build --locked --bin moisson

# The optimised program as `moisson`: in ~/.cargo/bin, or in $(PREFIX)/bin.
install: setup
	cargo install --path . --locked $(if $(PREFIX),--root $(PREFIX))

test: setup
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	if cargo nextest --version >/dev/null 2>&1; \
	then cargo nextest run --locked --no-fail-fast; \
	else cargo test --locked --no-fail-fast --lib --bins --tests; fi
	cargo test --locked --doc
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps

# Reads changed documents and queries for DURATION (90s, 10m, 1h): see fuzz/README.md.
fuzz: setup
	MOISSON_FUZZ=$(DURATION) cargo test --locked --test integration -- --exact --nocapture hostile::fuzz::changed_bytes_are_survived

# The same tests with oxigraph's store on disk as an engine: compiles RocksDB, 19 minutes in all on two cores,
# and needs a C++ compiler and libclang for it.
oxigraph-store:
	@.ci/setup oxigraph-store
	cargo clippy --locked --all-targets --features rocksdb -- -D warnings
	if cargo nextest --version >/dev/null 2>&1; \
	then cargo nextest run --locked --no-fail-fast --features rocksdb; \
	else cargo test --locked --no-fail-fast --features rocksdb --lib --bins --tests; fi

# Bans, licences and sources of all dependencies, without the network once they are downloaded.
deny: setup
	cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny
	cargo fetch --locked
	cargo deny --offline check bans licenses sources

# Known vulnerabilities; needs the advisory database of RustSec, from GitHub.
audit: setup
	cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny
	cargo deny check advisories

# What the build needs beside Rust: a C compiler.
setup:
	@.ci/setup

# Measures Moisson against its peers and writes docs/BENCHMARKS.md: some two hours at full size. One section
# alone, or a smaller portal:  make bench ONLY=convert,serve SIZE=5000
bench: setup
	cargo build --release --locked --bin moisson
	python3 -B benches/bench.py --size $(SIZE) --only "$(ONLY)"

# Compares the engines on random queries for DURATION, then attacks the real program in every way of
# docs/SECURITY.md (ten minutes more), and notes in docs/TORTURE.md what ran. One of them alone:
# make torture PART=attacks
torture: setup
	.ci/torture $(DURATION) $(PART)
