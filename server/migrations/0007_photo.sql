-- The photo of a record, announced by its op and brought by the phone after it. The bytes lie here
-- and not in files, so that a backup holds them.
create table photo (
    op_id text primary key references field_op (op_id),
    county_id text not null references county (county_id),
    -- What the op said of it: SHA-256 in hex, and bytes.
    sha256 text not null,
    size bigint not null,
    -- Null until the phone brought it.
    received_at bigint,
    -- The credential that brought it.
    credential_id text references credential (credential_id),
    bytes bytea
);
