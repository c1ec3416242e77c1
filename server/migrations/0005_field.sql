-- Who comes in without an account and outside contests, each by a card.

create table link (
    link_id text primary key,
    county_id text not null references county (county_id),
    season_id text not null references season (season_id),
    -- From 1 in its season, as it stands on the card.
    number bigint not null,
    -- inspector, unit, source or confirmer.
    kind text not null,
    -- Who has it, as written on the card: 第一检查组, 青禾镇, 统计局. A source's indicators name it so.
    holder text not null,
    -- A unit's own; null for an inspector.
    unit_id text references unit (unit_id),
    -- The group that a confirmer is for; empty: all of them.
    scope text not null default '',
    -- Whose hands its newest card went through.
    issued_by text not null references account (account_id),
    expires_at bigint not null,
    created_at bigint not null,
    unique (season_id, number)
);

alter table card add column link_id text references link (link_id);
create index card_link on card (link_id);
alter table credential add column link_id text references link (link_id);
create index credential_link on credential (link_id);

-- What came from a link's phone, exactly as it came. Append-only, as `op` is for seats.
create table field_op (
    op_id text primary key,
    county_id text not null references county (county_id),
    server_seq bigint not null unique,
    link_id text not null references link (link_id),
    device_id text not null,
    device_seq bigint not null,
    body text not null,
    mac text not null,
    -- The credential whose key the seal fits.
    credential_id text not null references credential (credential_id),
    -- Who brought it, where that was not the device itself.
    carrier_id text references account (account_id),
    -- The draft it was made from, and whether this op is the one that was entered.
    draft bigint not null,
    carries bigint not null,
    -- sync::protocol::Standing as JSON.
    standing text not null,
    received_at bigint not null,
    unique (link_id, device_id, device_seq)
);
create index field_op_draft on field_op (link_id, device_id, draft);

-- A record of merit points that a phone brought bears the id of its op.
alter table merit add column link_id text references link (link_id);
-- late: its month was closed before it came. card: the card had been taken away. Or empty.
alter table merit add column mark text not null default '';
create index merit_link on merit (link_id, created_at);
-- The confirmer whose card decided about a record, where no account did.
alter table merit add column decided_link text references link (link_id);

-- The department whose phone brought a figure, where no account did.
alter table figure add column link_id text references link (link_id);
-- The day of the following month up to which departments enter a month's figures (P12).
alter table season add column entry_day bigint not null default 18;

-- What an account decided about an op that could not be entered when it came.
create table kept_decision (
    op_id text primary key references field_op (op_id),
    county_id text not null references county (county_id),
    -- 1: entered by this decision, as an exception on record; 0: left out.
    entered bigint not null,
    reason text not null,
    account_id text not null references account (account_id),
    decided_at bigint not null
);

-- A unit's appeal against one record, and its decision. One record is appealed against once.
create table appeal (
    merit_id text primary key references merit (merit_id),
    county_id text not null references county (county_id),
    link_id text not null references link (link_id),
    reason text not null,
    -- 1: it came after the days that the charter gives.
    late bigint not null,
    -- open, upheld, rejected.
    state text not null,
    decided_by text references account (account_id),
    decided_reason text not null default '',
    created_at bigint not null,
    decided_at bigint
);
