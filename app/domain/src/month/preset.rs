//! Season presets: what other places published of their rules, as charters to begin from. Each
//! names its source, and says what is not in it.

use super::audience::AudienceRule;
use super::board::BoardRule;
use super::cadence::{self, CadenceRule, Every, Output, Owner};
use super::charter::{
    Again, BLACK_DAYS, BehindRule, Document, FlagRule, LadderRule, Missing, SeasonCharter, Side,
    week,
};
use super::item::CheckItem;
use super::ladder::{Ground, LadderPreset};
use super::leader::{LeaderRule, Share};
use crate::number::Decimal;
use serde::{Deserialize, Serialize};

/// Where a rule of the preset is not in its source.
const REST: &str = "；其余照灌云县“比学争赶超”结对竞赛，步长、位数、各种期限为本系统预设";
/// Flags of each colour in a group.
const FLAGS: u32 = 3;
/// Days after the month by which the figures are looked through, and posted (P12).
const LOOKED_THROUGH: u32 = 20;
const POSTED: u32 = 25;
/// Days after two months by which they are reviewed, and whoever is behind speaks (P5): ours.
const REVIEWED: u32 = 20;
/// In micros of a point: for the first, second and third of a group (P12).
const BONUS: [i64; 3] = [500_000, 300_000, 100_000];

/// An item: its dimension, name, points in micros, and cap in micros.
type Item = (&'static str, &'static str, i64, i64);
/// The dimensions are the source's (ES-3), what is looked at and its points are ours.
const ITEMS: [Item; 9] = [
    ("责任落实", "责任到户到人，台账清楚", 1_000_000, 2_000_000),
    ("责任落实", "“门前三包”没有落实", -1_000_000, 5_000_000),
    ("责任落实", "交办事项逾期没有办", -2_000_000, 6_000_000),
    ("问题化解", "交办的问题按期办结", 1_000_000, 5_000_000),
    ("问题化解", "自己发现并解决问题", 500_000, 2_000_000),
    ("问题化解", "办结的问题又反弹", -2_000_000, 6_000_000),
    ("服务成效", "房前屋后整洁有序", 1_000_000, 3_000_000),
    ("服务成效", "道路、河道有垃圾", -1_000_000, 5_000_000),
    ("服务成效", "群众反映属实的问题", -1_000_000, 5_000_000),
];
/// Honours by their level, each given by a document (XY-15): that they count is the source's, how
/// much is ours.
const HONOURS: [Item; 4] = [
    ("荣誉", "国家级荣誉", 5_000_000, 5_000_000),
    ("荣誉", "省级荣誉", 3_000_000, 6_000_000),
    ("荣誉", "市级荣誉", 2_000_000, 4_000_000),
    ("荣誉", "县级荣誉", 1_000_000, 2_000_000),
];

