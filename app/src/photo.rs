//! The port between the inspector's page and what a browser does with photos: a question, and what
//! came of it. What the texts mean is the business of the page and of `photo.js`, so that a judge's
//! phone carries none of it.

use std::future::Future;
use std::pin::Pin;

/// `None`: the browser could not even begin.
#[derive(Clone, Copy)]
pub struct PhotoPort(pub fn(String) -> PhotoReply);

pub type PhotoReply = Pin<Box<dyn Future<Output = Option<String>>>>;
