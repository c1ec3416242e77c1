-- What is to be reached by the end of a quarter (季度目标, ZR-5), beside the year's target and the
-- raised one: a decimal as text; an empty one is not known. It holds in its quarter alone.
alter table figure add column checkpoint text not null default '';
