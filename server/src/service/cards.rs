//! The cards of a contest as they are printed: a link with the card's secret in its fragment, drawn
//! as a QR code, and four digits under the fold.

use super::contests;
use super::desk::pads::{self, CardRecord, Hearing};
use super::error::ServiceError;
use super::permission;
use super::qr;
use super::record::{ContestRecord, SeatRecord, load};
use crate::store::Store;
use app::backend::{Capability, CardPrint, CardSheet, CardState, Cards, HostCard};
use app::paths;
use domain::ids::{AccountId, CardId, ContestId, Millis};

/// Why no card may be printed. The interface says it in a sentence.
pub const NOT_SECURE: &str = "public_url_not_secure";

/// Where the links lead, and whether a phone can be offline there.
#[derive(Clone, Copy, Debug)]
pub struct CardAddress<'a> {
    pub public_url: &'a str,
    pub is_secure: bool,
}

impl CardAddress<'_> {
    /// The link by which a season is read.
    #[must_use]
    pub fn of_season(self, key: &str) -> String {
        format!("{}{}", self.public_url, paths::by_link(key, ""))
    }
}

/// The cards of every seat and of the host; whoever may organise can print them. Without a secure
/// address none is drawn: a phone that opened such a link could not be offline, and the secret
/// would cross the network in the open.
///
/// # Errors
/// There is no such contest, or the database failed.
pub async fn cards(
    store: &Store,
    account: AccountId,
    contest: ContestId,
    address: CardAddress<'_>,
    (hearing, now): (&dyn Hearing, Millis),
) -> Result<Cards, ServiceError> {
    let mut tx = store.read().await?;
    // Whoever reads a card can pair with it, and so score in the seat's place.
    let may = permission::capabilities(&mut tx, account).await?;
    let may_print = may.contains(&Capability::Organise);
    let print = |card: Option<&CardRecord>| print(card, address).filter(|_| may_print);
    let record = load(&mut tx, contest).await?;
    let cards = pads::cards(&mut tx, contest).await?;
    let host = pads::host_card(&mut tx, contest).await?;
    let tablet = pads::host_pad(&mut tx, contest, hearing).await?;
    let (charter, roster) = (record.charter_version, record.roster_version);
    let sheet = |seat: &SeatRecord| {
        let card = cards.get(&seat.id);
        card_sheet(&record, seat, (card, print(card)))
    };
    Ok(Cards {
        card: contests::card(store, &record),
        refused: (!address.is_secure).then(|| NOT_SECURE.to_owned()),
        sheets: record.seats.iter().map(sheet).collect(),
        host: HostCard {
            state: state(host.as_ref()),
            print: print(host.as_ref()),
            pairing: tablet.map(|tablet| tablet.pairing(charter, roster, now)),
        },
    })
}

/// The link of a card. Its secret stands behind `#`, so no server on the way ever sees it.
#[must_use]
pub fn card_url(public_url: &str, card: CardId, secret: &str) -> String {
    format!("{public_url}/card#{card}.{secret}")
}

fn card_sheet(
    record: &ContestRecord,
    seat: &SeatRecord,
    (card, print): (Option<&CardRecord>, Option<CardPrint>),
) -> CardSheet {
    CardSheet {
        number: seat.number,
        class_name: record.class_name(&seat.class),
        person: seat.person.clone(),
        state: state(card),
        print,
    }
}

pub(super) fn state(card: Option<&CardRecord>) -> CardState {
    card.map_or(CardState::None, CardRecord::state)
}

/// None for a card that does not work, or must not be drawn for this address.
pub(super) fn print(card: Option<&CardRecord>, address: CardAddress<'_>) -> Option<CardPrint> {
    let card = card.filter(|card| !card.withdrawn && address.is_secure)?;
    let url = card_url(address.public_url, card.id, &card.secret);
    let code = qr::draw(&url)?;
    Some(CardPrint {
        url,
        qr_path: code.path,
        qr_size: code.size,
        digits: card.digits.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_secret_stands_in_the_fragment() {
        let url = card_url("https://leitai.example", CardId(Uuid::nil()), "ab");
        let id = "00000000-0000-0000-0000-000000000000";
        assert_eq!(url, format!("https://leitai.example/card#{id}.ab"));
    }
}
