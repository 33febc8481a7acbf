//! The `moisson` program; all of it lives in the library.

/// The library leaves it to its user how memory is had; the program is measured with this one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    moisson::commands::main()
}
