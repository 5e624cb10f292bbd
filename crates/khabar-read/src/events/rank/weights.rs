//! What reasons weigh, in one table for both roles.

use super::super::hashed::{self, Magic, place};
use super::Role;

/// What the file of weights begins with.
const MAGIC: Magic = *b"khparty1";

/// Learnt weights.
#[derive(Debug)]
pub(crate) struct Weights(hashed::Weights);

impl Weights {
    /// Reads a file of weights; none when it is no such file.
    pub(crate) fn read(bytes: &'static [u8]) -> Option<Self> {
        hashed::Weights::read(MAGIC, bytes).map(Self)
    }

    /// What reasons weigh together.
    pub(super) fn score(&self, role: Role, reasons: &[u32]) -> f32 {
        self.0.sum(slots(role, reasons))
    }
}

/// The places in the table of what reasons weigh for a role.
pub fn slots(role: Role, reasons: &[u32]) -> impl Iterator<Item = usize> {
    let salt = match role {
        Role::Actor => 0x51ed_270b,
        Role::Recipient => 0xa3c5_9ac3_u32,
    };
    reasons.iter().map(move |reason| place(reason ^ salt))
}

/// Writes learnt weights as a file.
pub fn write(weights: &[f32]) -> Vec<u8> {
    hashed::write(MAGIC, weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::TABLE;

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
