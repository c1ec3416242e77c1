//! `leitai`: the one binary. Everything it can do is a subcommand of [`server::cli`].

use clap::Parser as _;
use server::cli::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("leitai: {error:#}");
            ExitCode::FAILURE
        }
    }
}
