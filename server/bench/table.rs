//! The table at the end: one row for each metric.

use serde::Deserialize;

/// One metric. Browser measurements come as JSON lines of the same shape.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Row {
    pub metric: String,
    /// With its unit.
    pub ours: String,
    /// Whom ours is compared with, and how it did; empty where there is only a bound.
    #[serde(default)]
    pub peer: String,
    #[serde(default)]
    pub ratio: Option<f64>,
    /// What is asked for, as text; empty where the number is only recorded.
    #[serde(default)]
    pub bound: String,
    #[serde(default)]
    pub ok: Option<bool>,
}

impl Row {
    /// A figure that must not be above `most`.
    pub fn at_most(metric: String, ours: f64, most: f64, unit: &str) -> Self {
        Self {
            metric,
            ours: format!("{} {unit}", figure(ours)),
            bound: format!("<= {} {unit}", figure(most)),
            ok: Some(ours <= most),
            ..Self::default()
        }
    }

    /// A rate beside a peer's. Without a bound the ratio is only recorded.
    pub fn rate(
        metric: &str,
        ours: f64,
        (peer, theirs): (&str, f64),
        at_least: Option<f64>,
    ) -> Self {
        let ratio = ours / theirs;
        Self {
            metric: metric.to_owned(),
            ours: format!("{}/s", figure(ours)),
            peer: format!("{peer} {}/s", figure(theirs)),
            ratio: Some(ratio),
            bound: at_least.map_or_else(String::new, |least| format!(">= {least}x")),
            ok: at_least.map(|least| least <= ratio),
        }
    }

    /// Says that a measurement could not be made, and why.
    pub fn skipped(metric: &str, why: &str) -> Self {
        eprintln!("\n*** SKIPPED: {metric}: {why}\n");
        Self {
            metric: metric.to_owned(),
            ours: "SKIPPED".to_owned(),
            peer: why.to_owned(),
            ..Self::default()
        }
    }

    fn cells(&self) -> [String; 6] {
        [
            self.metric.clone(),
            self.ours.clone(),
            self.peer.clone(),
            self.ratio
                .map_or_else(String::new, |ratio| format!("{ratio:.2}")),
            self.bound.clone(),
            match self.ok {
                Some(true) => "yes".to_owned(),
                Some(false) => "NO".to_owned(),
                None => String::new(),
            },
        ]
    }
}

/// Prints the rows as a Markdown table.
pub fn print(rows: &[Row]) {
    let head = ["metric", "ours", "peer", "ratio", "bound", "ok?"].map(str::to_owned);
    let cells: Vec<[String; 6]> = rows.iter().map(Row::cells).collect();
    let lines = || std::iter::once(&head).chain(&cells);
    let width = |column: usize| lines().map(|line| line[column].chars().count()).max();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| width(column).unwrap_or(0))
        .collect();
    println!();
    for (index, line) in lines().enumerate() {
        print_line(line.each_ref().map(String::as_str), &widths);
        if index == 0 {
            print_line(["---"; 6], &widths);
        }
    }
}

fn print_line(line: [&str; 6], widths: &[usize]) {
    for (cell, width) in line.iter().zip(widths) {
        print!("| {cell:<width$} ");
    }
    println!("|");
}

/// Three digits that say something.
pub fn figure(value: f64) -> String {
    match value {
        ..10.0 => format!("{value:.2}"),
        ..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// The middle of some figures; none is 0.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
