//! The tables of a roster file and their columns, by English and Chinese header. A column is
//! found by its name, never by its place.

/// A table of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableKind {
    Units,
    Groups,
    People,
    Seats,
    Pairs,
    Indicators,
    Figures,
    Teams,
    Works,
}

/// A column of some table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Code,
    Name,
    Level,
    Parent,
    Season,
    Group,
    Unit,
    Post,
    Contest,
    Seat,
    Class,
    Person,
    Rival,
    Measure,
    Weight,
    Better,
    Rule,
    Step,
    TargetShare,
    Cadence,
    Gate,
    Public,
    Due,
    Source,
    Period,
    Indicator,
    Value,
    Target,
    Raised,
    Checkpoint,
    Against,
    Dimension,
    Remove,
    Batch,
    Number,
    Kind,
    Content,
    Team,
    Schedule,
    Deadline,
}

/// Headers that people add to every list; they carry nothing and are passed over.
const IGNORED: [&str; 4] = ["序号", "备注", "no", "note"];

impl TableKind {
    pub const ALL: [TableKind; 9] = [
        TableKind::Units,
        TableKind::Groups,
        TableKind::People,
        TableKind::Seats,
        TableKind::Pairs,
        TableKind::Indicators,
        TableKind::Figures,
        TableKind::Teams,
        TableKind::Works,
    ];

    /// The table's name in reports, file names and English sheet names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TableKind::Units => "units",
            TableKind::Groups => "groups",
            TableKind::People => "people",
            TableKind::Seats => "seats",
            TableKind::Pairs => "pairs",
            TableKind::Indicators => "indicators",
            TableKind::Figures => "figures",
            TableKind::Teams => "teams",
            TableKind::Works => "worklist",
        }
    }

    /// The sheet's name in a Chinese workbook.
    #[must_use]
    pub fn chinese_name(self) -> &'static str {
        match self {
            TableKind::Units => "单位",
            TableKind::Groups => "组别",
            TableKind::People => "人员",
            TableKind::Seats => "席位",
            TableKind::Pairs => "对子",
            TableKind::Indicators => "指标",
            TableKind::Figures => "数据",
            TableKind::Teams => "队伍",
            TableKind::Works => "清单",
        }
    }

    /// The columns in the order of the template.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        use Column::{
            Against, Batch, Better, Cadence, Checkpoint, Class, Code, Content, Contest, Deadline,
            Dimension, Due, Gate, Group, Indicator, Kind, Level, Measure, Name, Number, Parent,
            Period, Person, Post, Public, Raised, Remove, Rival, Rule, Schedule, Season, Seat,
            Source, Step, Target, TargetShare, Team, Unit, Value, Weight,
        };
        match self {
            TableKind::Units => &[Code, Name, Level, Parent],
            TableKind::Groups => &[Season, Group, Unit, Remove],
            TableKind::People => &[Code, Name, Unit, Post],
            TableKind::Seats => &[Contest, Seat, Class, Person],
            TableKind::Pairs => &[Season, Unit, Rival, Remove],
            TableKind::Indicators => &[
                Season,
                Code,
                Name,
                Measure,
                Weight,
                Better,
                Rule,
                Step,
                TargetShare,
                Cadence,
                Gate,
                Public,
                Due,
                Source,
                Against,
                Dimension,
                Group,
            ],
            TableKind::Figures => &[
                Season, Period, Indicator, Unit, Value, Target, Raised, Checkpoint,
            ],
            TableKind::Teams => &[Season, Unit, Name, Post, Remove],
            TableKind::Works => &[
                Season, Batch, Number, Kind, Content, Unit, Team, Schedule, Deadline,
            ],
        }
    }

    /// The columns without which the table says nothing.
    #[must_use]
    pub fn required(self) -> &'static [Column] {
        use Column::{
            Batch, Better, Class, Code, Content, Contest, Deadline, Group, Indicator, Kind, Level,
            Name, Number, Period, Rival, Rule, Season, Seat, Unit, Weight,
        };
        match self {
            TableKind::Units => &[Code, Name, Level],
            TableKind::Groups => &[Season, Group, Unit],
            TableKind::People => &[Code, Name],
            TableKind::Seats => &[Contest, Seat, Class],
            TableKind::Pairs => &[Season, Unit, Rival],
            TableKind::Indicators => &[Season, Code, Name, Weight, Better, Rule],
            TableKind::Figures => &[Season, Period, Indicator, Unit],
            TableKind::Teams => &[Season, Unit, Name],
            TableKind::Works => &[Season, Batch, Number, Kind, Content, Unit, Deadline],
        }
    }

    /// What the Chinese template calls a column: people have 姓名, whatever else has a name 名称.
    #[must_use]
    pub fn header(self, column: Column) -> &'static str {
        match (self, column) {
            (TableKind::People | TableKind::Teams, Column::Name) => "姓名",
            (TableKind::Works, Column::Unit) => "责任单位",
            (_, column) => column.chinese_name(),
        }
    }

    /// The header row of the Chinese template.
    #[must_use]
    pub fn headers(self) -> Vec<&'static str> {
        let columns = self.columns().iter();
        columns.map(|column| self.header(*column)).collect()
    }

    /// The table that a sheet or file of this name holds.
    #[must_use]
    pub fn of_name(name: &str) -> Option<TableKind> {
        let name = name.trim().to_lowercase();
        let stem = name.strip_suffix(".csv").unwrap_or(&name);
        let is_named = |kind: &TableKind| stem == kind.name() || stem == kind.chinese_name();
        TableKind::ALL.into_iter().find(is_named)
    }

    /// The one table that has all these headers, where the name says nothing.
    #[must_use]
    pub fn of_headers(headers: &[String]) -> Option<TableKind> {
        let has = |kind: TableKind, column: &Column| {
            headers
                .iter()
                .any(|header| column_of(kind, header) == Some(*column))
        };
        let fits = |kind: &TableKind| {
            let is_told = kind.required().iter().all(|column| has(*kind, column));
            // Units and people both have a code and a name: the other columns tell them apart.
            is_told
                && kind
                    .columns()
                    .iter()
                    .filter(|column| has(*kind, column))
                    .count()
                    > 2
        };
        let mut fitting = TableKind::ALL.into_iter().filter(fits);
        fitting.next().filter(|_| fitting.next().is_none())
    }
}

