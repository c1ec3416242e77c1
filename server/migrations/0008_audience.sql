-- Who reads a season by a link, and where an inspector saw a spot.

-- The key of the link by which a season is read where its charter says "by link". Empty until
-- somebody makes one; a new one puts an end to the one before.
alter table season add column link_key text not null default '';

-- The place of a record that an inspector proposes as a spot (P7), or empty. Whoever confirms the
-- record decides, in `merit.spot`.
alter table merit add column proposed_spot text not null default '';
