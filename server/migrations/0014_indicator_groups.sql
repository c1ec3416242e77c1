-- Groups of different kinds do not have the same indicators: 金融 has no 重点项目推进 (GY-1, GY-5).

-- The groups that an indicator is asked of, a JSON list of their names; none: of every group.
alter table indicator add column groups text not null default '[]';
