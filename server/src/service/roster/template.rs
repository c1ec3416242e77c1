//! Empty roster files to fill in: a workbook with a sheet for each table, and one CSV file for
//! each. Rows show how each column is meant; the import would refuse them, so nobody imports them
//! by mistake.

use super::columns::TableKind;
use crate::service::error::ServiceError;
use crate::service::table::{Table, workbook};

/// What the codes of the example rows begin with; the import refuses them.
pub const EXAMPLE: &str = "示例-";

/// The template of one table.
#[must_use]
pub fn table(kind: TableKind) -> Table {
    let mut table = Table::new(kind.chinese_name(), &kind.headers());
    for row in examples(kind) {
        table
            .rows
            .push(row.iter().map(|cell| (*cell).to_owned()).collect());
    }
    table
}

/// All of them in one workbook.
///
/// # Errors
/// `Internal`: it could not be written into memory.
pub fn all() -> Result<Vec<u8>, ServiceError> {
    let tables: Vec<Table> = TableKind::ALL.into_iter().map(table).collect();
    workbook(&tables)
}

/// An item of a worklist.
const WORK: [&str; 9] = [
    "2026",
    "助企问题第一批",
    "1",
    "问题",
    "厂区门口积水",
    "示例-01",
    "镇长带队",
    "11月底前通水",
    "2026-11-30",
];

fn examples(kind: TableKind) -> &'static [&'static [&'static str]] {
    match kind {
        TableKind::Units => &[
            &["示例-01", "示例镇", "乡镇", ""],
            &["示例-0101", "示例村", "村", "示例-01"],
        ],
        TableKind::Groups => &[&["2026", "乡镇组", "示例-01", ""]],
        TableKind::People => &[&["示例-P1", "某某", "示例-01", "镇长"]],
        TableKind::Seats => &[&["示例擂台", "1", "评委", "示例-P1"]],
        TableKind::Pairs => &[&["2026", "示例-01", "示例-02", "否"]],
        TableKind::Indicators => &[
            &[
                "2026",
                "示例-I1",
                "固定资产投资",
                "亿元",
                "10",
                "越高越好",
                "混合",
                "0.05",
                "0.4",
                "月",
                "否",
                "是",
                "2026-12",
                "发改局",
                "抬高",
                "重点项目推进",
                "乡镇组、园区组",
            ],
            &[
                "2026",
                "示例-I2",
                "信访总量",
                "件",
                "5",
                "越低越好",
                "位次",
                "5%",
                "",
                "季",
                "是",
                "否",
                "",
                "信访局",
                "",
                "",
                "",
            ],
        ],
        TableKind::Figures => &[
            &[
                "2026",
                "2026-07",
                "示例-I1",
                "示例-01",
                "12.5",
                "15",
                "16",
                "12",
            ],
            &["2026", "2026年7月", "示例-I2", "示例-01", "3", "", "", ""],
        ],
        TableKind::Teams => &[&["2026", "示例-0101", "某某", "村支书", ""]],
        TableKind::Works => &[&WORK],
    }
}
