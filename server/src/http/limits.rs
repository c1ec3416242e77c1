//! Rate limits. They count per card, credential and account first and per address last, because a
//! whole hall stands behind one address: 300 phones pair within five minutes and come back within
//! one second.

use super::error::ApiError;
use axum::http::{HeaderMap, StatusCode};
use domain::ids::{CardId, CredentialId};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use sync::protocol::ProblemCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Phones in one hall.
pub const PHONES: u32 = 300;
/// What one phone asks for when it comes back: push, pull, preflight, stream, and some again.
const REQUESTS_PER_RETURN: u32 = 8;
/// Of one card: five tries, and a few that meet an answer that was lost.
const CARD_BURST: u32 = 12;
const CARD_PER_MINUTE: u32 = 12;
/// Of one credential: a pad asks each second, and now and then twice.
const CREDENTIAL_BURST: u32 = 60;
const CREDENTIAL_PER_SECOND: u32 = 5;
/// Tries to sign in from one address, whatever the account.
const SIGN_IN_BURST: u32 = 60;
const SIGN_IN_PER_MINUTE: u32 = 60;
/// Streams open at the same time, over all addresses.
const STREAMS_MAX: usize = 4_000;
/// Keys that are remembered before idle ones are forgotten.
const KEYS_MAX: usize = 20_000;

pub struct Limits {
    card: DefaultKeyedRateLimiter<CardId>,
    credential: DefaultKeyedRateLimiter<CredentialId>,
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    address: DefaultKeyedRateLimiter<IpAddr>,
    streams: Arc<Semaphore>,
}

impl Limits {
    #[must_use]
    pub fn new(address_per_second: u32) -> Self {
        let hall = PHONES * REQUESTS_PER_RETURN;
        Self {
            card: RateLimiter::keyed(
                Quota::per_minute(at_least_1(CARD_PER_MINUTE)).allow_burst(at_least_1(CARD_BURST)),
            ),
            credential: RateLimiter::keyed(
                Quota::per_second(at_least_1(CREDENTIAL_PER_SECOND))
                    .allow_burst(at_least_1(CREDENTIAL_BURST)),
            ),
            sign_in: RateLimiter::keyed(
                Quota::per_minute(at_least_1(SIGN_IN_PER_MINUTE))
                    .allow_burst(at_least_1(SIGN_IN_BURST)),
            ),
            address: RateLimiter::keyed(
                Quota::per_second(at_least_1(address_per_second))
                    .allow_burst(at_least_1(hall.max(address_per_second))),
            ),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
        }
    }

    /// # Errors
    /// Too many, with the time to wait. So with each of the others.
    pub fn card(&self, card: CardId) -> Result<(), ApiError> {
        check(&self.card, &card)
    }

    pub fn credential(&self, credential: CredentialId) -> Result<(), ApiError> {
        check(&self.credential, &credential)
    }

    pub fn sign_in(&self, address: IpAddr) -> Result<(), ApiError> {
        check(&self.sign_in, &network(address))
    }

    pub fn address(&self, address: IpAddr) -> Result<(), ApiError> {
        check(&self.address, &network(address))
    }

    /// A place among the open streams, for as long as it is held.
    pub fn stream(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        let busy = |_| ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Busy);
        self.streams.clone().try_acquire_owned().map_err(busy)
    }
}

/// The address that a request comes from.
#[must_use]
pub fn address_of(peer: Option<SocketAddr>, headers: &HeaderMap, trust_forwarded: bool) -> IpAddr {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|address| address.trim().parse().ok())
        .next_back();
    let forwarded = forwarded.filter(|_| trust_forwarded);
    let peer = peer.map(|peer| peer.ip());
    forwarded
        .or(peer)
        .unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))
}

/// One customer of a provider: an IPv4 address, or the 64 bits that a household or hall gets.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

fn check<K: Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
) -> Result<(), ApiError> {
    if KEYS_MAX < limiter.len() {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        ApiError::new(StatusCode::TOO_MANY_REQUESTS, ProblemCode::TooMany).retry_after_ms(ms.max(1))
    })
}

fn at_least_1(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_address_counts_only_where_it_is_trusted_and_then_the_last_one() {
        let mut headers = HeaderMap::new();
        let value = "203.0.113.9, 198.51.100.7".parse().expect("a header");
        headers.insert("x-forwarded-for", value);
        let peer: SocketAddr = "192.0.2.1:5000".parse().expect("an address");
        assert_eq!(address_of(Some(peer), &headers, false), peer.ip());
        let last: IpAddr = "198.51.100.7".parse().expect("an address");
        assert_eq!(address_of(Some(peer), &headers, true), last);
    }

    #[test]
    fn one_card_is_slowed_down_and_its_neighbour_is_not() {
        let limits = Limits::new(300);
        let (one, two) = (
            CardId(uuid::Uuid::from_u128(1)),
            CardId(uuid::Uuid::from_u128(2)),
        );
        assert!((0..CARD_BURST).all(|_| limits.card(one).is_ok()));
        assert!(limits.card(one).is_err());
        assert!(limits.card(two).is_ok());
    }

    #[test]
    fn a_closed_stream_leaves_its_place_to_the_next() {
        let limits = Limits::new(300);
        let mut open: Vec<_> = (0..STREAMS_MAX)
            .map_while(|_| limits.stream().ok())
            .collect();
        assert_eq!(open.len(), STREAMS_MAX);
        assert!(limits.stream().is_err());
        open.pop();
        assert!(limits.stream().is_ok());
    }
}
