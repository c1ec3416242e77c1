-- What a month was computed by, kept with it.

-- server::service::month::registry::Registry as JSON: charter, groups, pairs and indicators as they
-- were when the month was closed. Empty in a month that an earlier build closed.
alter table closed_month add column registry text not null default '';
alter table posted_month add column registry text not null default '';
