//! The pattern of an address, such as `/seat/:seat/records`. The router's own patterns are a type
//! for each shape, and the wasm would carry the matching code of each.

use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};
use std::borrow::Cow;

/// Segments between slashes; one that begins with a colon is a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Pattern(pub &'static str);

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

impl PossibleRouteMatch for Pattern {
    fn optional(&self) -> bool {
        false
    }

    /// Matches whole addresses alone.
    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let mut params = Vec::new();
        let mut found = segments(path);
        for wanted in segments(self.0) {
            let segment = found.next()?;
            match wanted.strip_prefix(':') {
                Some(name) => params.push((Cow::Borrowed(name), segment.to_owned())),
                None if wanted == segment => {}
                None => return None,
            }
        }
        found
            .next()
            .is_none()
            .then(|| PartialPathMatch::new("", params, path))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.extend(
            segments(self.0).map(|segment| match segment.strip_prefix(':') {
                Some(name) => PathSegment::Param(name.into()),
                None => PathSegment::Static(segment.into()),
            }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_matches_as_a_whole() {
        let params = |pattern, path| Pattern(pattern).test(path).map(PartialPathMatch::params);
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
}
