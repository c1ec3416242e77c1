//! Where an organiser can go: among the pages of the county, and among those of one contest.

use crate::components::bar::Back;
use crate::components::frame::NavLink;
use crate::paths;
use crate::prefs::lang;
use crate::text;
use domain::ids::ContestId;

/// The organiser's page that a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum County {
    Contests,
    Months,
    Slips,
    Roster,
    Account,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfContest {
    Desk,
    Seats,
    Cards,
    Calculation,
}

#[must_use]
pub fn county_links(current: County) -> Vec<NavLink> {
    let lang = lang();
    let links = [
        (
            County::Contests,
            paths::ADMIN,
            "ring",
            text::staff_contests(lang),
        ),
        (
            County::Months,
            paths::SEASONS,
            "board",
            text::month_title(lang),
        ),
        (County::Slips, paths::SLIPS, "slip", text::slip_title(lang)),
        (
            County::Roster,
            paths::ROSTER,
            "list",
            text::staff_roster(lang),
        ),
        (
            County::Account,
            paths::ACCOUNT,
            "me",
            text::staff_account(lang),
        ),
    ];
    let link = |(page, href, icon, word): (County, &str, _, _)| NavLink {
        href: href.to_owned(),
        icon,
        word,
        is_current: page == current,
    };
    links.map(link).into()
}

#[must_use]
pub fn contest_links(contest: ContestId, current: OfContest) -> Vec<NavLink> {
    let lang = lang();
    let links = [
        (
            OfContest::Desk,
            paths::desk(contest),
            "ring",
            text::staff_desk(lang),
        ),
        (
            OfContest::Seats,
            paths::desk_seats(contest),
            "seat",
            text::staff_seats(lang),
        ),
        (
            OfContest::Cards,
            paths::cards(contest),
            "print",
            text::staff_cards(lang),
        ),
        (
            OfContest::Calculation,
            paths::calculation(contest),
            "list",
            text::staff_calculation(lang),
        ),
    ];
    let link = |(page, href, icon, word)| NavLink {
        href,
        icon,
        word,
        is_current: page == current,
    };
    links.map(link).into()
}

/// The way back from a page of a contest.
#[must_use]
pub fn back_to_contests() -> Back {
    Back {
        href: paths::ADMIN.to_owned(),
        label: text::staff_back(lang()),
    }
}

/// The way back from a slip.
#[must_use]
pub fn back_to_slips() -> Back {
    Back {
        href: paths::SLIPS.to_owned(),
        label: text::slip_back(lang()),
    }
}

/// The way back from a month.
#[must_use]
pub fn back_to_months() -> Back {
    Back {
        href: paths::SEASONS.to_owned(),
        label: text::month_back(lang()),
    }
}
