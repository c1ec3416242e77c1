-- The foundation: one county, its roster, contests, seats, the op log and what follows from it.
-- Each table carries county_id, so that a second county needs no rebuild of any key.

-- The tenant. `demo` puts the watermark on every page and keeps real data out.
create table county (
    county_id text primary key,
    name text not null,
    demo bigint not null default 0,
    created_at bigint not null
);

-- Sequences that both databases count alike. The row is locked until the commit, so the order of
-- numbers is the order of commits and no reader ever sees a gap fill up behind it.
create table counter (
    county_id text not null references county (county_id),
    name text not null,
    value bigint not null,
    primary key (county_id, name)
);

-- Staff accounts. There is no default one; `leitai admin create` makes the first.
create table account (
    account_id text primary key,
    county_id text not null references county (county_id),
    login text not null,
    -- A PHC string (argon2id) that carries its own salt and cost.
    password_hash text not null,
    -- The password was printed by the command line and works for one thing: choosing another.
    must_change bigint not null default 0,
    -- Wrong tries since the last right one, and until when the next one has to wait.
    fails bigint not null default 0,
    locked_until bigint not null default 0,
    created_at bigint not null,
    unique (county_id, login)
);

-- Staff sessions, so that one can be revoked. Only a hash of the id lies here: who reads the
-- database cannot become anybody.
create table session (
    session_hash text primary key,
    county_id text not null references county (county_id),
    -- Null until somebody signs in.
    account_id text references account (account_id),
    body text not null,
    -- The browser in a few words, for the list of devices.
    device text not null default '',
    started_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null
);
create index session_account on session (account_id);

-- The unit tree: county, township, village, group of households.
create table unit (
    unit_id text primary key,
    county_id text not null references county (county_id),
    code text not null,
    name text not null,
    level text not null,
    parent_id text references unit (unit_id),
    -- Order of the roster file.
    position bigint not null,
    created_at bigint not null,
    unique (county_id, code)
);

-- Groups of units (组别), by season: ranks are made only inside one.
create table unit_group (
    unit_group_id text primary key,
    county_id text not null references county (county_id),
    season text not null,
    name text not null,
    unit_id text not null references unit (unit_id),
    unique (county_id, season, unit_id)
);

create table person (
    person_id text primary key,
    county_id text not null references county (county_id),
    code text not null,
    name text not null,
    unit_id text references unit (unit_id),
    post text not null default '',
    created_at bigint not null,
    unique (county_id, code)
);

create table contest (
    contest_id text primary key,
    county_id text not null references county (county_id),
    title text not null,
    -- The theme of this issue (ES-8).
    subtitle text not null default '',
    -- `2026-10-18`, or empty. A day, not a moment.
    held_on text not null default '',
    place text not null default '',
    -- draft, ready, open, closed, posted.
    state text not null,
    -- The checked draft, which phones get, and the text that its author wrote.
    charter_json text not null,
    charter_toml text not null,
    charter_version bigint not null,
    -- Rises whenever running order, seats, recusals or absences change (可离线 compares it).
    roster_version bigint not null,
    -- The last event that every reader of the contest may hear; a pull compares it with a cursor.
    changed_seq bigint not null default 0,
    created_at bigint not null,
    closed_at bigint,
    posted_at bigint
);
create index contest_county on contest (county_id, created_at);

-- Who performs, in running order, with the state of the gate.
create table entry (
    entry_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    -- From 1; no two entries that are not withdrawn share one, which the service keeps.
    position bigint not null,
    name text not null,
    topic text not null default '',
    unit_id text references unit (unit_id),
    -- A decimal as text, empty means 1 (degree of difficulty).
    multiplier text not null default '',
    withdrawn bigint not null default 0,
    withdrawn_reason text not null default '',
    -- pending, open, closed: domain::stage::Gate, of which the windows below are the history.
    gate_state text not null default 'pending',
    gate_attempt bigint not null default 1,
    gate_number bigint not null default 0
);
create index entry_contest on entry (contest_id, position);