impl Column {
    /// The header of the Chinese template.
    #[must_use]
    pub fn chinese_name(self) -> &'static str {
        self.names().1.first().copied().unwrap_or_default()
    }

    fn names(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Column::Code => ("code", &["编码", "代码", "编号", "指标编码"]),
            Column::Name => ("name", &["名称", "姓名", "单位名称", "名字", "指标名称"]),
            Column::Level => ("level", &["层级", "级别"]),
            Column::Parent => ("parent", &["上级", "上级编码", "上级单位"]),
            Column::Season => ("season", &["赛季", "年度"]),
            Column::Group => ("group", &["组别"]),
            Column::Unit => ("unit", &["单位", "单位编码", "所在单位", "责任单位"]),
            Column::Post => ("post", &["职务"]),
            Column::Contest => ("contest", &["擂台", "比赛"]),
            Column::Seat => ("seat", &["席位", "席号"]),
            Column::Class => ("class", &["票种", "类别"]),
            Column::Person => ("person", &["人员", "姓名", "评委"]),
            Column::Rival => ("rival", &["对手", "对手单位", "对手编码"]),
            Column::Measure => ("measure", &["计量单位"]),
            Column::Weight => ("weight", &["权重"]),
            Column::Better => ("better", &["方向"]),
            Column::Rule => ("rule", &["计分", "计分办法"]),
            Column::Step => ("step", &["步长"]),
            Column::TargetShare => ("target_share", &["目标占比"]),
            Column::Cadence => ("cadence", &["频次"]),
            Column::Gate => ("gate", &["门槛"]),
            Column::Public => ("public", &["公开"]),
            Column::Due => ("due", &["到期月"]),
            Column::Source => ("source", &["数据来源", "来源"]),
            Column::Period => ("period", &["月份"]),
            Column::Indicator => ("indicator", &["指标", "指标编码", "指标名称"]),
            Column::Value => ("value", &["完成值"]),
            Column::Target => ("target", &["目标值"]),
            Column::Raised => ("raised", &["抬高目标", "竞赛目标"]),
            Column::Checkpoint => ("checkpoint", &["季度目标"]),
            Column::Against => ("against", &["计分目标"]),
            Column::Dimension => ("dimension", &["维度", "竞赛项目"]),
            Column::Remove => ("remove", &["移除"]),
            Column::Batch => ("batch", &["批次"]),
            Column::Number => ("number", &["编号"]),
            Column::Kind => ("kind", &["类别"]),
            Column::Content => ("content", &["内容"]),
            Column::Team => ("team", &["班子"]),
            Column::Schedule => ("schedule", &["时间表"]),
            Column::Deadline => ("deadline", &["期限"]),
        }
    }
}

/// The column of a table that a header names.
#[must_use]
pub fn column_of(kind: TableKind, header: &str) -> Option<Column> {
    let header = header.to_lowercase();
    let is_named = |column: &&Column| {
        let (english, chinese) = column.names();
        header == english || chinese.contains(&header.as_str())
    };
    kind.columns().iter().find(is_named).copied()
}

/// Whether a header may be passed over.
#[must_use]
pub fn is_ignored(header: &str) -> bool {
    header.is_empty() || IGNORED.contains(&header.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headers: &[&str], expected: Option<TableKind>) {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        assert_eq!(TableKind::of_headers(&headers), expected);
    }

    #[test]
    fn a_table_is_known_by_its_headers_in_either_language() {
        check(&["code", "name", "level", "parent"], Some(TableKind::Units));
        check(&["代码", "名称", "级别", "上级"], Some(TableKind::Units));
        check(&["编码", "姓名", "单位", "职务"], Some(TableKind::People));
        check(&["赛季", "组别", "单位"], Some(TableKind::Groups));
        check(&["年度", "组别", "单位"], Some(TableKind::Groups));
        check(&["比赛", "席号", "类别", "人员"], Some(TableKind::Seats));
        check(&["赛季", "单位", "对手"], Some(TableKind::Pairs));
        check(
            &["赛季", "编码", "名称", "权重", "方向", "计分"],
            Some(TableKind::Indicators),
        );
        check(
            &["赛季", "月份", "指标", "单位", "完成值"],
            Some(TableKind::Figures),
        );
        check(&["赛季", "单位", "姓名", "职务"], Some(TableKind::Teams));
        check(
            &["赛季", "批次", "编号", "类别", "内容", "责任单位", "期限"],
            Some(TableKind::Works),
        );
        check(&["编码", "名称"], None);
    }

    /// As everywhere else: a season need not be a year.
    #[test]
    fn a_season_is_headed_as_one() {
        assert_eq!(Column::Season.chinese_name(), "赛季");
    }

    #[test]
    fn a_table_is_known_by_the_name_of_its_sheet_or_file() {
        assert_eq!(TableKind::of_name("Units.csv"), Some(TableKind::Units));
        assert_eq!(TableKind::of_name("席位"), Some(TableKind::Seats));
        assert_eq!(TableKind::of_name("Sheet1"), None);
    }
}
