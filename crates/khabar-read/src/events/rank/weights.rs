//! What reasons weigh: one table of bytes that reasons are hashed into, for both roles.

use super::Role;

/// The number of weights.
pub const TABLE: usize = 1 << 18;

/// What the file of weights begins with.
const MAGIC: &[u8; 8] = b"khparty1";

/// Learnt weights.
pub(crate) struct Weights {
    scale: f32,
    table: &'static [u8],
}

impl Weights {
    /// Reads a file of weights; none when it is no such file.
    pub(crate) fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (scale, table) = rest.split_first_chunk::<4>()?;
        (table.len() == TABLE).then_some(Self { scale: f32::from_le_bytes(*scale), table })
    }

    /// What reasons weigh together.
    pub(super) fn score(&self, role: Role, reasons: &[u32]) -> f32 {
        let weights = slots(role, reasons).map(|slot| i32::from(self.table[slot].cast_signed()));
        weights.sum::<i32>() as f32 * self.scale
    }
}

impl std::fmt::Debug for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Weights").field("scale", &self.scale).finish_non_exhaustive()
    }
}

/// The places in the table of what reasons weigh for a role.
pub fn slots(role: Role, reasons: &[u32]) -> impl Iterator<Item = usize> {
    let salt = match role {
        Role::Actor => 0x51ed_270b,
        Role::Recipient => 0xa3c5_9ac3_u32,
    };
    reasons.iter().map(move |reason| {
        let mixed = (reason ^ salt).wrapping_mul(0x9e37_79b1);
        (mixed >> (32 - TABLE.trailing_zeros())) as usize
    })
}

/// Writes learnt weights as a file.
pub fn write(weights: &[f32]) -> Vec<u8> {
    let largest = weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
    let scale = largest / 127.0;
    let mut bytes = MAGIC.to_vec();
    bytes.extend(scale.to_le_bytes());
    bytes.extend(weights.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_weights_read_back() {
        let mut weights = vec![0.0; TABLE];
        for slot in slots(Role::Actor, &[7, 8]) {
            weights[slot] = 1.0;
        }
        let bytes: &'static [u8] = write(&weights).leak();
        let read = Weights::read(bytes).unwrap();
        assert!(read.score(Role::Actor, &[7, 8]) > read.score(Role::Recipient, &[7, 8]));
        assert!(Weights::read(&bytes[1..]).is_none());
    }
}
