//! Inspectors and units: cards outside contests, what their phones bring through the outbox, and
//! who decides about it.

mod due;
mod entry;
mod flags;
mod item;
mod kept;
mod period;
mod photo;
mod replies;
mod roles;
mod spot;

use crate::app::{PrintedCard, TestApp, device, request};
use crate::kit::stranger;
use crate::pad::{Pad, pair_request};
use app::backend::{
    Capability, Duty, KeptSaid, LinkCommand, LinkRow, LinksPage, MeritMark, MeritRow, MeritState,
    MonthCommand, MonthDesk,
};
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Method, StatusCode};
use domain::ids::{AccountId, MeritId, Millis, OpId, SeasonId, SeatId, UnitId};
use domain::month::Period;
use server::service::accounts::{self, Passwords};
use server::service::act::Act;
use server::service::cards::CardAddress;
use server::service::duties;
use server::service::error::ServiceError;
use server::service::field::links;
use server::service::month::{self, units};
use server::service::presence::Presences;
use server::service::roster;
use server::store::Value;
use sync::protocol::{
    AppealState, Change, DeviceSeq, FieldAct, FieldRecord, FieldState, FieldView, HandOver,
    HolderKind, OP_VERSION, Op, Outcome, PairRefusal, QuarantineReason, RejectReason, Standing,
};
use uuid::Uuid;

const UNITS: &str = "编码,名称,层级,上级\n01,青禾镇,乡镇,\n02,石桥乡,乡镇,\n";
const GROUPS: &str = "赛季,组别,单位\n2026,乡镇组,01\n2026,乡镇组,02\n";
const INDICATORS: &str = "赛季,编码,名称,计量单位,权重,方向,计分,数据来源\n\
     2026,TZ,投资,亿元,60,高,目标,统计局\n2026,LD,断头路,公里,40,高,目标,交通局\n";
pub const ADDRESS: CardAddress<'_> = CardAddress {
    public_url: "https://leitai.example",
    is_secure: true,
};

/// A season with two units and two accounts.
struct County {
    app: TestApp,
    account: AccountId,
    /// The password of the first account, as it was printed.
    printed: String,
    second: AccountId,
    season: SeasonId,
    units: Vec<UnitId>,
}

