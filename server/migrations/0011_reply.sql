-- What cards answer: units to the records about them, and groups about their flags.

-- What a unit answers to a record about it (整改回复, P6). A further one goes beside those that are
-- there; none is ever changed.
create table merit_reply (
    -- The op that brought it.
    op_id text primary key,
    county_id text not null references county (county_id),
    merit_id text not null references merit (merit_id),
    -- The unit's card.
    link_id text not null references link (link_id),
    words text not null,
    -- Who entered it, where it could not be entered when it came.
    account_id text references account (account_id),
    -- When it came.
    at bigint not null
);
create index merit_reply_merit on merit_reply (merit_id);

-- What a group decided about its flags in a month that was closed (GY-6), by its confirmer's card.
-- Once for a close; none is ever changed.
create table flag_decision (
    -- The op that brought it.
    op_id text primary key,
    county_id text not null references county (county_id),
    season_id text not null references season (season_id),
    period text not null,
    group_name text not null,
    -- The code of the close that the card had seen.
    close_code text not null,
    -- 1: agreed; 0: objected, with a reason.
    agreed bigint not null,
    reason text not null,
    link_id text not null references link (link_id),
    at bigint not null,
    -- The edition that was posted of this close after it came; null: it counts for none.
    edition bigint,
    unique (season_id, period, group_name, close_code)
);
