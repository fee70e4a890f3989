//! The program: reads the command line, runs it, turns an error into an exit status.

use monograph::commands::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::read().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("monograph: {error}");
            ExitCode::FAILURE
        }
    }
}
