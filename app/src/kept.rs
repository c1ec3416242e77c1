//! A memo whose value is erased: every one of them runs on the same code, however many types there
//! are. It notifies only when the value differs.

use leptos::prelude::*;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

pub struct Kept<T>(Memo<Erased>, PhantomData<fn() -> T>);

#[derive(Clone)]
struct Erased(Arc<dyn Value>);

trait Value: Any + Send + Sync {
    fn is_same(&self, other: &dyn Any) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: PartialEq + Send + Sync + 'static> Value for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same((*other.0).as_any())
    }
}

impl<T: PartialEq + Send + Sync + 'static> Kept<T> {
    pub fn new(compute: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self(
            memo(Box::new(move || Erased(Arc::new(compute())))),
            PhantomData,
        )
    }

    /// Reads the value, and follows it.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read_as(&self.0.get(), read)
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read_as(&self.0.get_untracked(), read)
    }

    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

fn memo(compute: Box<dyn Fn() -> Erased + Send + Sync>) -> Memo<Erased> {
    Memo::new(move |_| compute())
}

fn read_as<T: 'static, R>(erased: &Erased, read: impl FnOnce(&T) -> R) -> R {
    let value = (*erased.0).as_any().downcast_ref();
    read(value.expect("a memo holds the type that it was made with"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_as_what_they_are() {
        let erased = |value: u32| Erased(Arc::new(value));
        assert!(erased(1) == erased(1));
        assert!(erased(1) != erased(2));
        assert!(Erased(Arc::new(1_u64)) != erased(1));
    }
}