impl County {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let (account, printed) = app.organiser().await;
        let store = app.state.store.clone();
        let made = accounts::create(&store, &Passwords::new(), "second", app.now()).await;
        made.expect("a second account");
        for (file, text) in [
            ("units.csv", UNITS),
            ("groups.csv", GROUPS),
            ("indicators.csv", INDICATORS),
        ] {
            let bytes = text.as_bytes().to_vec().into();
            let report = roster::apply(&store, &app.act(account), file, bytes).await;
            assert!(report.expect("a report").applied);
        }
        let seasons = month::season::list(&store, app.now()).await;
        let units = units::units(&store, &stranger(&store).await)
            .await
            .expect("units");
        let second = {
            let mut tx = store.read().await.expect("a reader");
            let second = [Value::from("second")];
            let sql = "select account_id from account where login = $1";
            let row = tx.row(sql, &second).await.expect("the account");
            row.id("account_id").expect("its id")
        };
        Self {
            season: seasons.expect("seasons")[0].id,
            units: units.iter().map(|unit| unit.id).collect(),
            account,
            printed,
            second,
            app,
        }
    }

    async fn links(&self, command: LinkCommand) -> Result<(), ServiceError> {
        let store = &self.app.state.store;
        links::command(store, &self.app.act(self.account), self.season, command).await
    }

    async fn page(&self) -> LinksPage {
        let hearing = (&Presences::default() as _, self.app.now());
        let store = &self.app.state.store;
        let page = links::page(store, self.account, self.season, ADDRESS, hearing).await;
        page.expect("the cards")
    }

    async fn inspector(&self) -> LinkRow {
        let holder = "第一检查组".to_owned();
        let issue = LinkCommand::IssueInspector {
            holder,
            until: String::new(),
        };
        self.links(issue).await.expect("a card");
        self.page().await.links.pop().expect("the newest link")
    }

    async fn paired(&self, link: &LinkRow) -> Pad {
        Pad::pair(&self.app, &card(link)).await
    }

    /// A figure of the first unit's investment, by an account.
    async fn figures(&self, period: Period, value: &str) {
        let text = format!("赛季,月份,指标,单位,完成值\n2026,{period},TZ,01,{value}\n");
        self.import("figures.csv", &text).await;
    }

    /// Puts a unit, by its code, into another group.
    async fn regroup(&self, row: &str) {
        let (unit, group) = row.split_once(',').expect("a unit and a group");
        let text = format!("赛季,组别,单位\n2026,{group},{unit}\n");
        self.import("groups.csv", &text).await;
    }

    async fn import(&self, file: &str, text: &str) {
        let (store, act) = (&self.app.state.store, self.app.act(self.account));
        let bytes = text.as_bytes().to_vec().into();
        let report = roster::apply(store, &act, file, bytes).await;
        let report = report.expect("a report");
        assert!(report.applied, "{file}: {:?}", report.problems);
    }

    async fn duties(&self, account: AccountId) -> Vec<Duty> {
        let duties = duties::of(&self.app.state.store, account, self.app.now()).await;
        duties.expect("duties").duties
    }

    /// The month in which the clock of the test stands.
    fn period(&self) -> Period {
        let day = app::when::day(self.app.now());
        day[..7].parse().expect("a month")
    }

    fn record(&self, unit: usize, points: &str) -> FieldRecord {
        FieldRecord {
            unit: self.units[unit],
            points: points.to_owned(),
            dimension: "责任落实".to_owned(),
            reason: "河道有漂浮物，约二十米".to_owned(),
            day: app::when::day(self.app.now()),
            spot: String::new(),
            draft: 1,
            photo: None,
            item: String::new(),
            document_no: String::new(),
        }
    }

    /// A page as the first account's browser gets it, once in a test: it chooses its password.
    async fn shown(&self, path: &str) -> String {
        let cookie = self.app.desk_cookie(&self.printed).await;
        let mut get = request(Method::GET, path, None, Body::empty());
        let cookie = cookie.parse().expect("a cookie");
        get.headers_mut().insert(COOKIE, cookie);
        let page = self.app.send(get).await;
        assert_eq!(page.status, StatusCode::OK);
        page.text()
    }

    async fn desk(&self, account: AccountId) -> MonthDesk {
        let store = &self.app.state.store;
        let (period, now) = (self.period(), self.app.now());
        let desk = month::desk::page(store, account, self.season, period, now).await;
        desk.expect("the desk")
    }

    async fn merits(&self) -> Vec<MeritRow> {
        self.desk(self.account).await.merits
    }

    async fn say(&self, account: AccountId, command: MonthCommand) -> Result<(), ServiceError> {
        let month = (self.season, self.period());
        let store = &self.app.state.store;
        let act: Act = self.app.act(account);
        month::command(store, &act, month, command).await
    }
}

/// What is printed on a card, as a phone reads it.
pub fn card(link: &LinkRow) -> PrintedCard {
    let print = link.print.as_ref().expect("a card that works");
    let (_, fragment) = print.url.split_once('#').expect("a fragment");
    let (card, secret) = fragment.split_once('.').expect("a secret");
    PrintedCard {
        seat: SeatId(link.id.0),
        card: card.parse().expect("a card's id"),
        secret: secret.to_owned(),
        digits: print.digits.clone(),
    }
}

pub fn op(pad: &mut Pad, act: &FieldAct) -> Op {
    let text = serde_json::to_string(act).expect("JSON");
    op_of(pad, text)
}

fn op_of(pad: &mut Pad, text: String) -> Op {
    pad.sealed += 1;
    Op {
        v: OP_VERSION,
        op_id: OpId(Uuid::now_v7()),
        contest: pad.contest,
        seat: pad.seat,
        device: pad.device,
        device_seq: DeviceSeq(pad.sealed),
        recorded_at: Millis(7),
        change: Change::Field(text),
    }
}

