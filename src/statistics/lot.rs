//! Drawing a sample by lot, so that anybody can draw it again with a pencil, a hash and this page.
//!
//! 1. Drawn from are the alerts of the lot's mode that were received in its period and are closed,
//!    as the journal stands at the drawing.
//! 2. They are sorted into strata by the station of their school; those without one are a stratum.
//! 3. Of `size` places (or as many as there are alerts), each stratum gets one first, where there
//!    are enough; the rest is shared in proportion to what remains in each, by largest remainder.
//!    Equal remainders: the stratum with more alerts first, then by station id, none first.
//! 4. Within a stratum, alerts are put in order of the SHA-256 of `SEED:ALERT` (both decimal,
//!    ASCII), compared as bytes, and the first ones are drawn.

use std::{cmp::Reverse, collections::BTreeMap};

use sha2::{Digest, Sha256};

use crate::domain::{
    Alert, Stage,
    id::{AlertId, StationId},
    sample::{Lot, Stratum},
};

/// Draws. `station` is the station of an alert's school.
pub fn draw<'a>(
    lot: &Lot,
    alerts: impl IntoIterator<Item = &'a Alert>,
    station: impl Fn(&Alert) -> Option<StationId>,
) -> Vec<Stratum> {
    let mut strata = BTreeMap::<Option<StationId>, Vec<AlertId>>::new();
    let meant = |alert: &&Alert| {
        alert.mode == lot.mode
            && alert.stage() == Stage::Closed
            && (lot.from..lot.to).contains(&alert.received_at)
    };
    for alert in alerts.into_iter().filter(meant) {
        strata.entry(station(alert)).or_default().push(alert.id);
    }
    let counts: Vec<usize> = strata.values().map(Vec::len).collect();
    let places = shared_out(lot.size as usize, &counts);
    let drawn = |((station, mut alerts), places): ((_, Vec<AlertId>), usize)| {
        let handled = alerts.len() as u32;
        alerts.sort_by_cached_key(|alert| rank(lot.seed, *alert));
        alerts.truncate(places);
        alerts.sort_unstable();
        Stratum { station, handled, alerts }
    };
    strata.into_iter().zip(places).map(drawn).collect()
}

/// An alert's place in its stratum's order.
fn rank(seed: u32, alert: AlertId) -> [u8; 32] {
    Sha256::digest(format!("{seed}:{alert}")).into()
}

/// How many of `size` places each stratum of so many alerts gets.
fn shared_out(size: usize, counts: &[usize]) -> Vec<usize> {
    let whole: usize = counts.iter().sum();
    let size = size.min(whole);
    let first = usize::from(size >= counts.len());
    let left: Vec<usize> = counts.iter().map(|count| count - first).collect();
    let (to_share, of) = (size - first * counts.len(), left.iter().sum::<usize>());
    if of == 0 {
        return vec![first; counts.len()];
    }
    let mut places: Vec<usize> = left.iter().map(|left| first + to_share * left / of).collect();
    let mut by_remainder: Vec<usize> = (0..counts.len()).collect();
    by_remainder.sort_by_key(|&index| Reverse((to_share * left[index] % of, counts[index])));
    let given: usize = places.iter().sum();
    for index in by_remainder.into_iter().take(size - given) {
        places[index] += 1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{rank, shared_out};
    use crate::domain::id::AlertId;

    #[test]
    fn each_stratum_gets_one_and_the_rest_goes_by_size() {
        assert_eq!(shared_out(10, &[80, 15, 5]), [7, 2, 1]);
    }

    #[test]
    fn too_few_places_go_by_size_alone() {
        assert_eq!(shared_out(2, &[6, 5, 1]), [1, 1, 0]);
    }

    #[test]
    fn no_stratum_gives_more_than_it_has() {
        assert_eq!(shared_out(50, &[3, 1, 4]), [3, 1, 4]);
        assert_eq!(shared_out(7, &[3, 1, 4]), [3, 1, 3]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(shared_out(5, &[]), [0usize; 0]);
    }

    /// As `printf 7:12 | sha256sum` says.
    #[test]
    fn the_order_is_that_of_a_plain_hash() {
        let hash = hex::encode(rank(7, AlertId(12)));
        assert_eq!(&hash[..16], "0d6236236f75c179");
    }
}
