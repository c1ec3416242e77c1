//! The three contests: one that is over and posted, one in which four have performed so far, one
//! that has not begun.

use super::contests::{POSTED, READY, UNDER_WAY};
use super::marks::{Wanted, sealed_at};
use super::phones::{Phone, Seal, Take};
use super::story::{Hall, Story};
use crate::clock::Clock as _;
use crate::service::desk::pads;
use crate::service::error::ServiceError;
use crate::service::record::EntryRecord;
use app::backend::DeskCommand;
use domain::ids::{Millis, Seq};
use sync::protocol::{OfflineSeal, SheetMark, SignedOp};

/// What each entry of the posted contest is worth, in thousandths; the last one does not perform.
const WORTHS: [i64; 8] = [905, 868, 842, 925, 820, 775, 851, 868];
/// The entry that comes out equal to [`LIKE`] but for one mark that the trim strikes.
const TIED: usize = 7;
const LIKE: usize = 1;
/// The entry that one seat marks without network, and that seat.
const OFFLINE: (usize, u32) = (3, 12);
/// Half a point, in thousandths.
const HALF: i64 = 500;

/// What each entry of the contest under way is worth.
const WORTHS_UNDER_WAY: [i64; 4] = [880, 846, 902, 861];
/// Seats that have already sent a sheet while the fourth gate stands open.
const QUICK_SEATS: u32 = 5;

/// A contest from its making to its result.
///
/// # Errors
/// A service refused, which the demo's test rules out. So with the chapters below.
pub async fn posted(story: &Story) -> Result<(), ServiceError> {
    let contest = story.make(&POSTED).await?;
    let mut hall = story.gather(contest, &POSTED).await?;
    explain_gaps(story, &hall).await?;
    let mut late: Option<SignedOp> = None;
    for (index, worth) in WORTHS.into_iter().enumerate() {
        let entry = story.open(&hall, index).await?;
        let unsent = mark_all(story, &mut hall, &entry, (index, worth)).await?;
        let reason = if unsent.is_some() {
            "12号席断网，已在本机封签"
        } else {
            ""
        };
        story.close(&hall, index, reason).await?;
        late = late.or(unsent);
    }
    let slow = hall.entry(4)?;
    let (points, reason) = ("0.5".to_owned(), "超时 40 秒".to_owned());
    story
        .say(
            contest,
            DeskCommand::Deduct {
                entry: slow,
                points,
                reason,
            },
        )
        .await?;
    send(story, &hall, OFFLINE.1, late.into_iter().collect()).await?;
    story.clock.pass(15 * 60);
    story
        .say(
            contest,
            DeskCommand::Post {
                reason: String::new(),
            },
        )
        .await
}

/// A contest in which three gates are closed and the fourth is open.
pub async fn under_way(story: &Story) -> Result<(), ServiceError> {
    let contest = story.make(&UNDER_WAY).await?;
    let mut hall = story.gather(contest, &UNDER_WAY).await?;
    let [first, second, third, fourth] = WORTHS_UNDER_WAY;
    let entry = story.open(&hall, 0).await?;
    mark_seats(story, &mut hall, &entry, (0, first), 1..=9).await?;
    story.close(&hall, 0, "").await?;

    let entry = story.open(&hall, 1).await?;
    mark_seats(
        story,
        &mut hall,
        &entry,
        (1, second),
        [1, 2, 3, 4, 5, 6, 8, 9],
    )
    .await?;
    story.close(&hall, 1, "7号席没有交卷").await?;
    send_late(story, &mut hall, &entry, second).await?;

    let entry = story.open(&hall, 2).await?;
    mark_seats(story, &mut hall, &entry, (2, third), 1..=9).await?;
    mark_twice(story, &mut hall, &entry, third).await?;
    story.close(&hall, 2, "3号席两份不一致").await?;

    let entry = story.open(&hall, 3).await?;
    mark_seats(story, &mut hall, &entry, (3, fourth), 1..=QUICK_SEATS).await
}

/// A contest whose cards can be printed.
pub async fn ready(story: &Story) -> Result<(), ServiceError> {
    story.make(&READY).await?;
    Ok(())
}

/// Who does not mark, who is not there, and who does not perform after all.
async fn explain_gaps(story: &Story, hall: &Hall) -> Result<(), ServiceError> {
    let recuse = DeskCommand::Recuse {
        seat: hall.seat(2)?,
        entry: hall.entry(2)?,
        reason: "挂钩联系该镇".to_owned(),
    };
    let excuse = DeskCommand::Excuse {
        seat: hall.seat(18)?,
        entry: Some(hall.entry(5)?),
        reason: "中途离会".to_owned(),
    };
    let withdraw = DeskCommand::WithdrawEntry {
        entry: hall.entry(8)?,
        reason: "防汛值守，不能到场".to_owned(),
    };
    for what in [recuse, excuse, withdraw] {
        story.say(hall.contest, what).await?;
    }
    Ok(())
}

