-- The ladder: what an account may do, what a posted month proposes, and the slips and talks that a
-- person made of it.

-- Words with commas between them: organise, confirm, publish, talks. Accounts that were there
-- before may do everything, as they did.
alter table account add column may text not null default 'organise,confirm,publish,talks';
