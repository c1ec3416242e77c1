-- A season that goes on from another one, and what a unit's page counts over a season.

-- The season that this one follows: places, rows of firsts, flags and the ladder go on over the
-- turn of the year (GY-3, ZR-6). Null where it stands alone.
alter table season add column follows text references season (season_id);

-- Of a unit in a posted month: its net merit points as printed, and the flags for the first that it
-- holds at the month's end, a JSON list of their names (GY-25, ES-4).
alter table posted_unit add column merit text not null default '0';
alter table posted_unit add column flags text not null default '[]';
