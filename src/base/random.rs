//! The generator SplitMix64 (Steele, Lea and Flood, 2014).

/// The difference of consecutive states: 2⁶⁴ divided by the golden ratio, so that they are far apart.
pub const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The random bits of a state.
#[must_use]
pub fn split_mix(state: u64) -> u64 {
    let mut word = state.wrapping_add(GOLDEN);
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}
