//! The product's allocator, for benches that serve the product in their own process.

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
