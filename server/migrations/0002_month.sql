-- The month: seasons, pairs, indicators and their figures, merit points, and what was posted.

-- The rules of a row of months. Groups and pairs name it.
create table season (
    season_id text primary key,
    county_id text not null references county (county_id),
    -- As `unit_group.season` has it.
    name text not null,
    -- domain::month::SeasonCharter as JSON; a month that is closed takes a copy along.
    charter_json text not null,
    charter_version bigint not null,
    created_at bigint not null,
    unique (county_id, name)
);

-- Pairs (对子): edges between two units of one group. A unit may stand in several.
create table unit_pair (
    unit_pair_id text primary key,
    county_id text not null references county (county_id),
    season text not null,
    unit_id text not null references unit (unit_id),
    rival_id text not null references unit (unit_id),
    -- Order of the file.
    position bigint not null,
    unique (county_id, season, unit_id, rival_id)
);

create table indicator (
    indicator_id text primary key,
    county_id text not null references county (county_id),
    season text not null,
    code text not null,
    name text not null,
    -- Unit of measure: 亿元, %, 个.
    measure text not null default '',
    -- A decimal as text: points at most.
    weight text not null,
    -- higher or lower.
    better text not null,
    -- domain::month::indicator::Rule as JSON.
    rule text not null,
    -- monthly or quarterly.
    cadence text not null,
    gate bigint not null default 0,
    -- A named item: the month by which the target has to be met, or empty.
    due text not null default '',
    -- 1: may stand on a public page (WZ-14).
    public bigint not null default 0,
    -- The department that gives the figures, in words.
    source text not null default '',
    position bigint not null,
    unique (county_id, season, code)
);

-- What was entered, every version of it: the highest revision counts, none is overwritten.
create table figure (
    indicator_id text not null references indicator (indicator_id),
    unit_id text not null references unit (unit_id),
    county_id text not null references county (county_id),
    period text not null,
    revision bigint not null,
    -- Decimals as text; an empty one is not known.
    value text not null,
    target text not null,
    -- Null where a department's phone brought it.
    account_id text references account (account_id),
    created_at bigint not null,
    primary key (indicator_id, unit_id, period, revision)
);
create index figure_period on figure (county_id, period);

-- A record of merit points, plus or minus (ES-3). It counts once a second person confirmed it.
create table merit (
    merit_id text primary key,
    county_id text not null references county (county_id),
    season_id text not null references season (season_id),
    unit_id text not null references unit (unit_id),
    period text not null,
    -- `2026-07-12`.
    day text not null,
    dimension text not null,
    -- A decimal as text, with its sign.
    points text not null,
    reason text not null,
    -- recorded, confirmed, void.
    state text not null,
    -- Null where it came from a link's phone.
    recorded_by text references account (account_id),
    -- Who confirmed it or struck it out, and why.
    decided_by text references account (account_id),
    decided_reason text not null default '',
    created_at bigint not null,
    decided_at bigint
);
create index merit_month on merit (season_id, period);

-- A month that was closed and waits for the second person.
create table closed_month (
    season_id text not null references season (season_id),
    period text not null,
    county_id text not null references county (county_id),
    -- What will be posted, as computed when it was closed.
    snapshot text not null,
    past text not null,
    account_id text not null references account (account_id),
    closed_at bigint not null,
    primary key (season_id, period)
);

-- A frozen month. Boards and unit pages read this and nothing else (R1).
create table posted_month (
    season_id text not null references season (season_id),
    period text not null,
    -- 1 for the first; a further one is a 更正.
    edition bigint not null,
    county_id text not null references county (county_id),
    -- sync::posted_month::PostedMonth as JSON, and SHA-256 of exactly these bytes.
    snapshot text not null,
    hash text not null,
    -- domain::month::Past: what later months need of this one.
    past text not null,
    closed_by text not null references account (account_id),
    -- The second person.
    posted_by text not null references account (account_id),
    posted_at bigint not null,
    primary key (season_id, period, edition)
);

-- Where a unit stood in a posted month, so that a unit's page need not read every snapshot.
create table posted_unit (
    season_id text not null references season (season_id),
    period text not null,
    edition bigint not null,
    unit_id text not null references unit (unit_id),
    county_id text not null references county (county_id),
    group_name text not null,
    -- Ranked units of the group.
    of_units bigint not null,
    rank bigint,
    -- Empty while a figure is missing.
    score text not null,
    -- red, black, or empty.
    listed text not null,
    primary key (season_id, period, edition, unit_id)
);
create index posted_unit_unit on posted_unit (unit_id);
