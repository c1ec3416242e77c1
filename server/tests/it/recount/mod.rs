//! `leitai recount`: the files, the bad rows and the output (domain rules 2.1 Files, --json).

mod charters;
mod rows;

use server::recount::{RecountArgs, RecountError, run};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

const CHARTER: &str = r#"
title = "t"
version = "1"
multiplier = true
criteria = [
  { key = "c", name = "c", max = "10", step = "0.5" },
  { key = "d", name = "d", max = "10", step = "0.5" },
]
classes = [
  { key = "A", name = "A", weight = "0.6" },
  { key = "B", name = "B", weight = "0.4", criteria = ["c"] },
]
"#;
const ENTRIES: &str = "entry,name,multiplier\ne1,甲,\ne2,乙,1.5\n";
const SEATS: &str = "seat,class\ns1,A\ns2,A\ns3,B\n";
const SHEETS: &str = "entry,seat,criterion,mark,state\n\
    e1,s1,c,8,counted\ne1,s1,d,9,counted\n\
    e1,s2,c,7,counted\ne1,s2,d,8,counted\n\
    e1,s3,c,9,counted\n\
    e2,s1,,,recused\n\
    e2,s2,c,6,counted\ne2,s2,d,6.5,counted\n\
    e2,s3,c,8,counted\n";

/// Files of one recount, in a folder of their own that goes with them.
struct Files {
    folder: PathBuf,
    deductions: bool,
}

impl Files {
    fn new(charter: &str, entries: &[u8], seats: &[u8], sheets: &[u8]) -> Files {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("leitai-recount-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let files = Files {
            folder,
            deductions: false,
        };
        files.write("C.toml", charter.as_bytes());
        files.write("E.csv", entries);
        files.write("S.csv", seats);
        files.write("M.csv", sheets);
        files
    }

    fn plain(sheets: &str) -> Files {
        Files::new(
            CHARTER,
            ENTRIES.as_bytes(),
            SEATS.as_bytes(),
            sheets.as_bytes(),
        )
    }

