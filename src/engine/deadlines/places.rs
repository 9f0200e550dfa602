//! Where in the heap each alert's deadline lies.

use crate::domain::id::AlertId;

/// Alerts to a page. Open alerts have neighbouring numbers, and one that stays open for months
/// holds no more than its own page.
const PAGE: usize = 64;
const NOWHERE: u32 = u32::MAX;

/// A table by alert number. Alerts are numbered from 1 without a gap, so this needs no hashing, and
/// takes four bytes for each that is armed.
#[derive(Debug, Default)]
pub struct Places {
    pages: Vec<Option<Box<Page>>>,
}

#[derive(Debug)]
struct Page {
    places: [u32; PAGE],
    armed: u32,
}

impl Places {
    /// Where an alert's deadline lies, where it has one.
    pub fn get(&self, alert: AlertId) -> Option<usize> {
        let (page, slot) = split(alert);
        let place = self.pages.get(page)?.as_ref()?.places[slot];
        (place != NOWHERE).then_some(place as usize)
    }

    /// Notes where it lies.
    pub fn set(&mut self, alert: AlertId, place: usize) {
        let (page, slot) = split(alert);
        if page >= self.pages.len() {
            self.pages.resize_with(page + 1, || None);
        }
        let page = self.pages[page].get_or_insert_default();
        page.armed += u32::from(page.places[slot] == NOWHERE);
        page.places[slot] = place as u32;
    }

    /// It has none any more.
    pub fn clear(&mut self, alert: AlertId) {
        let (page, slot) = split(alert);
        let Some(held) = self.pages.get_mut(page) else { return };
        let Some(found) = held.as_mut().filter(|found| found.places[slot] != NOWHERE) else {
            return;
        };
        found.places[slot] = NOWHERE;
        found.armed -= 1;
        if found.armed == 0 {
            *held = None;
        }
    }

    /// Pages that are held.
    #[cfg(test)]
    pub fn pages(&self) -> usize {
        self.pages.iter().flatten().count()
    }
}

impl Default for Page {
    fn default() -> Self {
        Self { places: [NOWHERE; PAGE], armed: 0 }
    }
}

fn split(alert: AlertId) -> (usize, usize) {
    (alert.0 as usize / PAGE, alert.0 as usize % PAGE)
}
