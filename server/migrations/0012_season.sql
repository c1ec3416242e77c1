-- The first and the last month of a season (GY-3), `2026-01`. Null where nobody said: its calendar
-- goes by the months of which something is there.
alter table season add column first_month text;
alter table season add column last_month text;

-- What an organiser decided of what an assessment proposes by its figures (XY-11), every word of
-- it: the last one counts, none is overwritten.
create table outcome_act (
    season_id text not null references season (season_id),
    -- The name of the calendar's row: 半年考评, 年终考评.
    rule text not null,
    -- The first day of the half-year or year, `2026-01-01`.
    span text not null,
    -- top or bottom, and what was proposed, as the charter had it.
    side text not null,
    action text not null,
    unit_id text not null references unit (unit_id),
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- taken or left.
    kind text not null,
    reason text not null,
    account_id text not null references account (account_id),
    at bigint not null,
    primary key (season_id, rule, span, side, action, unit_id, position)
);
