//! Names as numbers: 0 is none, then in the order they came.

use std::{collections::HashMap, hash::Hash};

/// A list of names, each once.
#[derive(Debug)]
pub struct Names<Name> {
    list: Vec<Name>,
    numbers: HashMap<Name, u32>,
}

impl<Name> Default for Names<Name> {
    fn default() -> Self {
        Self { list: Vec::new(), numbers: HashMap::new() }
    }
}

impl<Name: Clone + Eq + Hash> Names<Name> {
    /// Gives a number to a name that has none.
    pub fn enter(&mut self, name: &Name) {
        if !self.numbers.contains_key(name) {
            self.list.push(name.clone());
            self.numbers.insert(name.clone(), self.list.len() as u32);
        }
    }

    /// The number of a name; 0 where it was never entered.
    pub fn number(&self, name: &Name) -> u32 {
        self.numbers.get(name).copied().unwrap_or(0)
    }

    /// The name of a number; none for 0.
    pub fn name(&self, number: u32) -> Option<&Name> {
        self.list.get((number as usize).checked_sub(1)?)
    }

    /// Every name, in the order of their numbers from 1 on.
    pub fn iter(&self) -> impl Iterator<Item = &Name> {
        self.list.iter()
    }

    /// How many numbers there are, 0 counted.
    pub fn numbers(&self) -> usize {
        self.list.len() + 1
    }
}
