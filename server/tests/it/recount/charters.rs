//! Charter files: every fault with the path of the key.

use super::{CHARTER, ENTRIES, Files, SEATS, SHEETS};

#[track_caller]
fn check_charter(charter: &str, expected: &[&str]) {
    Files::new(
        charter,
        ENTRIES.as_bytes(),
        SEATS.as_bytes(),
        SHEETS.as_bytes(),
    )
    .check(expected);
}

#[test]
fn numbers_in_charters_are_strings_and_never_toml_floats() {
    check_charter(
        &CHARTER
            .replace("\"0.6\"", "0.6")
            .replacen("\"10\"", "10", 1),
        &[
            "C.toml: classes[0].weight: is a bare number; write it as a string, such as \"0.6\"",
            "C.toml: criteria[0].max: is a bare number; write it as a string, such as \"0.6\"",
        ],
    );
    check_charter(
        &format!("rounding = {{ places = 2.0 }}\n{CHARTER}"),
        &["C.toml: rounding.places: is a bare number; write it as a string, such as \"0.6\""],
    );
}

#[test]
fn every_fault_of_a_charter_is_told_with_the_path_of_the_key() {
    let charter = CHARTER
        .replace("title = \"t\"", "title = 7\nflour = \"1\"\nfloor = \"x\"")
        .replace("step = \"0.5\" },\n  {", "stop = \"0.5\" },\n  {")
        .replace("criteria = [\"c\"]", "criteria = \"c\"");
    check_charter(
        &charter,
        &[
            "C.toml: classes[1].criteria: must be a list of strings",
            "C.toml: criteria[0].stop: is no key of a charter",
            "C.toml: flour: is no key of a charter",
            "C.toml: title: must be a string",
            "C.toml: criteria[0].step: is missing",
            "C.toml: floor: \"x\" is not a number (digits and a decimal point, such as 8.5)",
        ],
    );
}

#[test]
fn a_charter_that_is_no_toml_is_told_with_line_and_column() {
    let error = Files::new("title = \"t\"\nversion 1\n", b"", b"", b"").run(true);
    let text = error.expect_err("a refusal").to_string();
    assert!(text.contains("C.toml: line 2, column 9: "), "{text}");
}

#[test]
fn a_charter_that_is_not_utf_8_is_told_with_its_line() {
    let files = Files::new(
        CHARTER,
        ENTRIES.as_bytes(),
        SEATS.as_bytes(),
        SHEETS.as_bytes(),
    );
    files.write("C.toml", b"title = \"t\"\nsource = \"\xc0\xde\"\n");
    files.check(&["C.toml: line 2, column 1: is not UTF-8"]);
}

#[test]
fn every_preset_reads_as_a_charter_file() {
    for preset in domain::charter::presets() {
        let charter = server::charter_file::parse(preset.toml);
        assert!(charter.is_ok(), "{}: {charter:?}", preset.key);
    }
}
