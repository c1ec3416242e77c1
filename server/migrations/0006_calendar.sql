-- How long a black list stands, which duties of the season's calendar were done, and spots.

-- The last day on which the month's black list stands on public pages, `2026-10-31`. Empty in a
-- month that an earlier build posted.
alter table posted_month add column black_until text not null default '';

-- What a person said of a duty of the season's calendar (GY-15), every word of it: the last one
-- counts, none is overwritten.
create table duty_act (
    season_id text not null references season (season_id),
    -- The name of the charter's row: 周督查, 双月表态.
    rule text not null,
    -- The first day of the week, month or quarter that the duty is of, `2026-07-01`.
    span text not null,
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- done or undone.
    kind text not null,
    -- What came of it and where it lies, or why it was taken back.
    words text not null,
    account_id text not null references account (account_id),
    at bigint not null,
    primary key (season_id, rule, span, position)
);

-- The place that a record is about, where whoever confirmed it flagged it as a spot (P7), or empty.
alter table merit add column spot text not null default '';
