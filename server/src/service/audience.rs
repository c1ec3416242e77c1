//! Who reads, and which seasons they may see of what. Everything that anybody reads of a month goes
//! through a [`Reader`], which alone decides; whatever it does not let through is answered as if it
//! were not there.

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::Staff;
use app::paths;
use domain::ids::SeasonId;
use domain::month::SeasonCharter;
use domain::month::audience::{Audience, AudienceRule, Surface};
use serde_json::json;

statements! {
    SEASON_AUDIENCES = "select season_id, name, charter_json, link_key from season
        where county_id = $1";
    SEASON_OF_KEY = "select season_id from season
        where county_id = $1 and link_key = $2 and link_key <> ''";
    LINK_KEY = "select link_key from season where season_id = $1";
    LINK_KEY_SET = "update season set link_key = $2 where season_id = $1";
}

/// Somebody who reads, with what the charters of today let them see.
pub struct Reader {
    staff: Option<Staff>,
    seasons: Vec<Circle>,
}

/// A season as one reader may see it.
#[derive(Clone)]
struct Circle {
    season: SeasonId,
    name: String,
    rule: AudienceRule,
    key: String,
    /// The reader opened the season's link of today.
    has_link: bool,
}

impl Reader {
    /// `keys` are those of the links that the reader's browser opened at some time.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(
        store: &Store,
        staff: Option<Staff>,
        keys: &[String],
    ) -> Result<Self, StoreError> {
        let mut tx = store.read().await?;
        let county = tx.county();
        let rows = tx.rows(SEASON_AUDIENCES, &params![county]).await?;
        let seasons: Result<_, StoreError> = rows.iter().map(|row| circle(row, keys)).collect();
        Ok(Self {
            staff,
            seasons: seasons?,
        })
    }

    #[must_use]
    pub fn is_staff(&self) -> bool {
        permission::organiser(self.staff.as_ref()).is_ok()
    }

    /// Whoever has neither an account nor a link.
    #[must_use]
    pub fn everybody(&self) -> Self {
        let without_link = |season: &Circle| Circle {
            has_link: false,
            ..season.clone()
        };
        Self {
            staff: None,
            seasons: self.seasons.iter().map(without_link).collect(),
        }
    }

    /// Lets a reader through to something of a season.
    ///
    /// # Errors
    /// `NotFound`, as where there is no such thing; `SignIn` at what lies behind the staff's door.
    pub fn may(&self, season: SeasonId, surface: Surface) -> Result<(), ServiceError> {
        if self.sees(season, surface) {
            return Ok(());
        }
        match surface {
            Surface::Board => Err(ServiceError::NotFound("month")),
            Surface::Unit => Err(ServiceError::NotFound("unit")),
            Surface::Bulletin => {
                permission::organiser(self.staff.as_ref())?;
                Err(ServiceError::NotFound("month"))
            }
        }
    }

    /// The same as an answer. A season that is not there is as the charters' default has it.
    #[must_use]
    pub fn sees(&self, season: SeasonId, surface: Surface) -> bool {
        self.is_let_in(self.circle_of(season), surface)
    }

    /// The same for a season by its name.
    #[must_use]
    pub fn sees_named(&self, season: &str, surface: Surface) -> bool {
        let known = self.seasons.iter().find(|known| known.name == season);
        self.is_let_in(known, surface)
    }

    fn circle_of(&self, season: SeasonId) -> Option<&Circle> {
        self.seasons.iter().find(|known| known.season == season)
    }

    fn is_let_in(&self, season: Option<&Circle>, surface: Surface) -> bool {
        let rule = season.map(|season| season.rule).unwrap_or_default();
        match rule.of(surface) {
            Audience::Public => true,
            Audience::Link => self.is_staff() || season.is_some_and(|season| season.has_link),
            Audience::Staff => self.is_staff(),
        }
    }

    /// Whether this reader sees a board or a unit that not everybody sees. No cache may keep what
    /// such a reader is answered.
    #[must_use]
    pub fn sees_more(&self) -> bool {
        let is_let_in = |season: &Circle, surface| {
            season.rule.of(surface) != Audience::Public && self.is_let_in(Some(season), surface)
        };
        self.seasons.iter().any(|season| {
            [Surface::Board, Surface::Unit]
                .into_iter()
                .any(|surface| is_let_in(season, surface))
        })
    }

    /// Whether the bulletin was opened to others than staff, and this reader is let in.
    #[must_use]
    pub fn is_offered_bulletin(&self, season: SeasonId) -> bool {
        let known = self.circle_of(season);
        known.is_some_and(|known| known.rule.bulletin != Audience::Staff)
            && self.is_let_in(known, Surface::Bulletin)
    }

    /// The path to pass on to others who may read this: by the season's link where one is asked
    /// for.
    #[must_use]
    pub fn way(&self, season: SeasonId, surface: Surface, path: &str) -> String {
        let by_link = self.circle_of(season).filter(|known| {
            known.rule.of(surface) == Audience::Link
                && !known.key.is_empty()
                && self.is_let_in(Some(known), surface)
        });
        by_link.map_or_else(|| path.to_owned(), |known| paths::by_link(&known.key, path))
    }
}

/// Whether a unit's card says what the board says about the unit itself: a link is for the circle
/// that the unit belongs to.
#[must_use]
pub(super) fn tells_unit(rule: &AudienceRule) -> bool {
    rule.board != Audience::Staff
}

fn circle(row: &Row, keys: &[String]) -> Result<Circle, StoreError> {
    let charter: SeasonCharter = row.json("charter_json")?;
    let key = row.text("link_key")?;
    Ok(Circle {
        season: row.id("season_id")?,
        name: row.text("name")?,
        rule: charter.audience,
        has_link: !key.is_empty() && keys.contains(&key),
        key,
    })
}

/// The season whose link of today has this key.
///
/// # Errors
/// The database failed.
pub async fn season_of(store: &Store, key: &str) -> Result<Option<SeasonId>, ServiceError> {
    let county = store.county().id;
    let row = store.row_opt(SEASON_OF_KEY, &params![county, key]).await?;
    Ok(row.map(|row| row.id("season_id")).transpose()?)
}

/// The key of a season's link, if one was made.
///
/// # Errors
/// The database failed.
pub(super) async fn key(tx: &mut Tx, season: SeasonId) -> Result<Option<String>, StoreError> {
    let key = tx.row(LINK_KEY, &params![season]).await?.text("link_key")?;
    Ok(Some(key).filter(|key| !key.is_empty()))
}

/// Makes the season's link, or another one, which puts an end to the one before.
///
/// # Errors
/// The database failed.
pub(super) async fn renew(tx: &mut Tx, act: &Act, season: SeasonId) -> Result<(), ServiceError> {
    let key = act.chance.secret();
    tx.execute(LINK_KEY_SET, &params![season, key]).await?;
    let what = json!({ "do": "renew_season_link", "season": season });
    act.audit(tx, None, &what).await
}