impl SeasonCharter {
    /// 灌云: three red and three yellow flags a group, 提醒单, 督办单, 约谈 (GY-13, GY-18, GY-19),
    /// with the lists of 云南 (P6).
    #[must_use]
    pub fn guanyun() -> Self {
        let flag = |name: &str, side| FlagRule {
            name: name.to_owned(),
            side,
            count: 3,
        };
        Self {
            title: "比学争赶超月度竞赛".to_owned(),
            source: "灌云县“比学争赶超”结对竞赛（《唯实》2018年11月）；\
                     红黑榜名额照云南各乡镇十红五黑；步长、位数、申诉期、黑榜公示天数、日历期限为本系统预设"
                .to_owned(),
            places: 2,
            missing: Missing::Hold,
            top_bonus: Vec::new(),
            board: BoardRule::default(),
            behind: BehindRule::default(),
            flags: vec![flag("红旗", Side::Top), flag("黄旗", Side::Bottom)],
            ladder: LadderPreset::Guanyun.rows(),
            spots: false,
            red_names: true,
            items: Vec::new(),
            items_only: false,
            merit_photos: false,
            cadence: cadence::preset(),
            outcomes: Vec::new(),
            year: None,
            leaders: Some(LeaderRule {
                visits: 1,
                share: Share::Mean,
            }),
            pledges: false,
            black_days: BLACK_DAYS,
            appeal_days: week(),
            audience: AudienceRule::default(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeasonPreset {
    /// Pairs, red and yellow flags, 提醒单, 督办单, 约谈, with ten red and five black (P6).
    #[default]
    Guanyun,
    /// 流动红旗 and 灰旗, and a talk with the last three of each group together (P3).
    Jiangshan,
    /// Red and yellow flags, and a statement by the last three (P4).
    Jiantou,
    /// 海豚奖 and 海龟奖 (WZ-17).
    Dongtou,
    /// Red and black spots beside the lists (P7).
    Xincheng,
    /// Slips in blue, orange and red (P8), and a talk with the third red one in a row (P11).
    ThreeColours,
    /// Points for the first three that met every gate, and the days of a month (P12).
    Assessment,
    /// Check items in three dimensions (ES-3), and honours by their level (XY-15).
    Eshan,
    /// Posted every two months; the numbers of the flags are set before each posting (P5).
    Jingzhou,
    /// Slips in blue, yellow and red for what is nearly due, behind time and past due (P9).
    Suqian,
    /// A slip for what is past due. Yellow three days before a last day and red after it are the
    /// lights of every season, [`super::deadline`] (P10).
    Xian,
    /// A red card for each month behind, and a talk with the third in a row (P11).
    Longchang,
}

impl SeasonPreset {
    pub const ALL: [Self; 12] = [
        Self::Guanyun,
        Self::Jiangshan,
        Self::Jiantou,
        Self::Dongtou,
        Self::Xincheng,
        Self::ThreeColours,
        Self::Assessment,
        Self::Eshan,
        Self::Jingzhou,
        Self::Suqian,
        Self::Xian,
        Self::Longchang,
    ];

    #[must_use]
    pub fn charter(self) -> SeasonCharter {
        let mut charter = SeasonCharter::guanyun();
        let Some((source, title)) = self.source() else {
            return charter;
        };
        charter.title = title.to_owned();
        charter.source = [source, REST].concat();
        self.differ(&mut charter);
        charter
    }

    /// Where it was published, and the title of its season; nothing of 灌云, whose charter says so.
    fn source(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Guanyun => return None,
            Self::Jiangshan => (
                "江山市创文擂台（bbs.gtxh.com/kuai/2022/0415/104509.html）",
                "月度擂台",
            ),
            Self::Jiantou => (
                "新田县枧头镇每月检查评比（p2.ttnews.xyz/a/5cb30813）",
                "每月检查评比",
            ),
            Self::Dongtou => ("洞头区海豚奖、海龟奖（正反面褒贬）", "月度竞赛"),
            Self::Xincheng => (
                "新城镇红榜、红点、黑榜、黑点（jianpian.cn/a/1g4g8hza）",
                "红黑榜月评",
            ),
            Self::ThreeColours => (
                "三明市三色督查单（m.mnw.cn/news/sm/1855869.html）；连续三张红单约谈照隆昌市\
                 （lucas56.com/xsd/2020-03-13/20507.html）",
                "月度督查",
            ),
            Self::Assessment => (
                "经济指标月度评估办法（m.wnwk.com/doc/1934906.html）",
                "经济指标月度评估",
            ),
            Self::Eshan => (
                "峨山县岔河乡红黑榜（《玉溪日报》2022年5月25日）的责任落实、问题化解、服务成效三方面，\
                 荣誉按级别加分照仙游县十大比武；检查项目、荣誉各级的分值和封顶均为本系统预设",
                "红黑榜月评",
            ),
            Self::Jingzhou => (
                "靖州县双月讲评（property-made.com/20231109，转新华社）：红旗、黄旗的面数不固定，\
                 有一次黄旗15面、红旗6面，下一次黄旗5面、红旗14面，每次讲评前在规则里定，\
                 这里先按每组各三面；单月不发布，计分的记录要记在双月，季度指标只在六月、十二月计分",
                "双月讲评",
            ),
            Self::Suqian => (
                "宿迁产发三色督办单（sqgzw.suqian.gov.cn，c520c452）：临近期限为蓝，进度滞后为黄，\
                 逾期为红，到办结为止。这里按指标的到期月算：到期前一个月没有完成提蓝单，\
                 到期没有完成每月提红单，落后序时每月提黄单；质量不高不由系统认定",
                "三色督办",
            ),
            Self::Xian => (
                "西安市纪委（qinfeng.gov.cn/info/1025/3058.htm）：期限前三天起亮黄灯，过期亮红灯。\
                 这里亮灯的是发出的单子和日历上的事，指标到了到期月没有完成就提督办单；\
                 不向所有人弹窗",
                "限时督办",
            ),
            Self::Longchang => (
                "隆昌市红黄绿牌（lucas56.com/xsd/2020-03-13/20507.html）：连续三张红牌约谈。\
                 这里落后一个公布的月份提一张红牌；没有黄牌、绿牌和每日检查曝光",
                "月度评比",
            ),
        })
    }

    /// In what the preset differs from 灌云.
    fn differ(self, charter: &mut SeasonCharter) {
        match self {
            Self::Guanyun => {}
            Self::Jiangshan => {
                charter.flags = flags("流动红旗", "灰旗");
                charter.ladder = vec![step("集体约谈", Document::Talk)];
            }
            Self::Jiantou => charter.ladder = vec![step("表态发言", Document::Slip)],
            Self::Dongtou => charter.flags = flags("海豚奖", "海龟奖"),
            Self::Xincheng => charter.spots = true,
            Self::ThreeColours => charter.ladder = LadderPreset::ThreeColours.rows(),
            Self::Suqian => charter.ladder = LadderPreset::Suqian.rows(),
            Self::Xian => charter.ladder = LadderPreset::Xian.rows(),
            Self::Longchang => charter.ladder = LadderPreset::Longchang.rows(),
            Self::Jingzhou => charter.cadence.iter_mut().for_each(every_two_months),
            Self::Eshan => {
                let items = ITEMS.into_iter().map(|row| item(row, false));
                let honours = HONOURS.into_iter().map(|row| item(row, true));
                charter.items = items.chain(honours).collect();
            }
            Self::Assessment => {
                charter.top_bonus = BONUS.into_iter().filter_map(Decimal::from_micros).collect();
                let posting = charter.cadence.iter_mut();
                for row in posting.filter(|row| row.output == Output::Posting) {
                    row.days_after = POSTED;
                }
                charter.cadence.push(CadenceRule {
                    name: "统计审核".to_owned(),
                    every: Every::Month,
                    days_after: LOOKED_THROUGH,
                    owner: Owner::Confirm,
                    output: Output::Assessment,
                });
            }
        }
    }
}

/// What is posted every month is posted every two, and whoever is behind speaks after it.
fn every_two_months(row: &mut CadenceRule) {
    match row.output {
        Output::Posting => {
            row.name = "双月讲评".to_owned();
            row.every = Every::TwoMonths;
            row.days_after = REVIEWED;
        }
        Output::Speeches => row.days_after = REVIEWED,
        Output::Records | Output::Hearing | Output::Assessment => {}
    }
}

fn item((dimension, name, points, cap): Item, has_document: bool) -> CheckItem {
    CheckItem {
        dimension: dimension.to_owned(),
        name: name.to_owned(),
        points: Decimal::from_micros(points).unwrap_or_default(),
        cap: Decimal::from_micros(cap),
        has_document,
    }
}

fn flags(top: &str, bottom: &str) -> Vec<FlagRule> {
    let flag = |(name, side): (&str, Side)| FlagRule {
        name: name.to_owned(),
        side,
        count: FLAGS,
    };
    [(top, Side::Top), (bottom, Side::Bottom)]
        .map(flag)
        .to_vec()
}

/// What follows each month in which a unit is behind.
fn step(name: &str, document: Document) -> LadderRule {
    LadderRule {
        name: name.to_owned(),
        document,
        ground: Ground::Behind,
        months: 1,
        overdue: false,
        again: Again::EveryMonth,
        colour: None,
    }
}
