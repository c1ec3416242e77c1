//! The fictional county 云岭县 (云岭 exists on no map as a county): seventy units in six groups, and
//! the villages under the townships. Nobody in it is anybody.

use crate::service::error::ServiceError;
use crate::service::roster::columns::TableKind;
use crate::service::table::{Table, workbook};

pub const COUNTY: &str = "云岭县";
/// The season of its groups.
pub const SEASON: &str = "2025—2026";

/// Name, level and units of each group (GY-1). All sizes are odd, so no pairing can be perfect.
const GROUPS: [(&str, &str, &[&str]); 6] = [
    ("乡镇组", "township", &TOWNSHIPS),
    ("部门组", "department", &DEPARTMENTS),
    ("园区组", "park", &PARKS),
    ("金融组", "finance", &FINANCE),
    ("企业组", "company", &COMPANIES),
    ("景区组", "scenic", &SCENIC),
];

/// The townships; those of the contests come first.
pub const TOWNSHIPS: [&str; 13] = [
    "青禾镇",
    "松溪镇",
    "双河镇",
    "白鹭镇",
    "石桥乡",
    "大坪镇",
    "竹海乡",
    "云顶乡",
    "经济开发区城北街道办事处",
    "南塘镇",
    "枫林乡",
    "清泉镇",
    "城南街道办事处",
];

const DEPARTMENTS: [&str; 25] = [
    "县发展和改革局",
    "县教育局",
    "县工业和信息化局",
    "县公安局",
    "县民政局",
    "县司法局",
    "县财政局",
    "县人力资源和社会保障局",
    "县自然资源局",
    "县生态环境局",
    "县住房和城乡建设局",
    "县交通运输局",
    "县水利局",
    "县农业农村局",
    "县林业局",
    "县商务局",
    "县文化和旅游局",
    "县卫生健康局",
    "县应急管理局",
    "县审计局",
    "县市场监督管理局",
    "县统计局",
    "县医疗保障局",
    "县行政审批局",
    "县城市管理局",
];

const PARKS: [&str; 7] = [
    "云岭经济开发区",
    "城北工业园",
    "松溪农产品加工园",
    "双河物流园",
    "白鹭电子商务园",
    "大坪建材园",
    "竹海竹木产业园",
];

const FINANCE: [&str; 9] = [
    "云岭农村信用服务社",
    "云岭村镇服务银行",
    "县农业融资担保中心",
    "县小微企业贷款中心",
    "县城乡建设投资公司",
    "县农业保险服务中心",
    "县产业引导基金",
    "县应急转贷中心",
    "县金融服务中心",
];

const COMPANIES: [&str; 11] = [
    "云岭竹业公司",
    "青禾米业公司",
    "松溪茶业公司",
    "双河机械公司",
    "白鹭纺织公司",
    "石桥建材公司",
    "大坪果业公司",
    "竹海家居公司",
    "云顶药材公司",
    "清泉饮品公司",
    "南塘水产公司",
];

const SCENIC: [&str; 5] = [
    "竹海景区",
    "云顶景区",
    "白鹭湖景区",
    "松溪古镇景区",
    "石桥峡谷景区",
];

/// Three villages for each township.
const VILLAGES: [&str; 39] = [
    "上禾村",
    "下禾村",
    "禾丰社区",
    "松坪村",
    "溪口村",
    "溪畔社区",
    "东河村",
    "西河村",
    "双河社区",
    "鹭洲村",
    "白沙村",
    "湖滨社区",
    "石桥村",
    "桥头村",
    "老石村",
    "大坪村",
    "坪东村",
    "坪西社区",
    "竹园村",
    "竹溪村",
    "笋坪村",
    "云顶村",
    "云脚村",
    "顶坪村",
    "城北社区",
    "开元社区",
    "北门社区",
    "南塘村",
    "塘尾村",
    "荷塘社区",
    "枫林村",
    "红枫村",
    "枫桥村",
    "清泉村",
    "泉水村",
    "井边社区",
    "城南社区",
    "南门社区",
    "文昌社区",
];
const VILLAGES_EACH: usize = 3;

/// The judges of the contests, by label: no person of the demo has a name.
const JUDGES: u32 = 18;

/// The roster as a workbook, so that the demo goes the way of every import.
///
/// # Errors
/// It could not be written into memory.
pub fn roster() -> Result<Vec<u8>, ServiceError> {
    workbook(&[units(), groups(), people()])
}

/// The label of a judge.
#[must_use]
pub fn judge(number: u32) -> String {
    format!("{number}号评委")
}

fn units() -> Table {
    let mut table = table(TableKind::Units);
    table.rows.push(row(["YL", COUNTY, "county", ""]));
    for (group, (_, level, names)) in GROUPS.iter().enumerate() {
        for (unit, name) in names.iter().enumerate() {
            table
                .rows
                .push(row([&code(group, unit), name, level, "YL"]));
        }
    }
    for (index, (code, _)) in villages().iter().enumerate() {
        let township = self::code(0, index / VILLAGES_EACH);
        let name = VILLAGES.get(index).copied().unwrap_or_default();
        table.rows.push(row([code, name, "village", &township]));
    }
    table
}

fn groups() -> Table {
    let mut table = table(TableKind::Groups);
    for (group, (name, _, units)) in GROUPS.iter().enumerate() {
        for unit in 0..units.len() {
            table.rows.push(row([SEASON, name, &code(group, unit)]));
        }
    }
    table
}

fn people() -> Table {
    let mut table = table(TableKind::People);
    for number in 1..=JUDGES {
        table.rows.push(row([
            &format!("P{number:02}"),
            &judge(number),
            "YL",
            "评委",
        ]));
    }
    table
}

/// The codes of the villages, each with its kind: 社区 are apart from 村.
pub(super) fn villages() -> Vec<(String, bool)> {
    let villages = VILLAGES.iter().enumerate();
    let village = |(index, name): (usize, &&str)| {
        let township = code(0, index / VILLAGES_EACH);
        let code = format!("{township}-{}", index % VILLAGES_EACH + 1);
        (code, name.ends_with("社区"))
    };
    villages.map(village).collect()
}

/// The codes of the units in groups, each with the number of its group, group by group.
pub(super) fn grouped() -> Vec<(String, usize)> {
    let groups = GROUPS.iter().enumerate();
    let units = groups.flat_map(|(group, (_, _, units))| {
        (0..units.len()).map(move |unit| (code(group, unit), group))
    });
    units.collect()
}

/// The name of a group by its number.
pub(super) fn group_name(group: usize) -> &'static str {
    GROUPS.get(group).map_or("", |(name, ..)| *name)
}

/// The letter of the group and the number of the unit in it.
fn code(group: usize, unit: usize) -> String {
    let letter = ["X", "B", "Y", "J", "Q", "S"]
        .get(group)
        .copied()
        .unwrap_or("Z");
    format!("{letter}{:02}", unit + 1)
}

pub(super) fn table(kind: TableKind) -> Table {
    Table::new(kind.chinese_name(), &kind.headers())
}

pub(super) fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_units_stand_in_six_groups_of_odd_size() {
        let sizes = GROUPS.map(|(_, _, units)| units.len());
        assert_eq!(sizes.iter().sum::<usize>(), 70);
        assert!(sizes.iter().all(|size| size % 2 == 1), "{sizes:?}");
        assert_eq!(VILLAGES.len(), TOWNSHIPS.len() * VILLAGES_EACH);
    }
}
