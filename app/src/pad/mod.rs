//! The port between the pad's pages and the browser.
