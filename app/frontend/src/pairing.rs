//! 领取席位: a card and its digits become a seat's or a host's credential, kept strictly before
//! the page says so.

use crate::holders::{HolderRecord, Holders};
use crate::seat_store::{Credential, SeatStore};
use crate::transport::{self, Answer};
use crate::{browser, json};
use app::pad::card_link::CardLink;
use app::pad::view::{Claimed, PairState};
use domain::ids::DeviceId;
use sync::protocol::{
    HolderKind, PROTOCOL_VERSION, PairRefusal, PairRequest, PairResponse, Problem, ProblemCode,
};

const PAIR: &str = "/api/v1/pair";

pub async fn pair(holders: &Holders, link: CardLink, digits: String, takeover: bool) -> PairState {
    let Ok(device) = holders.device_of(link.card).await else {
        return PairState::NotSaved;
    };
    let request = PairRequest {
        protocol: PROTOCOL_VERSION,
        card: link.card,
        secret: link.secret,
        digits,
        device,
        takeover,
    };
    match transport::post::<PairResponse>(PAIR, None, &request).await {
        Answer::Ours(response) => keep(holders, device, response).await,
        Answer::Refused { body, .. } => refusal(&body),
        Answer::NotOurs | Answer::Unreachable => PairState::Unreachable,
    }
}

async fn keep(holders: &Holders, device: DeviceId, response: PairResponse) -> PairState {
    let (kind, seat, contest) = (response.kind, response.seat, response.contest);
    let claimed = match kind {
        HolderKind::Seat => Claimed::Seat(seat),
        HolderKind::Host => Claimed::Host(contest),
        kind if kind.is_field() => Claimed::Field(seat),
        _ => return PairState::Refused(PairRefusal::Unknown),
    };
    let credential = Credential {
        kind,
        contest,
        seat,
        device,
        credential: response.credential,
        token: response.token,
        seat_key: response.seat_key,
        paired_at: browser::wall(),
        expires_at: response.expires_at,
    };
    let holder = HolderRecord {
        kind,
        seat,
        contest,
        contest_title: response.contest_title,
        number: None,
        class_name: String::new(),
        pending: 0,
        owed: None,
    };
    let kept = SeatStore::create(credential).await.is_ok() && holders.put(&holder).await.is_ok();
    if kept {
        PairState::Done(claimed)
    } else {
        PairState::NotSaved
    }
}

fn refusal(body: &str) -> PairState {
    // A refusal that this build does not know reads any word, so what is surely none goes first.
    match json::read::<Problem>(body) {
        Some(problem) if problem.code == ProblemCode::Protocol => {
            PairState::Refused(PairRefusal::Protocol {
                min_protocol: problem.min_protocol,
            })
        }
        Some(_) => PairState::Refused(PairRefusal::Unknown),
        None => json::read(body).map_or(PairState::Unreachable, PairState::Refused),
    }
}
