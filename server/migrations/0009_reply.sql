-- What a unit answers to a record about it (整改回复, P6). A further one goes beside those that are
-- there; none is ever changed.
create table merit_reply (
    -- The op that brought it.
    op_id text primary key,
    county_id text not null references county (county_id),
    merit_id text not null references merit (merit_id),
    -- The unit's card.
    link_id text not null references link (link_id),
    words text not null,
    -- Who entered it, where it could not be entered when it came.
    account_id text references account (account_id),
    -- When it came.
    at bigint not null
);
create index merit_reply_merit on merit_reply (merit_id);
