-- What a month was computed by and from, kept with it.

-- server::service::month::registry::Registry as JSON: charter, groups, pairs and indicators as they
-- were when the month was closed. Empty in a month that an earlier build closed.
alter table closed_month add column registry text not null default '';
alter table posted_month add column registry text not null default '';

-- SHA-256 of what earlier posted months had left when the month was closed, so that a month that is
-- posted or corrected before it is noticed.
alter table closed_month add column past_hash text not null default '';
alter table posted_month add column past_hash text not null default '';

-- A contest's own target above the county's (GY-4): a decimal as text, or empty.
alter table figure add column raised text not null default '';
-- Which of the two scores: base or raised.
alter table indicator add column against text not null default 'base';