async fn view(county: &County, pad: &Pad) -> FieldView {
    pad.field(&county.app).await
}

pub fn standing(outcome: Outcome) -> Standing {
    match outcome {
        Outcome::Applied { standing, .. } | Outcome::Duplicate { standing, .. } => standing,
        other => panic!("{other:?}"),
    }
}

const MALFORMED: Standing = Standing::Quarantined {
    reason: QuarantineReason::Malformed,
};

#[tokio::test]
async fn an_inspectors_record_arrives_once_and_counts_when_an_account_confirmed_it() {
    let county = County::new().await;
    let link = county.inspector().await;
    let mut pad = county.paired(&link).await;
    let seen = view(&county, &pad).await;
    assert_eq!(seen.units.len(), 2);
    assert_eq!(seen.season_name, "2026");
    let op = op(&mut pad, &FieldAct::Record(county.record(0, "-1.5")));
    let first = pad.push_one(&county.app, &op).await;
    assert!(matches!(first, Outcome::Applied { .. }));
    let again = pad.push_one(&county.app, &op).await;
    assert!(matches!(again, Outcome::Duplicate { .. }));
    assert_eq!(standing(first), standing(again));

    let merits = county.merits().await;
    let [merit] = merits.as_slice() else {
        panic!("one record instead of {}", merits.len());
    };
    assert_eq!(
        (merit.points.as_str(), merit.holder.as_str(), merit.state),
        ("-1.5", "第一检查组", MeritState::Recorded)
    );
    assert_eq!(merit.mark, None);
    let confirm = MonthCommand::Confirm { merit: merit.id };
    county
        .say(county.account, confirm)
        .await
        .expect("confirmed");
    let seen = view(&county, &pad).await;
    assert_eq!(seen.merits[0].state, FieldState::Confirmed);
    assert_eq!(seen.merits[0].op_id, Some(op.op_id));
    let back = pad.pull(&county.app, 0).await.view.expect("a view");
    assert_eq!(back.sheets[0].op_id, op.op_id, "the op is read back (R10)");
    assert_eq!(back.credential.device_seq, DeviceSeq(1));
}

#[tokio::test]
async fn one_draft_counts_once_however_often_it_was_sealed() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let act = FieldAct::Record(county.record(0, "2"));
    let (first, second) = (op(&mut pad, &act), op(&mut pad, &act));
    let ops = vec![pad.sign(&first), pad.sign(&second)];
    let mut outcomes = pad.push(&county.app, ops).await.into_iter();
    assert_eq!(standing(outcomes.next().expect("one")), Standing::Counted);
    let by = first.op_id;
    assert_eq!(
        standing(outcomes.next().expect("two")),
        Standing::Superseded { by }
    );
    assert_eq!(county.merits().await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_entered_is_kept_and_shown() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let stranger = FieldRecord {
        unit: UnitId(Uuid::from_u128(9)),
        ..county.record(0, "1")
    };
    let too_much = FieldRecord {
        draft: 2,
        ..county.record(0, "1000")
    };
    let ops = [
        op(&mut pad, &FieldAct::Record(stranger)),
        op(&mut pad, &FieldAct::Record(too_much)),
        op_of(&mut pad, "{\"juggle\":7}".to_owned()),
    ];
    let signed = ops.iter().map(|op| pad.sign(op)).collect();
    for outcome in pad.push(&county.app, signed).await {
        assert_eq!(standing(outcome), MALFORMED);
    }
    assert!(county.merits().await.is_empty());
    let kept = county.page().await.kept;
    assert_eq!(kept.len(), 3);
    let KeptSaid::Unread(body) = &kept[0].said else {
        panic!("read: {:?}", kept[0].said);
    };
    assert!(body.contains("juggle"), "newest first, as it came");
}

