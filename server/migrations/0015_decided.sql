-- Who answers for a decision stands in the row itself: a card may be issued again by another account.

-- `merit.decided_by` is also set where a card decided (`decided_link`): the account whose hands the
-- card had gone through by then. Of decisions from before, the one that issued it last is known.
update merit
    set decided_by = (select l.issued_by from link l where l.link_id = merit.decided_link)
    where decided_by is null and decided_link is not null;
