-- What units signed to reach (军令状, GY-12). A signed paper is never changed.
create table pledge (
    pledge_id text primary key,
    county_id text not null references county (county_id),
    season_id text not null references season (season_id),
    unit_id text not null references unit (unit_id),
    -- Who signed, as it stands on the paper.
    signer text not null,
    -- `2026-07-12`.
    signed_on text not null,
    -- Where the signed paper lies (档号).
    document text not null,
    account_id text not null references account (account_id),
    at bigint not null
);

create index pledge_season on pledge (season_id);

-- What the paper says, with the indicator as it was when it was entered.
create table pledge_item (
    pledge_id text not null references pledge (pledge_id),
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- Of the indicator.
    code text not null,
    name text not null,
    measure text not null,
    -- higher: at least the target; lower: at most.
    better text not null,
    target text not null,
    -- The month in which it is to be reached: `2026-12`.
    due text not null,
    primary key (pledge_id, position)
);

-- Withdrawn by a second account: it stays, and counts for nothing.
create table pledge_withdrawal (
    pledge_id text primary key references pledge (pledge_id),
    county_id text not null references county (county_id),
    words text not null,
    account_id text not null references account (account_id),
    at bigint not null
);

-- The signed paper as a picture or PDF. One a pledge, and never another; the bytes lie here and not
-- in files, so that a backup holds them.
create table pledge_scan (
    pledge_id text primary key references pledge (pledge_id),
    county_id text not null references county (county_id),
    -- SHA-256 in hex.
    sha256 text not null,
    bytes bytea not null,
    account_id text not null references account (account_id),
    at bigint not null
);
