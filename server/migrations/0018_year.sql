-- Which contests an organiser counts in a season's year (WZ-12), every word of it: the last one
-- counts, none is overwritten.
create table year_contest (
    season_id text not null references season (season_id),
    contest_id text not null references contest (contest_id),
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- counted or left.
    kind text not null,
    -- The edition of the result, and the version of the charter whose table was used.
    edition bigint not null,
    charter_version bigint not null,
    -- What each unit got, as JSON: place, of how many, points. Empty where it is left.
    points text not null,
    reason text not null,
    account_id text not null references account (account_id),
    at bigint not null,
    primary key (season_id, contest_id, position)
);

-- Scores of what is assessed elsewhere (GY-10), every version of them.
create table year_part (
    season_id text not null references season (season_id),
    -- The name of the calendar's row: 半年考评, 年终考评.
    rule text not null,
    -- The first day of the half-year or year, `2026-01-01`.
    span text not null,
    -- The name of the charter's part.
    part text not null,
    unit_id text not null references unit (unit_id),
    -- Counted from 1.
    position bigint not null,
    county_id text not null references county (county_id),
    -- A decimal as text.
    score text not null,
    -- Where it comes from.
    basis text not null,
    account_id text not null references account (account_id),
    at bigint not null,
    primary key (season_id, rule, span, part, unit_id, position)
);
