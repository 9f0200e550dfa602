//! A column of numbers, packed into as few bits as the widest of each block needs.

use bitpacking::{BitPacker, BitPacker4x};

/// Numbers are packed and unpacked so many at a time.
pub const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// One block unpacked.
pub type Lane = [u32; BLOCK];

/// Bytes a block takes for each bit of its width.
const BYTES_PER_BIT: usize = BLOCK / 8;

/// A column that is written once.
#[derive(Debug, Default)]
pub struct Packed {
    bytes: Box<[u8]>,
    blocks: Box<[Head]>,
}

/// Where a block lies, and what was taken off each of its numbers.
#[derive(Clone, Copy, Debug)]
struct Head {
    from: u32,
    least: u32,
}

impl Packed {
    pub fn of(numbers: &[u32]) -> Self {
        let packer = BitPacker4x::new();
        let mut bytes = Vec::new();
        let mut blocks = Vec::with_capacity(numbers.len().div_ceil(BLOCK));
        for block in numbers.chunks(BLOCK) {
            let least = block.iter().copied().min().unwrap_or(0);
            let mut lane: Lane = [0; BLOCK];
            for (slot, number) in lane.iter_mut().zip(block) {
                *slot = number - least;
            }
            let width = packer.num_bits(&lane);
            let from = bytes.len();
            bytes.resize(from + BYTES_PER_BIT * usize::from(width), 0);
            packer.compress(&lane, &mut bytes[from..], width);
            blocks.push(Head { from: from as u32, least });
        }
        Self { bytes: bytes.into(), blocks: blocks.into() }
    }

    /// Unpacks a block. What a last block has beyond the column's end is of no meaning.
    pub fn load(&self, block: usize, lane: &mut Lane) {
        let Head { from, least } = self.blocks[block];
        let until = self.blocks.get(block + 1).map_or(self.bytes.len(), |next| next.from as usize);
        let bytes = &self.bytes[from as usize..until];
        if bytes.is_empty() {
            lane.fill(least);
            return;
        }
        BitPacker4x::new().decompress(bytes, lane, (bytes.len() / BYTES_PER_BIT) as u8);
        if least > 0 {
            lane.iter_mut().for_each(|number| *number = number.wrapping_add(least));
        }
    }

    /// The least number of a block; of none beyond the last.
    pub fn least(&self, block: usize) -> Option<u32> {
        self.blocks.get(block).map(|head| head.least)
    }

    /// How many blocks begin before a number, where the column's numbers never fall.
    pub fn blocks_before(&self, number: i64) -> usize {
        self.blocks.partition_point(|head| i64::from(head.least) < number)
    }

    /// The first so many numbers.
    pub fn unpacked(&self, count: usize) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(self.blocks.len() * BLOCK);
        let mut lane = [0; BLOCK];
        for block in 0..self.blocks.len() {
            self.load(block, &mut lane);
            numbers.extend(lane);
        }
        numbers.truncate(count);
        numbers
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        self.bytes.len() + size_of_val(&*self.blocks) + size_of::<Self>()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Packed;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(
            numbers in proptest::collection::vec(prop_oneof![0..5_u32, any::<u32>()], 0..600),
        ) {
            prop_assert_eq!(Packed::of(&numbers).unpacked(numbers.len()), numbers);
        }
    }

    #[test]
    fn a_column_of_one_value_takes_hardly_a_byte() {
        assert!(Packed::of(&[u32::MAX; 12_800]).bytes() < 1_000);
    }
}