#[tokio::test]
async fn a_record_that_comes_after_its_month_was_closed_is_marked_and_changes_nothing_by_itself() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let late = op(&mut pad, &FieldAct::Record(county.record(1, "-2")));
    let reason = "单位都齐了".to_owned();
    let close = MonthCommand::Close { reason };
    county.say(county.account, close).await.expect("closed");
    assert_eq!(
        standing(pad.push_one(&county.app, &late).await),
        Standing::Counted
    );
    let desk = county.desk(county.second).await;
    assert_eq!(desk.merits[0].mark, Some(MeritMark::Late));
    assert_eq!(view(&county, &pad).await.merits[0].state, FieldState::Late);
    let (code, reason) = (desk.close_code, String::new());
    let post = MonthCommand::Post {
        code,
        reason,
        despite: String::new(),
    };
    county.say(county.second, post).await.expect("posted");
    assert!(!county.desk(county.second).await.is_changed);
    let confirm = MonthCommand::Confirm {
        merit: desk.merits[0].id,
    };
    county.say(county.second, confirm).await.expect("confirmed");
    assert!(
        county.desk(county.second).await.is_changed,
        "a correction is due"
    );
}

#[tokio::test]
async fn a_device_whose_card_was_taken_away_sees_nothing_and_loses_nothing() {
    let county = County::new().await;
    let link = county.inspector().await;
    let mut pad = county.paired(&link).await;
    let op = op(&mut pad, &FieldAct::Record(county.record(0, "1")));
    let link = link.id;
    county
        .links(LinkCommand::Withdraw { link })
        .await
        .expect("withdrawn");
    assert_eq!(pad.try_pull(&county.app, 0).await.status, 403);
    assert_eq!(
        standing(pad.push_one(&county.app, &op).await),
        Standing::Counted
    );
    assert_eq!(county.merits().await[0].mark, Some(MeritMark::Card));
    county
        .links(LinkCommand::Reissue {
            link,
            until: String::new(),
        })
        .await
        .expect("a new card");
    let new = county.page().await.links.pop().expect("the link");
    let pad = county.paired(&new).await;
    assert_eq!(
        view(&county, &pad).await.merits.len(),
        1,
        "the link is the same"
    );
}

#[tokio::test]
async fn a_card_is_printed_for_accounts_that_organise_alone() {
    let county = County::new().await;
    assert!(county.inspector().await.print.is_some());
    let store = &county.app.state.store;
    let may = [Capability::Confirm];
    let narrowed = accounts::allow(store, "second", &may).await;
    narrowed.expect("narrowed");
    let hearing = (&Presences::default() as _, county.app.now());
    let page = links::page(store, county.second, county.season, ADDRESS, hearing).await;
    let links = page.expect("the cards").links;
    assert_eq!((links.len(), &links[0].print), (1, &None));
}

/// Who is ranked is not watched (0.1): whether a unit has its card, and when it was there, is in no
/// answer. What its phone still holds is.
#[tokio::test]
async fn of_a_units_card_nothing_is_told_but_how_it_stands() {
    let county = County::new().await;
    let issue = LinkCommand::IssueUnits {
        until: String::new(),
    };
    county.links(issue).await.expect("cards");
    let unit = county.page().await.links.remove(0);
    let inspector = county.inspector().await;
    for link in [&unit, &inspector] {
        county.paired(link).await;
    }
    let links = county.page().await.links;
    let paired = links.iter().filter(|link| link.pairing.is_some());
    let paired: Vec<_> = paired.map(|link| link.id).collect();
    assert_eq!(paired, [inspector.id]);
    let held = "update credential set pending = 2 where state = 'active'";
    let store = &county.app.state.store;
    let held = store.write(move |tx| Box::pin(async move { tx.execute(held, &[]).await }));
    held.await.expect("a write");
    let links = county.page().await.links;
    let pending: Vec<_> = links.iter().map(|link| link.pending).collect();
    assert_eq!(
        pending,
        [2, 0, 2],
        "the second unit's card was never claimed"
    );

    let path = format!("/admin/links/{}", county.season);
    let page = county.shown(&path).await;
    assert_eq!(page.matches(">已发<").count(), 2, "{page}");
    assert!(!page.contains("还没有领"), "{page}");
    assert_eq!(
        page.matches("后无联系").count(),
        1,
        "the inspector's: {page}"
    );
}

