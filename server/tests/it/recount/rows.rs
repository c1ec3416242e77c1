//! Bad rows: file, line, column and reason, all of them, and no partial result.

use super::{CHARTER, ENTRIES, Files, SEATS, SHEETS};

#[track_caller]
fn check_sheets(rows: &str, expected: &[&str]) {
    Files::plain(&format!("entry,seat,criterion,mark,state\n{rows}")).check(expected);
}

#[test]
fn a_missing_header_and_unknown_missing_and_repeated_columns_are_refused() {
    Files::plain("").check(&["M.csv:1: the file has no header line"]);
    Files::plain("entry,seat,criterion,mark,Mark,seat\n").check(&[
        "M.csv:1:5: Mark: is no column of this file",
        "M.csv:1:6: seat: is there twice",
        "M.csv:1: the column \"state\" is missing",
    ]);
    let entries = b"entry,multiplicator\n";
    Files::new(CHARTER, entries, b"place\n", SHEETS.as_bytes()).check(&[
        "E.csv:1:2: multiplicator: is no column of this file",
        "S.csv:1:1: place: is no column of this file",
        "S.csv:1: the column \"seat\" is missing",
        "S.csv:1: the column \"class\" is missing",
    ]);
}

#[test]
fn keys_are_case_sensitive_and_unknown_ones_are_bad_rows() {
    check_sheets(
        "E1,s1,c,8,counted\ne1,S1,c,8,counted\ne1,s1,C,8,counted\n",
        &[
            "M.csv:2:1: entry: there is no entry \"E1\"",
            "M.csv:3:2: seat: there is no seat \"S1\"",
            "M.csv:4:3: criterion: there is no criterion \"C\"",
        ],
    );
    let seats = "seat,class\ns1,a\n";
    Files::new(
        CHARTER,
        ENTRIES.as_bytes(),
        seats.as_bytes(),
        b"entry,seat,criterion,mark,state\n",
    )
    .check(&["S.csv:2:2: class: there is no class \"a\""]);
}

#[test]
fn a_mark_outside_min_and_max_or_off_step_is_a_bad_row() {
    check_sheets(
        "e1,s1,c,10.5,counted\ne1,s1,d,-0.5,counted\ne1,s2,c,8.3,counted\ne1,s2,d,\"8,5\",counted\n\
         e1,s3,c,11,void\n",
        &[
            "M.csv:2:4: mark: \"10.5\" is above the largest mark 10",
            "M.csv:3:4: mark: \"-0.5\" is below the least mark 0",
            "M.csv:4:4: mark: \"8.3\" is not on a step of 0.5 from 0",
            "M.csv:5:4: mark: \"8,5\" is not a number (digits and a decimal point, such as 8.5)",
            "M.csv:6:4: mark: \"11\" is above the largest mark 10",
        ],
    );
}

#[test]
fn a_repeated_entry_seat_and_criterion_is_a_bad_row() {
    check_sheets(
        "e1,s1,c,8,counted\ne1,s1,d,8,counted\ne1,s1,c,8,counted\n",
        &["M.csv:4:3: criterion: this entry and seat have the criterion already, on line 2"],
    );
    check_sheets(
        "e1,s1,,,absent\ne1,s1,,,absent\n",
        &["M.csv:3:3: criterion: this entry and seat have the criterion already, on line 2"],
    );
}

#[test]
fn all_rows_of_a_sheet_bear_one_state() {
    check_sheets(
        "e1,s1,c,8,counted\ne2,s1,c,8,counted\ne1,s1,d,,absent\n",
        &["M.csv:4:5: state: this sheet is \"counted\" on line 2; all its rows bear one state"],
    );
    check_sheets(
        "e1,s1,c,8,\ne1,s2,c,8,Counted\n",
        &[
            "M.csv:2:5: state: \"\" is not one of counted, absent, abstain, recused, void",
            "M.csv:3:5: state: \"Counted\" is not one of counted, absent, abstain, recused, void",
        ],
    );
}

