-- The ladder: what an account may do, what a posted month proposes, and the slips and talks that a
-- person made of it.

-- Words with commas between them: organise, confirm, publish, talks. Accounts that were there
-- before may do everything, as they did.
alter table account add column may text not null default 'organise,confirm,publish,talks';

-- What the ladder of a posted edition proposes (GY-18, GY-19). Nothing follows from it by itself.
create table proposal (
    season_id text not null references season (season_id),
    period text not null,
    edition bigint not null,
    unit_id text not null references unit (unit_id),
    -- The name of the charter's row: 提醒单, 督办单, 约谈.
    rule text not null,
    county_id text not null references county (county_id),
    -- slip or talk.
    document text not null,
    -- Of a three-colour slip, or empty.
    colour text not null,
    group_name text not null,
    -- Published months behind in a row, this one among them.
    behind bigint not null,
    rank bigint,
    of_units bigint not null,
    -- Names of the indicators that it is about, or empty.
    indicator text not null,
    primary key (season_id, period, edition, unit_id, rule)
);

-- A proposal that a person decided to leave, and why.
create table proposal_aside (
    season_id text not null references season (season_id),
    period text not null,
    unit_id text not null references unit (unit_id),
    rule text not null,
    county_id text not null references county (county_id),
    reason text not null,
    account_id text not null references account (account_id),
    decided_at bigint not null,
    primary key (season_id, period, unit_id, rule)
);

-- An issued slip or talk, as it was issued; never changed.
create table slip (
    slip_id text primary key,
    county_id text not null references county (county_id),
    season_id text not null references season (season_id),
    period text not null,
    unit_id text not null references unit (unit_id),
    rule text not null,
    -- The edition that proposed it.
    edition bigint not null,
    document text not null,
    -- 〔year〕number号, counted for each rule and year.
    year bigint not null,
    number bigint not null,
    reason text not null,
    demand text not null,
    -- The day by which a reply is wanted, `2026-07-12`.
    due text not null,
    -- Why it is issued although a later month was posted before, or empty.
    late_reason text not null,
    account_id text not null references account (account_id),
    issued_at bigint not null,
    -- One document for a matter (一事一单).
    unique (season_id, period, unit_id, rule),
    unique (county_id, rule, year, number)
);
create index slip_unit on slip (unit_id);

-- What happened to it afterwards, one row a step; no step is ever changed.
create table slip_step (
    slip_id text not null references slip (slip_id),
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- reply, close, reopen.
    kind text not null,
    words text not null,
    -- Of a reply: who gave it, in words, and on which day. Of a reopening: the new day.
    who text not null,
    day text not null,
    -- account, or unit where its own link was used.
    actor_kind text not null,
    actor_id text not null,
    at bigint not null,
    primary key (slip_id, position)
);