-- A place on the panel, with its class of voters.
create table seat (
    seat_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    -- From 1 over the whole contest; also the order in which equal extremes are struck.
    number bigint not null,
    class text not null,
    -- Who sits there, as written on the card; empty where nobody was named.
    person text not null default '',
    -- The last event that only this seat may hear: its sheets and its credential.
    changed_seq bigint not null default 0,
    unique (contest_id, number)
);

-- A card that pairs a device: a seat's, the host's, or outside contests a link's. Secret and digits lie here as they are,
-- because the organiser prints them again at any time.
create table card (
    card_id text primary key,
    county_id text not null references county (county_id),
    -- Null outside contests.
    contest_id text references contest (contest_id),
    -- seat, host, inspector or unit.
    kind text not null,
    seat_id text references seat (seat_id),
    secret text not null,
    digits text not null,
    -- Wrong tries; the fifth locks the card until the organiser unlocks it.
    fails bigint not null default 0,
    locked bigint not null default 0,
    withdrawn bigint not null default 0,
    issued_at bigint not null
);
create index card_contest on card (contest_id);
create index card_seat on card (seat_id);

-- What a paired device holds. Several rows a seat: a device that lost it keeps a row of its own,
-- so that what it still pushes is stored and named.
create table credential (
    credential_id text primary key,
    county_id text not null references county (county_id),
    contest_id text references contest (contest_id),
    kind text not null,
    seat_id text references seat (seat_id),
    card_id text not null references card (card_id),
    device_id text not null,
    -- SHA-256 of the bearer token in hex; the token itself is on the device alone.
    token_hash text not null unique,
    -- 32 bytes in hex with which the device seals its ops. Needed to check every seal.
    seat_key text not null,
    -- active, replaced, withdrawn. That it expired follows from the time.
    state text not null,
    paired_at bigint not null,
    -- When this device took the seat over from another, and which one it was.
    took_over_at bigint,
    took_over_from text,
    expires_at bigint not null,
    -- What the device said of itself last; written seldom, the present lies in memory.
    last_seen_at bigint,
    pending bigint not null default 0,
    last_seq bigint not null default 0,
    -- The last 可离线 report as JSON.
    preflight text
);
create index credential_seat on credential (seat_id, paired_at);
create index credential_contest on credential (contest_id);

-- A seat that does not mark an entry (XY-7): it leaves N.
create table recusal (
    recusal_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    seat_id text not null references seat (seat_id),
    entry_id text not null references entry (entry_id),
    reason text not null,
    created_at bigint not null,
    unique (seat_id, entry_id)
);

-- A seat that is not there: it leaves n only. Without an entry, for the whole contest.
create table absence (
    absence_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    seat_id text not null references seat (seat_id),
    entry_id text references entry (entry_id),
    reason text not null,
    created_at bigint not null
);
create index absence_contest on absence (contest_id);

-- One stretch in which a gate stood open. Sequence numbers decide what an offline sheet may have
-- known; the two clocks only tell whether times may be compared at all.
create table gate_window (
    gate_window_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    entry_id text not null references entry (entry_id),
    attempt bigint not null,
    number bigint not null,
    -- Four digits that the host may announce.
    code text not null,
    opened_seq bigint not null,
    opened_at bigint not null,
    -- A reading of the monotonic clock, and of which run of the server it is.
    opened_mono bigint not null,
    opened_run text not null,
    close_seq bigint,
    closed_at bigint,
    -- The wall clock moved otherwise than the monotonic one in between (R2).
    clock_jumped bigint not null default 0,
    open_reason text not null default '',
    close_reason text not null default '',
    unique (entry_id, number)
);

create table deduction (
    deduction_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    entry_id text not null references entry (entry_id),
    -- A decimal as text; a negative one adds.
    points text not null,
    reason text not null,
    created_at bigint not null
);
create index deduction_contest on deduction (contest_id);