#[test]
fn a_sheet_that_is_not_counted_may_be_one_row_with_an_empty_criterion() {
    for state in ["absent", "abstain", "recused", "void"] {
        let header = "entry,seat,criterion,mark,state\n";
        let bare = Files::plain(&format!("{header}e1,s1,,,{state}\n"));
        let full = Files::plain(&format!("{header}e1,s1,c,8,{state}\ne1,s1,d,,{state}\n"));
        assert_eq!(bare.json(), full.json());
    }
    check_sheets(
        "e1,s1,,,counted\ne1,s2,,8,absent\n",
        &[
            "M.csv:2:3: criterion: a counted sheet names its criterion",
            "M.csv:3:4: mark: a mark without a criterion",
        ],
    );
    check_sheets(
        "e1,s1,,,absent\ne1,s1,c,,absent\n",
        &[
            "M.csv:3:3: criterion: this entry and seat have a row without a criterion, on line 2; \
         it stands alone",
        ],
    );
}

#[test]
fn a_criterion_that_the_class_does_not_mark_is_a_bad_row() {
    check_sheets(
        "e1,s3,d,8,counted\n",
        &["M.csv:2:3: criterion: class B does not mark this criterion"],
    );
}

#[test]
fn entries_may_have_a_state_and_a_multiplier() {
    let entries = "entry,name,multiplier,state\ne1,,x,\ne2,,-1,gone\ne1,,,\n,,,\n";
    Files::new(
        CHARTER,
        entries.as_bytes(),
        SEATS.as_bytes(),
        SHEETS.as_bytes(),
    )
    .check(&[
        "E.csv:2:3: multiplier: \"x\" is not a number (digits and a decimal point, such as 8.5)",
        "E.csv:3:3: multiplier: must not be negative",
        "E.csv:3:4: state: \"gone\" is not one of withdrawn, or empty",
        "E.csv:4:1: entry: \"e1\" is there already, on line 2",
        "E.csv:5:1: entry: is empty",
    ]);
    let charter = CHARTER.replace("multiplier = true", "");
    let files = Files::new(
        &charter,
        ENTRIES.as_bytes(),
        SEATS.as_bytes(),
        SHEETS.as_bytes(),
    );
    files.check(&["E.csv:3:3: multiplier: the charter allows no multiplier"]);
}

#[test]
fn a_row_with_too_few_or_too_many_fields_is_a_bad_row() {
    check_sheets(
        "e1,s1,c,8\n\ne1,s1,c,8,counted,x\n",
        &[
            "M.csv:2: has 4 fields, the header has 5",
            "M.csv:4: has 6 fields, the header has 5",
        ],
    );
}

#[test]
fn the_line_of_a_row_is_the_one_an_editor_shows() {
    let header = "entry,seat,criterion,mark,state";
    for end in ["\n", "\r\n"] {
        let rows = [
            header,
            "",
            "e1,s1,c,99,counted",
            "\"e1\",s1,d,98,counted",
            "",
            "x,s1,c,,void",
        ];
        let text = format!("\u{feff}{}", rows.join(end));
        Files::plain(&text).check(&[
            "M.csv:3:4: mark: \"99\" is above the largest mark 10",
            "M.csv:4:4: mark: \"98\" is above the largest mark 10",
            "M.csv:6:1: entry: there is no entry \"x\"",
        ]);
    }
    let entries = "entry,name\ne1,\"two\nlines\"\ne1,\n";
    Files::new(
        CHARTER,
        entries.as_bytes(),
        SEATS.as_bytes(),
        header.as_bytes(),
    )
    .check(&["E.csv:4:1: entry: \"e1\" is there already, on line 2"]);
}

#[test]
fn bad_rows_of_all_files_are_told_and_there_is_no_partial_result() {
    let entries = "entry,name,multiplier\ne1,,1,5\ne1,,\ne1,,\n";
    let seats = "seat,class\ns1,A\ns1,A\n";
    let sheets = "entry,seat,criterion,mark,state\ne1,s1,c,99,counted\ne1,s1,d,8,counted\n";
    Files::new(
        CHARTER,
        entries.as_bytes(),
        seats.as_bytes(),
        sheets.as_bytes(),
    )
    .deductions("entry,points\ne1,\n")
    .check(&[
        "E.csv:2: has 4 fields, the header has 3",
        "E.csv:4:1: entry: \"e1\" is there already, on line 3",
        "S.csv:3:1: seat: \"s1\" is there already, on line 2",
        "D.csv:2:2: points: is empty",
        "M.csv:2:4: mark: \"99\" is above the largest mark 10",
    ]);
}
