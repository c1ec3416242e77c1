//! The three contests of the demo: what they are called, who performs and who marks.

use super::county::TOWNSHIPS;
use app::backend::{NewContest, NewEntry, NewSeats, RosterPage};
use domain::charter::presets;
use domain::ids::Millis;

/// One contest before anything happened in it.
pub struct Plan {
    pub preset: &'static str,
    pub title: &'static str,
    pub subtitle: &'static str,
    pub held_on: &'static str,
    /// Nine in the morning of that day in China.
    pub begins: Millis,
    /// Topics of the entries, by index of [`TOWNSHIPS`].
    pub topics: &'static [(usize, &'static str)],
    pub seats: &'static [(&'static str, u32)],
}

/// Posted with its full result.
pub const POSTED: Plan = Plan {
    preset: "xianyou-six",
    title: "书记擂台赛 第三期",
    subtitle: "和美乡村建设",
    held_on: "2026-10-18",
    begins: Millis(1_792_285_200_000),
    topics: &[
        (0, "稻香示范带"),
        (1, "茶旅融合"),
        (2, "一河两岸整治"),
        (3, "白鹭湖生态修复"),
        (4, "石板老街更新"),
        (5, "果园数字化"),
        (6, "竹产业链"),
        (7, "高山药材"),
        (8, "社区微治理"),
    ],
    seats: &[("A", 7), ("B", 5), ("C", 3), ("D", 3)],
};

/// Under way: some gates closed, one open.
pub const UNDER_WAY: Plan = Plan {
    preset: "nine-judges",
    title: "书记擂台赛 第四期",
    subtitle: "重点项目攻坚",
    held_on: "2026-11-20",
    begins: Millis(1_795_136_400_000),
    topics: &[
        (4, "石桥水库除险"),
        (0, "高标准农田"),
        (6, "竹木加工园二期"),
        (2, "农贸市场搬迁"),
        (9, "滨湖路贯通"),
        (8, "老旧小区改造"),
    ],
    seats: &[("J", 9)],
};

/// Ready, and not begun.
pub const READY: Plan = Plan {
    preset: "linshui-ab",
    title: "书记擂台赛 第五期",
    subtitle: "优化营商环境",
    held_on: "2026-12-12",
    begins: Millis(1_797_037_200_000),
    topics: &[
        (1, "一站式审批"),
        (5, "果农贷款"),
        (10, "民宿集群"),
        (11, "饮品厂扩建"),
    ],
    seats: &[("A", 5), ("B", 8)],
};

impl Plan {
    /// The contest as an organiser would enter it, its entries linked to the units of the roster.
    #[must_use]
    pub fn contest(&self, roster: &RosterPage) -> NewContest {
        let preset = presets().iter().find(|preset| preset.key == self.preset);
        NewContest {
            title: self.title.to_owned(),
            subtitle: self.subtitle.to_owned(),
            held_on: self.held_on.to_owned(),
            place: "县会议中心".to_owned(),
            charter: preset
                .map(|preset| preset.toml.to_owned())
                .unwrap_or_default(),
            entries: self
                .topics
                .iter()
                .map(|topic| entry(roster, topic))
                .collect(),
            seats: self.seats.iter().map(|seats| new_seats(*seats)).collect(),
        }
    }
}

fn entry(roster: &RosterPage, (township, topic): &(usize, &str)) -> NewEntry {
    let name = TOWNSHIPS.get(*township).copied().unwrap_or_default();
    let unit = roster.units.iter().find(|unit| unit.name == name);
    NewEntry {
        name: name.to_owned(),
        topic: (*topic).to_owned(),
        unit: unit.map(|unit| unit.id),
        multiplier: String::new(),
    }
}

fn new_seats((class, count): (&str, u32)) -> NewSeats {
    NewSeats {
        class: class.to_owned(),
        count,
    }
}
