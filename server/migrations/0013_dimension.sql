-- What an indicator is one of (GY-5: 重点项目推进, 招商引资 …), or empty.
alter table indicator add column dimension text not null default '';
