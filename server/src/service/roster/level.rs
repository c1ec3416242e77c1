//! The levels of the unit tree: 县 -> 乡镇 -> 村 -> 组, and the units that stand beside the
//! townships.

/// A level, as an import names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    County,
    Township,
    Department,
    Park,
    Finance,
    Company,
    Scenic,
    Village,
    Group,
}

impl Level {
    const ALL: [(Level, &'static str, &'static [&'static str]); 9] = [
        (
            Level::County,
            "county",
            &["县", "县级", "县区", "县（市、区）"],
        ),
        (
            Level::Township,
            "township",
            &["乡镇", "乡", "镇", "街道", "乡镇（街道）"],
        ),
        (
            Level::Department,
            "department",
            &["部门", "县直部门", "县直单位"],
        ),
        (Level::Park, "park", &["园区", "开发区"]),
        (Level::Finance, "finance", &["金融", "金融机构"]),
        (Level::Company, "company", &["企业"]),
        (Level::Scenic, "scenic", &["景区"]),
        (
            Level::Village,
            "village",
            &["村", "社区", "村（社区）", "村(社区)"],
        ),
        (Level::Group, "group", &["组", "村民小组", "小组"]),
    ];

    /// The code that is stored and that the interface translates.
    #[must_use]
    pub fn code(self) -> &'static str {
        let found = Level::ALL.iter().find(|(level, ..)| *level == self);
        found.map_or("", |(_, code, _)| code)
    }

    /// The level that a cell names, in either language.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Level> {
        let lower = word.to_lowercase();
        let is_named =
            |(_, code, words): &&(Level, &str, &[&str])| *code == lower || words.contains(&word);
        Level::ALL.iter().find(is_named).map(|(level, ..)| *level)
    }

    /// How far below the county; a unit stands under one of a smaller rank.
    #[must_use]
    pub fn rank(self) -> u32 {
        match self {
            Level::County => 0,
            Level::Township
            | Level::Department
            | Level::Park
            | Level::Finance
            | Level::Company
            | Level::Scenic => 1,
            Level::Village => 2,
            Level::Group => 3,
        }
    }
}

/// Where a code stands among the levels, from the top; what is no level comes last.
#[must_use]
pub fn order(code: &str) -> usize {
    let known = Level::ALL.iter().position(|(_, known, _)| *known == code);
    known.unwrap_or(Level::ALL.len())
}
