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

-- A group robot that is told what is posted (企业微信, 钉钉, 飞书).
create table hook (
    county_id text not null references county (county_id),
    name text not null,
    -- wecom, dingtalk or feishu.
    kind text not null,
    -- Holds the robot's key: readable, as the robot wants it, and shown to nobody.
    address text not null,
    -- What it signs by, or empty.
    secret text not null,
    -- A switch for each board: 1 tells its postings.
    contests bigint not null default 1,
    months bigint not null default 1,
    created_at bigint not null,
    primary key (county_id, name)
);

-- What was posted and has to be told, written with the posting itself.
create table notice (
    notice_id text primary key,
    county_id text not null references county (county_id),
    -- The name of the hook.
    hook text not null,
    text text not null,
    -- The posted page, below the site's address.
    path text not null,
    tries bigint not null default 0,
    -- When it is tried next; null: it was taken, or given up.
    next_at bigint,
    sent_at bigint,
    -- Why the last try failed, or empty.
    error text not null default '',
    created_at bigint not null
);
create index notice_next on notice (next_at);
