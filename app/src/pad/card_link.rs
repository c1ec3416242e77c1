//! The link on a card: `/card#<card>.<secret>`. The secret stands in the fragment, which a
//! browser sends to nobody; opening the link changes nothing.

use domain::ids::CardId;
use std::fmt;
use std::str::FromStr;

#[derive(Clone, PartialEq, Eq)]
pub struct CardLink {
    pub card: CardId,
    pub secret: String,
}

/// The fragment is none of ours, or was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCardLink;

impl FromStr for CardLink {
    type Err = BadCardLink;

    /// Reads the fragment, with or without its `#`.
    fn from_str(fragment: &str) -> Result<Self, BadCardLink> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (card, secret) = fragment.split_once('.').ok_or(BadCardLink)?;
        let card = card.parse().map_err(|_| BadCardLink)?;
        if secret.is_empty() {
            return Err(BadCardLink);
        }
        Ok(Self {
            card,
            secret: secret.to_owned(),
        })
    }
}

impl fmt::Display for CardLink {
    /// The fragment without its `#`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.card, self.secret)
    }
}

// The secret never reaches a log by way of a derived `Debug`.
impl fmt::Debug for CardLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardLink")
            .field("card", &self.card)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "0192aa00-0000-7000-8000-000000000001";

    #[test]
    fn a_link_is_read_back_as_it_was_written() {
        let link: CardLink = format!("#{CARD}.s3cret-._~").parse().expect("a card link");
        assert_eq!(link.secret, "s3cret-._~");
        assert_eq!(link.to_string().parse(), Ok(link));
    }

    #[test]
    fn a_fragment_that_was_cut_off_is_told_apart() {
        for fragment in ["", "#", CARD, &format!("{CARD}."), "#x.y"] {
            assert_eq!(fragment.parse::<CardLink>(), Err(BadCardLink), "{fragment}");
        }
    }
}
