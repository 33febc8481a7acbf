//! The `moisson` program; all of it lives in the library.

use std::path::PathBuf;
use std::process::ExitCode;

use moisson::graph::worker;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [command, flag, store] if command == "sparql-worker" && flag == "--store" => {
            let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
            let done = worker::confine().and_then(|()| worker::run(&PathBuf::from(store), input, output));
            if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        _ => ExitCode::from(2),
    }
}
