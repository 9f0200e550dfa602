//! Hash trees as in RFC 6962: of any number of leaves one root, and for each leaf a path that leads
//! to it. Leaves and nodes are hashed apart, so that neither passes for the other.

use sha2::{Digest, Sha256};

use super::chain::Hash;

const LEAF: u8 = 0;
const NODE: u8 = 1;

/// A leaf's hash.
pub fn leaf(content: Hash) -> Hash {
    Hash(Sha256::new().chain_update([LEAF]).chain_update(content.0).finalize().into())
}

fn node(left: Hash, right: Hash) -> Hash {
    let hashed = Sha256::new().chain_update([NODE]).chain_update(left.0).chain_update(right.0);
    Hash(hashed.finalize().into())
}

/// The root over leaves, as [`leaf`] makes them; of none, [`Hash::GENESIS`].
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|leaf| frontier.push(*leaf));
    frontier.root()
}

/// The neighbours on the way from the leaf at `index` up to the root, the lowest first.
///
/// # Panics
/// When there is no such leaf.
pub fn path(leaves: &[Hash], index: usize) -> Vec<Hash> {
    assert!(index < leaves.len(), "there is such a leaf");
    let mut path = Vec::new();
    let (mut leaves, mut index) = (leaves, index);
    // From the root down; turned round at the end.
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(widest_below(leaves.len()));
        if index < left.len() {
            path.push(root(right));
            leaves = left;
        } else {
            path.push(root(left));
            index -= left.len();
            leaves = right;
        }
    }
    path.reverse();
    path
}

/// The root that the leaf at `index` of `size` and its path lead to; `None` when no tree of that
/// size has such a path.
pub fn climb(leaf: Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for neighbour in path {
        if last == 0 {
            return None;
        }
        if at % 2 == 1 || at == last {
            hash = node(*neighbour, hash);
            while at.is_multiple_of(2) && at != 0 {
                at /= 2;
                last /= 2;
            }
        } else {
            hash = node(hash, *neighbour);
        }
        at /= 2;
        last /= 2;
    }
    (last == 0).then_some(hash)
}

/// The widest complete tree that leaves something beside it.
fn widest_below(leaves: usize) -> usize {
    leaves.next_power_of_two() / 2
}

/// The right edge of a growing tree: as many hashes as its size has ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Complete trees, the widest first.
    trees: Vec<Hash>,
}

impl Frontier {
    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut tree = leaf;
        for _ in 0..self.size.trailing_ones() {
            let left = self.trees.pop().expect("one tree per one of the size");
            tree = node(left, tree);
        }
        self.trees.push(tree);
        self.size += 1;
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over all leaves so far.
    pub fn root(&self) -> Hash {
        let narrowest_first = self.trees.iter().rev().copied();
        narrowest_first.reduce(|right, left| node(left, right)).unwrap_or(Hash::GENESIS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|n| leaf(Hash([n; 32]))).collect()
    }

    #[test]
    fn every_leaf_of_every_small_tree_leads_to_its_root_and_to_no_other() {
        for size in 1..=40 {
            let leaves = leaves(size);
            let root = root(&leaves);
            for index in 0..usize::from(size) {
                let path = path(&leaves, index);
                let climbed = |at: usize| climb(leaves[at], index as u64, size.into(), &path);
                assert_eq!(climbed(index), Some(root), "{index} of {size}");
                assert_ne!(climbed((index + 1) % leaves.len()).filter(|_| size > 1), Some(root));
                let elsewhere = (index as u64 + 1) % u64::from(size);
                if size > 1 {
                    assert_ne!(climb(leaves[index], elsewhere, size.into(), &path), Some(root));
                }
            }
        }
    }

    #[test]
    fn the_roots_are_those_of_the_standard() {
        let empty_leaf = Hash(Sha256::digest([LEAF]).into());
        let one = |bytes: &[u8]| {
            Hash(Sha256::new().chain_update([LEAF]).chain_update(bytes).finalize().into())
        };
        // The test vectors of the standard's reference implementation.
        let leaves = [empty_leaf, one(&[0x00]), one(&[0x10]), one(&[0x20, 0x21])];
        let told = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
        assert_eq!(root(&leaves).to_string(), told);
    }
}