-- The log: every op that was read, exactly as it came. Append-only.
create table op (
    op_id text primary key,
    county_id text not null references county (county_id),
    -- The server's own order; nothing rests on a time.
    server_seq bigint not null unique,
    contest_id text not null references contest (contest_id),
    seat_id text not null references seat (seat_id),
    device_id text not null,
    device_seq bigint not null,
    -- The exact bytes that were sealed (they are UTF-8), and their seal.
    body text not null,
    mac text not null,
    -- The credential whose key the seal fits.
    credential_id text not null references credential (credential_id),
    -- Who brought it, where that was not the device itself.
    carrier_id text references account (account_id),
    received_at bigint not null,
    unique (seat_id, device_id, device_seq)
);

-- One received version of a sheet: the op above, read. What it is among its siblings follows from
-- the log, and is kept here so that a page need not read the log again.
create table sheet (
    op_id text primary key references op (op_id),
    county_id text not null references county (county_id),
    sheet_id text not null,
    contest_id text not null references contest (contest_id),
    entry_id text not null references entry (entry_id),
    seat_id text not null references seat (seat_id),
    attempt bigint not null,
    version bigint not null,
    -- seal or abstain.
    kind text not null,
    replaces text,
    -- [{"criterion": …, "millis": …}], empty for an abstention.
    marks text not null,
    charter_version bigint not null,
    -- 1: the pad had no network when it was sealed.
    offline bigint not null,
    device_id text not null,
    recorded_at bigint not null,
    received_at bigint not null,
    server_seq bigint not null,
    -- The gate rule's word on arrival, as JSON: what was true then cannot be asked again.
    arrival text not null,
    -- The standing as JSON (sync::protocol::Standing), as things are.
    standing text not null,
    -- The same in one word to count by: counted, quarantined, superseded, void.
    state text not null
);
create index sheet_place on sheet (entry_id, attempt, seat_id, server_seq);
create index sheet_contest on sheet (contest_id, state);
create index sheet_seat on sheet (seat_id);

-- Ops that could not be read or did not fit their seal: kept and shown, never counted.
create table malformed (
    malformed_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    seat_id text not null references seat (seat_id),
    device_id text not null,
    -- SHA-256 of body and seal: the same thing sent again is kept once.
    body_hash text not null,
    -- The body as a JSON string, since what cannot be read may hold bytes that no column takes.
    body text not null,
    mac text not null,
    -- sync::protocol::RejectReason.
    reason text not null,
    credential_id text references credential (credential_id),
    carrier_id text references account (account_id),
    received_at bigint not null,
    unique (seat_id, body_hash)
);
create index malformed_contest on malformed (contest_id);

-- What a person decided on one received version, on the record.
create table decision (
    decision_id text primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    op_id text not null references op (op_id),
    -- count or void.
    verdict text not null,
    reason text not null,
    account_id text not null references account (account_id),
    -- Decisions and arrivals are replayed in one order.
    server_seq bigint not null,
    created_at bigint not null
);
create index decision_op on decision (op_id);
create index decision_contest on decision (contest_id);

-- A frozen result. Boards, the screen and exports read this and nothing else (R1).
create table posted (
    contest_id text not null references contest (contest_id),
    county_id text not null references county (county_id),
    -- 1 for the first; a further one is a 更正.
    edition bigint not null,
    -- sync::posted::PostedResult as JSON, and SHA-256 of exactly these bytes.
    snapshot text not null,
    hash text not null,
    posted_at bigint not null,
    account_id text not null references account (account_id),
    primary key (contest_id, edition)
);

-- What happened, by number: streams resume from it. No row says who, or how many points.
create table event (
    seq bigint primary key,
    county_id text not null references county (county_id),
    contest_id text not null references contest (contest_id),
    -- sync::protocol::LiveKind: gate, order, posted, received, pads.
    kind text not null,
    entry_id text,
    at bigint not null
);
create index event_contest on event (contest_id, seq);

-- Who did what, for the record of the contest. `act` is JSON without marks.
create table audit (
    audit_id text primary key,
    county_id text not null references county (county_id),
    contest_id text,
    -- account, device, or server for what was done at its command line.
    actor_kind text not null,
    actor_id text not null,
    act text not null,
    at bigint not null
);
create index audit_contest on audit (contest_id, at);
