//! The deadline queue: of each alert its next deadline, in order of time.
//!
//! A heap with four children to a node, which lie side by side in one line of the processor's
//! cache, and beside it the place of each alert in the heap: most of what is armed is moved or
//! cancelled before it comes, and is found without a search.

mod places;

use std::{cmp::Reverse, collections::BinaryHeap};

use self::places::Places;
use crate::domain::{State, Timestamp, id::AlertId};

/// One entry per alert that has a deadline to come; a hundred thousand are normal, a million take
/// some twenty bytes each.
#[derive(Debug, Default)]
pub struct Deadlines {
    /// No node is due before its parent.
    heap: Vec<Armed>,
    places: Places,
}

/// A deadline to come. Ordered by time, and at one instant by alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Armed {
    at: Timestamp,
    alert: AlertId,
}

const CHILDREN: usize = 4;

impl Deadlines {
    /// The queue of a state.
    pub fn of(state: &State) -> Self {
        let mut deadlines = Self::default();
        for alert in state.open.iter().filter_map(|id| state.alert(*id)) {
            deadlines.set(alert.id, alert.next_deadline());
        }
        deadlines
    }

    /// Notes an alert's next deadline, in the place of the one it had.
    pub fn set(&mut self, alert: AlertId, next: Option<Timestamp>) {
        match (self.places.get(alert), next) {
            (None, None) => {}
            (None, Some(at)) => {
                self.heap.push(Armed { at, alert });
                self.settle(self.heap.len() - 1);
            }
            (Some(place), Some(at)) => {
                if self.heap[place].at != at {
                    self.heap[place].at = at;
                    self.settle(place);
                }
            }
            (Some(place), None) => self.remove(place),
        }
    }

    /// The instant of the next deadline of all.
    pub fn next(&self) -> Option<Timestamp> {
        self.heap.first().map(|armed| armed.at)
    }

    /// Up to `max` alerts with a deadline that has come, the most overdue first.
    pub fn due(&self, now: Timestamp, max: usize) -> Vec<AlertId> {
        let mut due = Vec::new();
        let mut reached = BinaryHeap::new();
        let is_due = |place: &usize| self.heap.get(*place).is_some_and(|armed| armed.at <= now);
        reached.extend(Some(0).filter(is_due).map(|place| Reverse((self.heap[place], place))));
        while due.len() < max
            && let Some(Reverse((armed, place))) = reached.pop()
        {
            due.push(armed.alert);
            let children = children(place).filter(is_due);
            reached.extend(children.map(|place| Reverse((self.heap[place], place))));
        }
        due
    }

    fn remove(&mut self, place: usize) {
        let removed = self.heap.swap_remove(place);
        self.places.clear(removed.alert);
        if place < self.heap.len() {
            self.settle(place);
        }
        // What a storm took is given back after it.
        if self.heap.len() < self.heap.capacity() / 4 {
            self.heap.shrink_to(self.heap.capacity() / 2);
        }
    }

    /// Moves what lies at a place up or down to where it belongs.
    fn settle(&mut self, place: usize) {
        let armed = self.heap[place];
        let mut place = self.rise(armed, place);
        while let Some(first) = self.first_child(place)
            && self.heap[first] < armed
        {
            self.put(place, self.heap[first]);
            place = first;
        }
        self.put(place, armed);
    }

    /// Where it belongs above a place; whom it passes moves down.
    fn rise(&mut self, armed: Armed, mut place: usize) -> usize {
        while place > 0 {
            let parent = (place - 1) / CHILDREN;
            if self.heap[parent] <= armed {
                break;
            }
            self.put(place, self.heap[parent]);
            place = parent;
        }
        place
    }

    fn first_child(&self, place: usize) -> Option<usize> {
        let below = children(place).start..children(place).end.min(self.heap.len());
        below.min_by_key(|child| self.heap[*child])
    }

    fn put(&mut self, place: usize, armed: Armed) {
        self.heap[place] = armed;
        self.places.set(armed.alert, place);
    }
}

fn children(place: usize) -> std::ops::Range<usize> {
    place * CHILDREN + 1..place * CHILDREN + 1 + CHILDREN
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    proptest! {
        #[test]
        fn it_is_an_ordered_list_of_what_was_set_last(
            set in prop::collection::vec((1..200_u32, prop::option::of(-20..20_i64)), 0..600),
            now in -25..25_i64,
            max in 0..40_usize,
        ) {
            let (mut queue, mut plain) = (Deadlines::default(), BTreeMap::new());
            for (alert, next) in set {
                queue.set(AlertId(alert), next.map(at));
                match next {
                    Some(next) => drop(plain.insert(alert, next)),
                    None => drop(plain.remove(&alert)),
                }
                prop_assert_eq!(queue.next(), plain.values().min().copied().map(at));
            }
            let mut due: Vec<_> = plain.into_iter().filter(|(_, at)| *at <= now).collect();
            due.sort_by_key(|(alert, at)| (*at, *alert));
            let due: Vec<_> = due.into_iter().take(max).map(|(alert, _)| AlertId(alert)).collect();
            prop_assert_eq!(queue.due(at(now), max), due);
        }
    }

    #[test]
    fn instants_as_far_apart_as_there_are_keep_their_order() {
        let mut queue = Deadlines::default();
        let instants = [i64::MAX, 0, i64::MIN, 1_790_000_000_000, -1];
        for (alert, millis) in (1..).zip(instants) {
            queue.set(AlertId(alert), Some(at(millis)));
        }
        let due = queue.due(at(i64::MAX), 10);
        assert_eq!(due, [3, 5, 2, 4, 1].map(AlertId));
    }

    #[test]
    fn a_storm_leaves_no_memory_behind() {
        let mut queue = Deadlines::default();
        (1..=10_000).for_each(|alert| queue.set(AlertId(alert), Some(at(alert.into()))));
        (1..=9_999).for_each(|alert| queue.set(AlertId(alert), None));
        assert_eq!(queue.due(at(i64::MAX), 10), [AlertId(10_000)]);
        assert!(queue.heap.capacity() < 100, "{}", queue.heap.capacity());
        assert_eq!(queue.places.pages(), 1);
    }
}
