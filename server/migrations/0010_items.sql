-- The item of the season's charter that a record was made by (ES-3, XY-15), by its name, or empty.
-- Dimension and points lie beside it as they were shown to whoever recorded it.
alter table merit add column item text not null default '';
