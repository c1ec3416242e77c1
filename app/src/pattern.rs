//! The addresses of the interface as one table. The router's own routes are a type for each shape
//! and code for each address; here an address is a line of data.

use crate::pages::lazy::Page;
use leptos_router::{
    ChooseView, GeneratedRouteData, MatchInterface, MatchNestedRoutes, MatchParams, Method,
    PathSegment, RouteMatchId, SsrMode,
};
use std::borrow::Cow;
use std::sync::Arc;

/// An address such as `/seat/:seat/records`, and what it shows. A segment that begins with a colon
/// is a parameter.
pub type Address = (&'static str, Page);

/// Every address, each with the name by which the router knows that a page stays.
#[derive(Clone)]
pub struct Addresses(Arc<[(RouteMatchId, Address)]>);

/// The address of the page that is shown.
pub struct Found {
    id: RouteMatchId,
    path: String,
    params: Params,
    page: Page,
}

type Params = Vec<(Cow<'static, str>, String)>;

impl Addresses {
    #[must_use]
    pub fn new(addresses: &[Address]) -> Self {
        let name = |address: &Address| (RouteMatchId::new_from_route_id(), *address);
        Self(addresses.iter().map(name).collect())
    }
}

impl MatchNestedRoutes for Addresses {
    type Data = ();
    type Match = Found;

    fn optional(&self) -> bool {
        false
    }

    /// Matches whole addresses alone.
    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Found)>, &'a str) {
        let mut known = self.0.iter();
        let found = known.find_map(|(id, (pattern, page))| {
            let found = Found {
                id: *id,
                path: path.to_owned(),
                params: params(pattern, path)?,
                page: *page,
            };
            Some((*id, found))
        });
        match found {
            Some(found) => (Some(found), ""),
            None => (None, path),
        }
    }

    /// The server waits for a page's data, so that the page is whole without script.
    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> + '_ {
        self.0.iter().map(|(_, (pattern, _))| GeneratedRouteData {
            segments: segments(pattern).map(segment).collect(),
            ssr_mode: SsrMode::Async,
            methods: [Method::Get].into(),
            regenerate: Vec::new(),
        })
    }
}

impl MatchParams for Found {
    fn to_params(&self) -> Params {
        self.params.clone()
    }
}

impl MatchInterface for Found {
    type Child = ();

    fn as_id(&self) -> RouteMatchId {
        self.id
    }

    fn as_matched(&self) -> &str {
        &self.path
    }

    fn into_view_and_child(self) -> (impl ChooseView, Option<()>) {
        (self.page, None)
    }
}

/// The parameters of `path`, if it matches.
fn params(pattern: &'static str, path: &str) -> Option<Params> {
    let mut params = Vec::new();
    let mut found = segments(path);
    for wanted in segments(pattern) {
        let segment = found.next()?;
        match wanted.strip_prefix(':') {
            Some(name) => params.push((Cow::Borrowed(name), segment.to_owned())),
            None if wanted == segment => {}
            None => return None,
        }
    }
    found.next().is_none().then_some(params)
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

fn segment(segment: &'static str) -> PathSegment {
    match segment.strip_prefix(':') {
        Some(name) => PathSegment::Param(name.into()),
        None => PathSegment::Static(segment.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_matches_as_a_whole() {
        let entry = params("/seat/:seat/entry/:entry", "/seat/7/entry/9").expect("a match");
        assert_eq!(
            entry,
            [
                (Cow::Borrowed("seat"), "7".to_owned()),
                (Cow::Borrowed("entry"), "9".to_owned())
            ]
        );
        assert_eq!(params("/", "/"), Some(Vec::new()));
        assert_eq!(params("/boards", "/boards/"), Some(Vec::new()));
        assert_eq!(params("/boards", "/"), None);
        assert_eq!(params("/", "/boards"), None);
        assert_eq!(params("/seat/:seat", "/seat/7/records"), None);
        assert_eq!(params("/seat/:seat", "/seat"), None);
        assert_eq!(params("/admin/contests/new", "/admin/contests/news"), None);
    }

    #[test]
    fn the_first_address_that_fits_is_shown_under_a_name_of_its_own() {
        let addresses = Addresses::new(crate::app::ADDRESSES);
        let id = |path| addresses.match_nested(path).0.map(|(id, _)| id);
        assert_eq!(id("/units/7"), id("/units/8"), "the page stays");
        assert_ne!(id("/units/7"), id("/units"));
        assert_ne!(id("/admin/contests/new"), id("/admin/contests/7"));
        assert_eq!(id("/nowhere"), None);
    }
}
