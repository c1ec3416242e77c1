//! Views that only a browser builds. The pad starts from the offline shell and is never rendered on
//! the server, so a view that is erased this way brings nothing along but its building.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::children::ToChildren;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState};
use std::sync::Arc;

/// An erased view. On the server it is nothing.
pub struct Mounted(Box<dyn FnOnce() -> Box<dyn Mountable> + Send>);

/// What was built of it.
pub struct MountedState(Box<dyn Mountable>);

pub trait IntoMounted {
    fn mounted(self) -> Mounted;
}

impl<T> IntoMounted for T
where
    T: Render + Send + 'static,
    T::State: 'static,
{
    fn mounted(self) -> Mounted {
        Mounted(Box::new(move || Box::new(self.build())))
    }
}

/// The children of a component that is only mounted.
pub struct MountedChildren(Box<dyn FnOnce() -> Mounted + Send>);

impl MountedChildren {
    #[must_use]
    pub fn run(self) -> Mounted {
        (self.0)()
    }
}

impl<F, C> ToChildren<F> for MountedChildren
where
    F: FnOnce() -> C + Send + 'static,
    C: Render + Send + 'static,
    C::State: 'static,
{
    fn to_children(children: F) -> Self {
        Self(Box::new(move || children().mounted()))
    }
}

/// Content that is built each time it is shown.
#[derive(Clone)]
pub struct MountedFn(Arc<dyn Fn() -> Mounted + Send + Sync>);

impl MountedFn {
    #[must_use]
    pub fn run(&self) -> Mounted {
        (self.0)()
    }
}

impl<F, C> From<F> for MountedFn
where
    F: Fn() -> C + Send + Sync + 'static,
    C: Render + Send + 'static,
    C::State: 'static,
{
    fn from(content: F) -> Self {
        Self(Arc::new(move || content().mounted()))
    }
}

impl<F, C> ToChildren<F> for MountedFn
where
    F: Fn() -> C + Send + Sync + 'static,
    C: Render + Send + 'static,
    C::State: 'static,
{
    fn to_children(children: F) -> Self {
        Self::from(children)
    }
}

impl Render for Mounted {
    type State = MountedState;

    fn build(self) -> MountedState {
        MountedState((self.0)())
    }

    fn rebuild(self, state: &mut MountedState) {
        let mut new = self.build();
        state.0.insert_before_this(&mut new);
        state.0.unmount();
        *state = new;
    }
}

impl Mountable for MountedState {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl AddAnyAttr for Mounted {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _attribute: A) -> Self {
        self
    }
}

impl RenderHtml for Mounted {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> MountedState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// A dynamic part of a view, erased: all that yield the same type share one piece of code.
pub fn live<T>(part: impl FnMut() -> T + Send + 'static) -> Box<dyn FnMut() -> T + Send> {
    Box::new(part)
}

/// A listener, erased for the same reason.
pub fn act<E>(listener: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(listener)
}
