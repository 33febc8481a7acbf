//! The `moisson` program; all of it lives in the library.

fn main() -> std::process::ExitCode {
    moisson::commands::main()
}
