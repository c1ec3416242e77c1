//! Photos of records (ES-3). An op announces one by its hash; the phone brings the bytes once the
//! op is here, and takes them off its disk when they are. Invariant: nobody sees a photo who does
//! not see its record.

use crate::assets::hex;
use crate::service::error::ServiceError;
use crate::service::holder::Holder;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use domain::ids::{LinkId, Millis, OpId};
use domain::month::SeasonCharter;
use sha2::{Digest as _, Sha256};
use sync::protocol::{FieldAct, PHOTO_BYTES_MAX, PhotoName, PhotoState};

/// How a JPEG begins and ends.
const JPEG: ([u8; 3], [u8; 2]) = ([0xFF, 0xD8, 0xFF], [0xFF, 0xD9]);

statements! {
    PHOTO_CHARTER = "select s.charter_json from link l join season s on s.season_id = l.season_id
        where l.link_id = $1 and l.county_id = $2";
    PHOTO_ANNOUNCE = "insert into photo (op_id, county_id, sha256, size) values ($1, $2, $3, $4)";
    PHOTO_ANNOUNCED = "select p.sha256, p.received_at from field_op o
        left join photo p on p.op_id = o.op_id
        where o.op_id = $1 and o.link_id = $2 and o.county_id = $3";
    PHOTO_KEEP = "update photo set bytes = $2, credential_id = $3, received_at = $4
        where op_id = $1";
    PHOTO_FOR_STAFF = "select bytes from photo
        where op_id = $1 and county_id = $2 and received_at is not null";
    /// An inspector sees what it sent, a unit what was confirmed about it or it said something to,
    /// a confirmer what it may decide about or decided: as in the views of their cards.
    PHOTO_FOR_LINK = "select p.bytes from photo p
        join field_op o on o.op_id = p.op_id
        join link l on l.link_id = $2
        left join merit m on m.merit_id = p.op_id and m.season_id = l.season_id
        left join season s on s.season_id = m.season_id
        left join unit_group g on g.county_id = m.county_id and g.season = s.name
            and g.unit_id = m.unit_id
        where p.op_id = $1 and p.county_id = $3 and p.received_at is not null and (
            o.link_id = l.link_id
            or (l.kind = 'unit' and m.unit_id = l.unit_id and (m.state = 'confirmed'
                or exists (select 1 from appeal a where a.merit_id = m.merit_id)
                or exists (select 1 from merit_reply r where r.merit_id = m.merit_id)))
            or (l.kind = 'confirmer' and m.merit_id is not null
                and (l.scope = '' or g.name = l.scope)
                and (m.decided_link = l.link_id or (m.state = 'recorded'
                    and not exists (select 1 from closed_month c
                        where c.season_id = m.season_id and c.period = m.period)))))";
}

/// Notes the photo that an op says is still to come, where the season takes photos.
///
/// # Errors
/// The database failed.
pub(super) async fn announce(
    tx: &mut Tx,
    (link, op): (LinkId, OpId),
    said: Option<&FieldAct>,
) -> Result<(), ServiceError> {
    let Some(photo) = said.and_then(photo_of).filter(|photo| photo.is_sound()) else {
        return Ok(());
    };
    let county = tx.county();
    let season = tx.row(PHOTO_CHARTER, &params![link, county]).await?;
    let charter: SeasonCharter = season.json("charter_json")?;
    if charter.merit_photos {
        let row = params![op, county, photo.sha256.as_str(), photo.size];
        tx.execute(PHOTO_ANNOUNCE, &row).await?;
    }
    Ok(())
}

fn photo_of(said: &FieldAct) -> Option<&PhotoName> {
    match said {
        FieldAct::Record(record) => record.photo.as_ref(),
        _ => None,
    }
}

/// Keeps the photo of an op, from any device that the op's card was ever on: also one that lost it,
/// as with ops. The same bytes again change nothing. Answers their SHA-256.
///
/// # Errors
/// `NotFound`: the op is not here yet, or is another card's. `Conflict`: it announced no photo, or
/// other bytes. `Invalid`: it is no JPEG, or too large. Or the database failed.
pub async fn take(
    store: &Store,
    holder: &Holder,
    op: OpId,
    bytes: Vec<u8>,
    now: Millis,
) -> Result<String, ServiceError> {
    let link = holder.link.ok_or(ServiceError::Forbidden)?;
    if PHOTO_BYTES_MAX < bytes.len() {
        return Err(ServiceError::invalid("photo", "too_large"));
    }
    if !bytes.starts_with(&JPEG.0) || !bytes.ends_with(&JPEG.1) {
        return Err(ServiceError::invalid("photo", "no_jpeg"));
    }
    let sha256 = hex(&Sha256::digest(&bytes));
    let credential = holder.credential;
    let kept = store.write(move |tx| {
        Box::pin(async move {
            let asked = params![op, link, tx.county()];
            let row = tx.row_opt(PHOTO_ANNOUNCED, &asked).await?;
            let row = row.ok_or(ServiceError::NotFound("op"))?;
            let announced = row.text_opt("sha256")?;
            let announced = announced.ok_or(ServiceError::Conflict("photo_unannounced"))?;
            if announced != sha256 {
                return Err(ServiceError::Conflict("photo_differs"));
            }
            if row.millis_opt("received_at")?.is_none() {
                tx.execute(PHOTO_KEEP, &params![op, bytes, credential, now])
                    .await?;
            }
            Ok(sha256)
        })
    });
    kept.await
}

/// The photo of a record that a card sees.
///
/// # Errors
/// `NotFound`: the photo is not here, or the card does not see the record.
pub async fn of_link(store: &Store, holder: &Holder, op: OpId) -> Result<Vec<u8>, ServiceError> {
    let link = holder.link.ok_or(ServiceError::Forbidden)?;
    let mut tx = store.read().await?;
    let asked = params![op, link, tx.county()];
    read(tx.row_opt(PHOTO_FOR_LINK, &asked).await?)
}

/// The photo of a record for an account: every one sees the month's desk, and with it the records.
///
/// # Errors
/// `NotFound`: the photo is not here.
pub async fn of_staff(store: &Store, op: OpId) -> Result<Vec<u8>, ServiceError> {
    let mut tx = store.read().await?;
    let asked = params![op, tx.county()];
    read(tx.row_opt(PHOTO_FOR_STAFF, &asked).await?)
}

fn read(row: Option<Row>) -> Result<Vec<u8>, ServiceError> {
    let row = row.ok_or(ServiceError::NotFound("photo"))?;
    Ok(row.bytes("bytes")?)
}

/// Where the photo is, by the columns `photo` (its size, or null) and `photo_at` of a row.
pub(crate) fn state(row: &Row) -> Result<Option<PhotoState>, StoreError> {
    let is_announced = row.int_opt("photo")?.is_some();
    let is_here = row.int_opt("photo_at")?.is_some();
    Ok(is_announced.then_some(match is_here {
        true => PhotoState::Here,
        false => PhotoState::Missing,
    }))
}