#[tokio::test]
async fn a_card_is_taken_over_only_by_an_explicit_act() {
    let county = County::new().await;
    let link = county.inspector().await;
    county.paired(&link).await;
    let mut request = pair_request(&card(&link), device());
    let refused = county.app.post("/api/v1/pair", None, &request).await;
    assert!(matches!(refused.json(), PairRefusal::Taken { .. }));
    request.takeover = true;
    let pad = Pad::pair_as(&county.app, request).await;
    assert_eq!(view(&county, &pad).await.units.len(), 2);
}

/// Two units with cards, and an inspector's record about the first, which an account confirmed.
async fn recorded(county: &County) -> (Pad, Pad, MeritId) {
    let issue = LinkCommand::IssueUnits {
        until: String::new(),
    };
    county.links(issue.clone()).await.expect("cards");
    county.links(issue).await.expect("nothing more");
    let links = county.page().await.links;
    assert_eq!(links.len(), 2);
    assert!(links.iter().all(|link| link.kind == HolderKind::Unit));
    let mut inspector = county.paired(&county.inspector().await).await;
    let record = op(&mut inspector, &FieldAct::Record(county.record(0, "-1")));
    inspector.push_one(&county.app, &record).await;
    let own = county.paired(&links[0]).await;
    let seen = view(county, &own).await;
    assert!(seen.merits.is_empty(), "nobody confirmed it yet");
    let merit = county.merits().await[0].id;
    let confirm = MonthCommand::Confirm { merit };
    let confirmed = county.say(county.account, confirm).await;
    confirmed.expect("confirmed");
    (own, county.paired(&links[1]).await, merit)
}

fn appeal(merit: MeritId, draft: u64) -> FieldAct {
    let reason = "当天已清理，有照片存档".to_owned();
    FieldAct::Appeal {
        merit,
        reason,
        draft,
    }
}

#[tokio::test]
async fn a_unit_sees_its_own_records_and_appeals_once() {
    let county = County::new().await;
    let (mut own, mut other, merit) = recorded(&county).await;
    let seen = view(&county, &own).await;
    assert_eq!(seen.units.len(), 1);
    assert!(!seen.merits[0].appeal_until.is_empty());
    assert!(view(&county, &other).await.merits.is_empty());
    let first = op(&mut own, &appeal(merit, 1));
    let twice = op(&mut own, &appeal(merit, 2));
    let foreign = op(&mut other, &appeal(merit, 1));
    let taken = own.push_one(&county.app, &first).await;
    assert_eq!(standing(taken), Standing::Counted);
    let reason = QuarantineReason::Overtaken;
    let again = standing(own.push_one(&county.app, &twice).await);
    assert_eq!(again, Standing::Quarantined { reason });
    let foreign = other.push_one(&county.app, &foreign).await;
    assert_eq!(standing(foreign), MALFORMED);
}

#[tokio::test]
async fn an_appeal_is_decided_by_an_account_that_did_not_confirm_the_record() {
    let county = County::new().await;
    let (mut own, _, merit) = recorded(&county).await;
    let said = op(&mut own, &appeal(merit, 1));
    own.push_one(&county.app, &said).await;
    let decide = |is_upheld| MonthCommand::DecideAppeal {
        merit,
        is_upheld,
        reason: "照片属实".to_owned(),
    };
    let strike = MonthCommand::Strike {
        merit,
        reason: "记错了".to_owned(),
    };
    let waits = Duty::DecideAppeals(county.season, county.period(), 1);
    assert!(county.duties(county.second).await.contains(&waits));
    assert!(
        !county.duties(county.account).await.contains(&waits),
        "it confirmed the record"
    );
    let refused = county.say(county.second, strike).await;
    let is_appealed = matches!(refused, Err(ServiceError::Conflict("merit_appealed")));
    assert!(is_appealed, "the appeal is decided first");
    let refused = county.say(county.account, decide(true)).await;
    assert!(matches!(
        refused,
        Err(ServiceError::Conflict("same_account"))
    ));
    let decided = county.say(county.second, decide(true)).await;
    decided.expect("decided");
    assert!(!county.duties(county.second).await.contains(&waits));
    let again = county.say(county.second, decide(false)).await;
    assert!(again.is_err(), "a decision stands");
    let row = &county.merits().await[0];
    assert_eq!(row.state, MeritState::Void);
    let appeal = row.appeal.as_ref().expect("the appeal");
    assert_eq!((appeal.state, appeal.is_late), (AppealState::Upheld, false));
    let seen = view(&county, &own).await;
    let told = seen.merits[0].appeal.as_ref().map(|one| one.state);
    assert_eq!(told, Some(AppealState::Upheld));
}

