-- What stands beside a month's figures and records.

-- What an indicator is one of (GY-5: 重点项目推进, 招商引资 …), or empty.
alter table indicator add column dimension text not null default '';

-- Who a unit's place on the red list is credited to (ES-6: 村两委, 驻村工作队, 村组干部), for one
-- season. Staff enter it; it is shown on red entries alone.
create table team_member (
    county_id text not null references county (county_id),
    -- As `unit_group.season` has it.
    season text not null,
    unit_id text not null references unit (unit_id),
    name text not null,
    -- 村支书, 驻村工作队队长 …, or empty.
    post text not null,
    -- Order of the file.
    position bigint not null,
    primary key (county_id, season, unit_id, name)
);

-- The number of the document that gave an honour (文号, XY-15), or empty.
alter table merit add column document_no text not null default '';
