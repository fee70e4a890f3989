//! The program: reads the command line, runs it, turns an error into an exit status.

use clap::Parser;
use monograph::commands::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("monograph: {error}");
            ExitCode::FAILURE
        }
    }
}