    fn deductions(mut self, text: &str) -> Files {
        self.write("D.csv", text.as_bytes());
        self.deductions = true;
        self
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.join(name), bytes).expect("a written file");
    }

    fn run(&self, json: bool) -> Result<String, RecountError> {
        run(&RecountArgs {
            charter: self.folder.join("C.toml"),
            entries: self.folder.join("E.csv"),
            seats: self.folder.join("S.csv"),
            sheets: self.folder.join("M.csv"),
            deductions: self.deductions.then(|| self.folder.join("D.csv")),
            json,
        })
    }

    fn json(&self) -> serde_json::Value {
        let text = self.run(true).expect("a result");
        serde_json::from_str(&text).expect("JSON")
    }

    /// The lines of the error, without the folder.
    #[track_caller]
    fn check(&self, expected: &[&str]) {
        let error = self.run(true).expect_err("a refusal").to_string();
        let folder = format!("{}/", self.folder.display());
        let lines: Vec<String> = error
            .lines()
            .map(|line| line.replace(&folder, ""))
            .collect();
        assert_eq!(lines, expected);
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn json_has_rank_score_untrimmed_mean_classes_panel_ties_and_notes_in_order() {
    let text = Files::plain(SHEETS).run(true).expect("a result");
    // e1: 0.6 x 16 + 0.4 x 9; e2: (0.6 x 12.5 + 0.4 x 8) x 1.5.
    let expected = concat!(
        r#"{"entries":[{"entry":"e2","rank":1,"score":"16.05","untrimmed_mean":"16.050000","#,
        r#""classes":{"A":"12.500000","B":"8.000000"},"#,
        r#""panel":{"A":{"eligible":1,"valid":1,"kept":1},"B":{"eligible":1,"valid":1,"kept":1}},"#,
        r#""ties":[],"notes":["partial_panel:A"]},"#,
        r#"{"entry":"e1","rank":2,"score":"13.20","untrimmed_mean":"13.200000","#,
        r#""classes":{"A":"16.000000","B":"9.000000"},"#,
        r#""panel":{"A":{"eligible":2,"valid":2,"kept":2},"B":{"eligible":1,"valid":1,"kept":1}},"#,
        r#""ties":[],"notes":[]}]}"#,
        "\n"
    );
    assert_eq!(text, expected);
}

#[test]
fn json_has_null_for_absent_values_and_unplaced_entries_last_in_file_order() {
    let entries = "entry,state\ne1,\ne2,withdrawn\ne3,\n";
    let sheets = "entry,seat,criterion,mark,state\n\
        e2,s1,c,9,counted\ne3,s1,c,8,counted\ne3,s1,d,8,counted\ne3,s3,c,8,counted\n";
    let files = Files::new(
        CHARTER,
        entries.as_bytes(),
        SEATS.as_bytes(),
        sheets.as_bytes(),
    );
    let json = files.json();
    let keys: Vec<&str> = json["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["entry"].as_str().expect("a key"))
        .collect();
    assert_eq!(keys, ["e3", "e1", "e2"]);
    let withdrawn = &json["entries"][2];
    for field in ["rank", "score", "untrimmed_mean"] {
        assert!(withdrawn[field].is_null(), "{field}");
    }
    assert!(withdrawn["classes"]["A"].is_null());
    assert_eq!(withdrawn["notes"][0], "withdrawn");
    assert_eq!(json["entries"][1]["notes"][2], "held:class_absent:A");
}

#[test]
fn words_tell_rank_score_untrimmed_mean_classes_panel_and_notes() {
    let text = Files::plain(SHEETS).run(false).expect("a result");
    for part in [
        "1. e2 乙  score 16.05",
        "untrimmed mean 16.050000",
        "class A: 12.500000; valid 1/1, kept 1",
        "note: class A: 1 valid of 1 eligible, of 2 seats",
        "2. e1 甲  score 13.20",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn deductions_are_signed_rows_of_their_own() {
    let files = Files::plain(SHEETS).deductions("entry,points,reason\ne1,1.25,超时\ne1,-0.05,\n");
    assert_eq!(files.json()["entries"][1]["score"], "12.00");
    let files = Files::plain(SHEETS).deductions("points,entry\nx,e1\n,e2\n1,e9\n");
    files.check(&[
        "D.csv:2:1: points: \"x\" is not a number (digits and a decimal point, such as 8.5)",
        "D.csv:3:1: points: is empty",
        "D.csv:4:2: entry: there is no entry \"e9\"",
    ]);
}

#[test]
fn files_are_utf_8_with_or_without_a_byte_order_mark() {
    let bom = |text: &str| [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    let files = Files::new(
        &format!("\u{feff}{CHARTER}"),
        &bom(ENTRIES),
        &bom(SEATS),
        &bom(SHEETS),
    );
    assert_eq!(files.json(), Files::plain(SHEETS).json());
    let files = Files::new(CHARTER, b"entry,name\n\xbc\xd7,x\n", SEATS.as_bytes(), b"");
    files.check(&[
        "E.csv:2:1: entry: is not UTF-8",
        "M.csv:1: the file has no header line",
    ]);
}

#[test]
fn lines_may_end_as_on_windows_and_fields_may_be_quoted() {
    let files = Files::plain(&SHEETS.replace('\n', "\r\n").replace("e1,", "\"e1\","));
    assert_eq!(files.json(), Files::plain(SHEETS).json());
}

#[test]
fn columns_are_found_by_name_in_any_order() {
    let turned = |row: &str| row.split(',').rev().collect::<Vec<_>>().join(",");
    let sheets: Vec<String> = SHEETS.lines().map(turned).collect();
    assert_eq!(
        Files::plain(&sheets.join("\n")).json(),
        Files::plain(SHEETS).json()
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let files = Files::plain(SHEETS);
    std::fs::remove_file(files.folder.join("S.csv")).expect("a removed file");
    let error = files.run(true).expect_err("a refusal");
    assert!(
        error.to_string().ends_with("S.csv: cannot be read"),
        "{error}"
    );
}
