-- Leaders who answer for units in a season (GY-8, GY-9).
create table leader (
    leader_id text primary key,
    county_id text not null references county (county_id),
    season_id text not null references season (season_id),
    name text not null,
    -- What the leader is: 县委常委、副县长 …
    post text not null,
    added_by text not null references account (account_id),
    at bigint not null
);

create index leader_season on leader (season_id);

-- Everything that was said of a leader: no word is overwritten.
create table leader_act (
    leader_id text not null references leader (leader_id),
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- bound, released, visited, struck (a visit), or account (which is the leader's own).
    kind text not null,
    -- Not of what was struck.
    unit_id text references unit (unit_id),
    -- The first month of it, or the first that is not of it any more: `2026-07`.
    period text,
    -- Of a visit: `2026-07-12`.
    day text,
    -- The account whose home says which visits are due; none: nobody's any more.
    own_account_id text references account (account_id),
    -- The position of the visit that was struck.
    struck bigint,
    -- What came of the visit, or why it was released or struck.
    words text not null,
    account_id text not null references account (account_id),
    at bigint not null,
    primary key (leader_id, position)
);