#[tokio::test]
async fn an_open_appeal_holds_a_month_until_somebody_says_why_not() {
    let county = County::new().await;
    county
        .links(LinkCommand::IssueUnits {
            until: String::new(),
        })
        .await
        .expect("cards");
    let links = county.page().await.links;
    let mut unit = county.paired(&links[0]).await;
    let record = MonthCommand::Record {
        unit: county.units[0],
        points: "-1".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "夜间无人值守".to_owned(),
        day: app::when::day(county.app.now()),
    };
    county.say(county.account, record).await.expect("a record");
    let merit = county.merits().await[0].id;
    county
        .say(county.second, MonthCommand::Confirm { merit })
        .await
        .expect("confirmed");
    county.app.clock.advance(9 * 24 * 60 * 60 * 1_000);
    let reason = "当夜有人".to_owned();
    let late = op(
        &mut unit,
        &FieldAct::Appeal {
            merit,
            reason,
            draft: 1,
        },
    );
    assert_eq!(
        standing(unit.push_one(&county.app, &late).await),
        Standing::Counted
    );
    let appeal = county.merits().await[0].appeal.clone().expect("the appeal");
    assert!(appeal.is_late, "nine days are more than seven");
    let close = |reason: &str| MonthCommand::Close {
        reason: reason.to_owned(),
    };
    let refused = county.say(county.account, close("")).await;
    assert!(matches!(refused, Err(ServiceError::Invalid(_))));
    county
        .say(county.account, close("下月一并处理"))
        .await
        .expect("closed");
}

#[tokio::test]
async fn unsent_records_come_by_file_too() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let op = op(&mut pad, &FieldAct::Record(county.record(0, "1")));
    let file = HandOver::new(pad.contest, pad.seat, pad.device, vec![pad.sign(&op)]);
    let bytes = serde_json::to_vec(&file).expect("JSON");
    let store = &county.app.state.store;
    for (added, known) in [(1, 0), (0, 1)] {
        let brought = server::service::sync::import_hand_over(
            store,
            county.account,
            &bytes,
            county.app.now(),
        );
        let brought = brought.await.expect("imported");
        assert_eq!((brought.added(), brought.known()), (added, known));
    }
    assert_eq!(county.merits().await.len(), 1);
    let known = pad.push_one(&county.app, &op).await;
    assert!(matches!(known, Outcome::Duplicate { .. }));
}

#[tokio::test]
async fn a_seat_says_nothing_of_a_season_and_a_link_nothing_of_a_contest() {
    let county = County::new().await;
    let stage = county.app.stage(county.account, 1, 1).await;
    let mut seat = Pad::pair(&county.app, &stage.cards[0]).await;
    let field = op(&mut seat, &FieldAct::Record(county.record(0, "1")));
    let refused = seat.push_one(&county.app, &field).await;
    let reason = RejectReason::NewerVersion;
    assert_eq!(refused, Outcome::Rejected { reason });
    let mut inspector = county.paired(&county.inspector().await).await;
    let sheet = inspector.op(stage.entries[0], 8_000, Millis(1));
    let outcome = inspector.push_one(&county.app, &sheet).await;
    assert_eq!(standing(outcome), MALFORMED, "kept, and entered nowhere");
}