/// Every seat that may marks the entry. What was sealed without network is answered, not sent.
async fn mark_all(
    story: &Story,
    hall: &mut Hall,
    entry: &EntryRecord,
    (index, worth): (usize, i64),
) -> Result<Option<SignedOp>, ServiceError> {
    let opened = story.clock.wall();
    let record = story.record(hall.contest).await?;
    let like = if index == TIED { LIKE } else { index };
    let best = best_seat(&hall.phones, like, worth);
    let mut unsent = None;
    for phone in &mut hall.phones {
        let seat = phone.seat_id();
        let is_out = record.recusal(seat, entry.id).is_some();
        if is_out || record.absence(seat, entry.id).is_some() {
            continue;
        }
        let mut marks = phone.marks(wanted(like, phone.seat(), worth));
        if index == TIED && phone.seat() == best {
            raise(&mut marks);
        }
        if (index, phone.seat()) == OFFLINE {
            let seal = sealed_offline(entry, sealed_at(opened, phone.seat()));
            unsent = Some(phone.seal(&story.chance, entry, marks, seal)?);
        } else {
            phone
                .mark(&story.store, &story.chance, entry, marks, opened)
                .await?;
        }
    }
    Ok(unsent)
}

/// The seat of the first class that gives most: the one whose number the trim strikes.
fn best_seat(phones: &[Phone], like: usize, worth: i64) -> u32 {
    let first = phones.first().map(Phone::class);
    let of_class = phones.iter().filter(|phone| Some(phone.class()) == first);
    let total = |phone: &&Phone| -> i64 {
        let marks = phone.marks(wanted(like, phone.seat(), worth));
        marks.iter().filter_map(|mark| mark.millis).sum()
    };
    of_class.max_by_key(total).map_or(0, Phone::seat)
}

/// Half a point more on the first criterion.
fn raise(marks: &mut [SheetMark]) {
    if let Some(mark) = marks.first_mut() {
        mark.millis = mark.millis.map(|millis| millis + HALF);
    }
}

async fn mark_seats(
    story: &Story,
    hall: &mut Hall,
    entry: &EntryRecord,
    (index, worth): (usize, i64),
    seats: impl IntoIterator<Item = u32>,
) -> Result<(), ServiceError> {
    let opened = story.clock.wall();
    for seat in seats {
        let Some(phone) = hall.phones.iter_mut().find(|phone| phone.seat() == seat) else {
            continue;
        };
        let marks = phone.marks(wanted(index, seat, worth));
        phone
            .mark(&story.store, &story.chance, entry, marks, opened)
            .await?;
    }
    Ok(())
}

/// Seat 7 was without network and sealed five minutes after the close: quarantined.
async fn send_late(
    story: &Story,
    hall: &mut Hall,
    entry: &EntryRecord,
    worth: i64,
) -> Result<(), ServiceError> {
    const SEAT: u32 = 7;
    story.clock.pass(5 * 60);
    let Some(phone) = hall.phones.iter_mut().find(|phone| phone.seat() == SEAT) else {
        return Err(ServiceError::NotFound("seat"));
    };
    let marks = phone.marks(wanted(1, SEAT, worth));
    let seal = sealed_offline(entry, story.clock.wall());
    let op = phone.seal(&story.chance, entry, marks, seal)?;
    send(story, hall, SEAT, vec![op]).await
}

/// Seat 3 takes a second phone, which does not know what the first one sealed: two versions.
async fn mark_twice(
    story: &Story,
    hall: &mut Hall,
    entry: &EntryRecord,
    worth: i64,
) -> Result<(), ServiceError> {
    const SEAT: u32 = 3;
    let index = hall.phones.iter().position(|phone| phone.seat() == SEAT);
    let first = index.and_then(|index| hall.phones.get_mut(index));
    let first = first.ok_or(ServiceError::NotFound("seat"))?;
    let cards = pads::cards(&mut story.store.read().await?, hall.contest).await?;
    let seat = hall.record.seats.iter().find(|seat| seat.number == SEAT);
    let seat = seat.ok_or(ServiceError::NotFound("seat"))?;
    let card = cards
        .get(&seat.id)
        .ok_or(ServiceError::NotFound("card"))?
        .id;
    story.clock.pass(2 * 60);
    let take = Take {
        card,
        from: Some(first),
        now: story.clock.wall(),
    };
    let mut second = Phone::pair(&story.store, &story.chance, &hall.record, seat, take).await?;
    let mut marks = second.marks(wanted(2, SEAT, worth));
    raise(&mut marks);
    second
        .mark(
            &story.store,
            &story.chance,
            entry,
            marks,
            story.clock.wall(),
        )
        .await?;
    *first = second;
    Ok(())
}

async fn send(
    story: &Story,
    hall: &Hall,
    seat: u32,
    ops: Vec<SignedOp>,
) -> Result<(), ServiceError> {
    let phone = hall.phones.iter().find(|phone| phone.seat() == seat);
    let phone = phone.ok_or(ServiceError::NotFound("seat"))?;
    phone.send(&story.store, ops, story.clock.wall()).await
}

fn wanted(index: usize, seat: u32, worth: i64) -> Wanted {
    Wanted {
        worth,
        key: (u32::try_from(index).unwrap_or_default(), seat),
    }
}

/// A seal of a pad whose last word from the host was that the gate is open.
fn sealed_offline(entry: &EntryRecord, recorded_at: Millis) -> Seal {
    let heard = entry
        .window
        .as_ref()
        .map_or(Seq(0), |window| window.opened_seq);
    let offline = OfflineSeal {
        last_seq: heard,
        heard_attempt: entry.gate.attempt,
        clock_offset_ms: Some(0),
    };
    Seal {
        offline: Some(offline),
        recorded_at,
    }
}
