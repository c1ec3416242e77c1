//! A charter as its author wrote it: every decimal a string, every choice a word, nothing checked.
//! This is the shape that files, the database and the phones carry; [`super::Charter::from_draft`]
//! turns it into rules.

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

/// The whole charter. What is left out takes the default that the checked type documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CharterDraft {
    pub title: String,
    pub version: String,
    /// Where the rule comes from; printed under every result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What the criteria must total, factor x max (XY-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_mark: Option<String>,
    /// `seat` or `criterion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trim_by: Option<String>,
    /// `exclude`, `hold` or `zero`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// `hold` or `reweight`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_absent: Option<String>,
    /// Whether an entry may carry a multiplier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiplier: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<String>,
    /// `rounded` or `exact`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tie_on: Option<String>,
    /// `standard` (1, 1, 3) or `dense` (1, 1, 2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// Whether public pages may carry the names of persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names_public: Option<bool>,
    pub rounding: RoundingDraft,
    pub offline: OfflineDraft,
    pub criteria: Vec<CriterionDraft>,
    pub classes: Vec<ClassDraft>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieDraft>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<PhaseDraft>,
}

/// One `[[criteria]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CriterionDraft {
    pub key: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelDraft>,
}

/// One level descriptor (档次说明) of a criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LevelDraft {
    pub from: String,
    pub to: String,
    pub name: String,
    pub text: String,
}

/// One `[[classes]]`: a class of voters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClassDraft {
    pub key: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// Keys of the criteria that the class marks; left out, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Vec<String>>,
    /// `mean`, `median` or `sum`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trim: Option<TrimDraft>,
}

/// The trim of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrimDraft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_panel: Option<Count>,
    /// `untrimmed` or `hold`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<String>,
}

/// `[rounding]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RoundingDraft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Count>,
    /// Only `half-up`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    pub stages: StagesDraft,
}

/// `[rounding.stages]`: the places of each stage that rounds before the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StagesDraft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub panel: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factored: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Count>,
}

/// `[offline]`: what a sheet sealed without network must satisfy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfflineDraft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance_seconds: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strict: Option<bool>,
}

/// One step of the tie ladder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TieDraft {
    /// `untrimmed_mean`, `class`, `criterion`, `fewer_deductions`, `run_off` or `shared`.
    pub step: String,
    /// The class or criterion that the step names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// One `[[phases]]`: a part of an entry's time on the arena (ES-9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhaseDraft {
    pub key: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Count>,
}

/// A whole number as authored: a string of digits, or an integer where the format has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Count(pub String);

impl From<u32> for Count {
    fn from(value: u32) -> Count {
        Count(value.to_string())
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Count, D::Error> {
        deserializer.deserialize_any(CountVisitor)
    }
}

struct CountVisitor;

impl de::Visitor<'_> for CountVisitor {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Count, E> {
        Ok(Count(text.to_owned()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Count, E> {
        Ok(Count(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Count, E> {
        Ok(Count(value.to_string()))
    }
}
