-- The unit that holds a season, a township's or bureau's own contest (GY-23). Null: the county.
alter table season add column sponsor_id text references unit (unit_id);
