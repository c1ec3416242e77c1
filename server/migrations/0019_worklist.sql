-- Items that are given out in batches and struck one by one (WZ-15, WZ-16, GY-7).
create table work_item (
    work_id text primary key,
    county_id text not null references county (county_id),
    season_id text not null references season (season_id),
    -- 助企问题第一批 …
    batch text not null,
    -- As the batch counts.
    number text not null,
    -- problem, matter or project.
    kind text not null,
    content text not null,
    -- Whose it is.
    unit_id text not null references unit (unit_id),
    account_id text not null references account (account_id),
    at bigint not null,
    unique (season_id, batch, number)
);

create index work_item_unit on work_item (unit_id);

-- Everything that was said of an item; no word is overwritten.
create table work_act (
    work_id text not null references work_item (work_id),
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- planned, asked, approved, returned, undone or withdrawn.
    kind text not null,
    -- Of what was planned: who does it, what is done until when, and the last day. Either of the
    -- first two may be empty.
    team text,
    schedule text,
    due text,
    -- The proof, or why.
    words text not null,
    account_id text not null references account (account_id),
    at bigint not null,
    primary key (work_id, position)
);
