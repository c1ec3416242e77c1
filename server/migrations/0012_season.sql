-- The first and the last month of a season (GY-3), `2026-01`. Null where nobody said: its calendar
-- goes by the months of which something is there.
alter table season add column first_month text;
alter table season add column last_month text;
