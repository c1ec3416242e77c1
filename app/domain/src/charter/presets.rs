//! The charters that ship with the product, each with the document it comes from. They are files
//! like anybody's own; nothing in the engine knows them.

/// One charter file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Stable; it is in links and stored contests.
    pub key: &'static str,
    /// What the list of presets shows.
    pub title: &'static str,
    /// The charter as TOML.
    pub toml: &'static str,
}

/// All presets, in the order they are offered.
#[must_use]
pub fn presets() -> &'static [Preset] {
    &PRESETS
}

const PRESETS: [Preset; 6] = [
    Preset {
        key: "xianyou-six",
        title: "六比擂台赛（四类评委）",
        toml: include_str!("../../presets/xianyou-six.toml"),
    },
    Preset {
        key: "linshui-ab",
        title: "两票制擂台赛（A 票 60%、B 票 40%）",
        toml: include_str!("../../presets/linshui-ab.toml"),
    },
    Preset {
        key: "nine-judges",
        title: "九名评委，去一高一低取平均",
        toml: include_str!("../../presets/nine-judges.toml"),
    },
    Preset {
        key: "eshan-county",
        title: "三级干部擂台赛（县级）",
        toml: include_str!("../../presets/eshan-county.toml"),
    },
    Preset {
        key: "eshan-section",
        title: "三级干部擂台赛（科级）",
        toml: include_str!("../../presets/eshan-section.toml"),
    },
    Preset {
        key: "eshan-village",
        title: "三级干部擂台赛（村、社区）",
        toml: include_str!("../../presets/eshan-village.toml"),
    },
];
