//! `leitai`: the one binary. Everything it can do is a subcommand of [`server::cli`].

use clap::Parser as _;
use mimalloc::MiMalloc;
use server::cli::Cli;
use std::process::ExitCode;

/// A page is a few ten thousand small strings, for which the C library takes a fifth of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("leitai: {error:#}");
            ExitCode::FAILURE
        }
    }
}
