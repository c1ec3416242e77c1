//! Shared blocks: props in, events out, no fetching.
