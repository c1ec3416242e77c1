//! What is written is read back: as a zip, as XML, and by LibreOffice where there is one.

use super::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::Read as _;
use std::process::Command;
use zip::ZipArchive;

fn example() -> Document {
    let mut document = Document::new(Page::Landscape);
    document.title("云岭县2026年7月份\n竞赛情况通报");
    document.heading("一、总体情况");
    document.paragraph(
        Align::Indented,
        "A&B <乡镇> \"引号\"\u{7}\u{0}\u{fffe}，正文。",
    );
    let columns = [
        Column::new("单位", 2, Align::Left),
        Column::new("得分", 1, Align::Centre),
    ];
    let rows = [
        vec!["青禾镇".to_owned(), "98.5\n第1".to_owned()],
        vec!["柳溪镇".to_owned()],
    ];
    document.table(&columns, &rows);
    document.new_page();
    document.signatures(&["送出单位：", "接收单位："]);
    document.paragraph(Align::Right, "2026年8月5日");
    document
}

/// The parts of a file by their names.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let part = |index| {
        let mut file = archive.by_index(index).expect("a part");
        let mut part = String::new();
        file.read_to_string(&mut part).expect("UTF-8");
        (file.name().expect("a name").into_owned(), part)
    };
    (0..PARTS.len() + 1).map(part).collect()
}

/// Elements in their order, and all text, of a part that has to be well-formed.
fn parsed(part: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(part);
    let (mut open, mut elements, mut words) = (0, Vec::new(), String::new());
    loop {
        let event = reader.read_event().expect("well-formed");
        match event {
            Event::Start(start) => {
                open += 1;
                elements.push(start.name().as_ref().to_owned());
            }
            Event::Empty(empty) => {
                elements.push(empty.name().as_ref().to_owned());
            }
            Event::End(_) => open -= 1,
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(name) => {
                words.push_str(&format!("&{};", &*name));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "every element is closed");
    (elements, words)
}

fn document_part(document: Document) -> String {
    let bytes = document.finish().expect("memory holds it");
    let parts = parts(&bytes).into_iter();
    let mut found = parts.filter(|(name, _)| name == "word/document.xml");
    found.next().expect("the document").1
}

#[test]
fn every_part_is_well_formed_and_named_where_it_has_to_be() {
    let parts = parts(&example().finish().expect("memory holds it"));
    for (_, part) in &parts {
        parsed(part);
    }
    let part = |name: &str| {
        let found = parts.iter().find(|(each, _)| each == name);
        found
            .unwrap_or_else(|| panic!("{name} is missing"))
            .1
            .as_str()
    };
    let types = part("[Content_Types].xml");
    for (name, _) in parts.iter().filter(|(name, _)| !name.ends_with(".rels")) {
        let is_named = types.contains(&format!(r#"PartName="/{name}""#));
        assert!(is_named || name == "[Content_Types].xml", "{name}");
    }
    let relations = part("word/_rels/document.xml.rels");
    for target in ["styles.xml", "fontTable.xml", "footer.xml"] {
        assert!(relations.contains(target), "{target}");
    }
    for style in part("word/document.xml").split("w:pStyle w:val=\"").skip(1) {
        let style = style.split('"').next().expect("a name");
        let defined = format!(r#"w:styleId="{style}""#);
        assert!(part("word/styles.xml").contains(&defined), "{style}");
    }
    for font in ["方正小标宋简体", "仿宋_GB2312", "黑体"] {
        assert!(part("word/styles.xml").contains(font));
        assert!(part("word/fontTable.xml").contains(&format!(r#"w:name="{font}""#)));
    }
}

#[test]
fn text_is_escaped_and_control_characters_are_gone() {
    let (_, words) = parsed(&document_part(example()));
    assert!(
        words.contains("A&amp;B &lt;乡镇&gt; &quot;引号&quot;，正文。"),
        "{words}"
    );
}

#[test]
fn a_line_feed_is_a_break_and_a_tab_a_blank() {
    let mut document = Document::new(Page::Portrait);
    document.paragraph(Align::Left, "一\t二\r\n三");
    let (elements, words) = parsed(&document_part(document));
    assert_eq!(words, "一 二三");
    assert_eq!(elements.iter().filter(|name| *name == "w:br").count(), 1);
}

#[test]
fn a_table_has_a_header_that_repeats_and_a_cell_for_each_column() {
    let (elements, _) = parsed(&document_part(example()));
    let count = |name: &str| elements.iter().filter(|each| *each == name).count();
    assert_eq!(count("w:tr"), 3);
    assert_eq!(count("w:tblHeader"), 1);
    assert_eq!(count("w:tc"), 6, "a short row is filled up");
    let column = |share| Column::new("", share, Align::Left);
    assert_eq!(widths(&[column(2), column(1)], 9000), [6000, 3000]);
    assert_eq!(widths(&[column(0)], 9000), [0], "and no division by zero");
}

#[test]
fn a_new_page_begins_with_the_next_paragraph_alone() {
    let part = document_part(example());
    assert_eq!(part.matches("<w:pageBreakBefore/>").count(), 1);
    let after = part.split("<w:pageBreakBefore/>").nth(1).expect("a page");
    assert!(after.starts_with("<w:tabs>"), "{after}");
}

#[test]
fn a_page_lies_when_it_is_asked_to() {
    assert!(document_part(example()).contains(r#"w:orient="landscape""#));
    assert!(!document_part(Document::new(Page::Portrait)).contains("w:orient"));
}

#[test]
fn the_same_document_is_the_same_bytes() {
    assert_eq!(example().finish().ok(), example().finish().ok());
}

/// Where LibreOffice is installed it has to read the file; elsewhere there is nothing to ask.
#[test]
fn libreoffice_reads_it() {
    let folder = std::env::temp_dir().join(format!("leitai-docx-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("example.docx");
    std::fs::write(&file, example().finish().expect("memory holds it")).expect("a file");
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.display()))
        .args(["--headless", "--convert-to", "txt:Text", "--outdir"])
        .args([&folder, &file])
        .output();
    let read = std::fs::read_to_string(folder.join("example.txt"));
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    if run.is_ok() {
        let read = read.expect("a text file");
        assert!(
            read.contains("青禾镇") && read.contains("A&B <乡镇>"),
            "{read}"
        );
    }
}
