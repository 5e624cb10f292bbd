//! Reading the frequency lists of wordfreq (Robyn Speer, CC BY-SA 4.0).

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use std::{fs::File, io::Read, path::Path};

/// Reads a list: words with their frequency bands, 15 for the commonest, down to `rarest` centibels.
///
/// The file is a `MessagePack` array: a header, then for each centibel below certainty an array of the words that are that
/// rare.
pub(crate) fn read(path: &Path, rarest: usize) -> Result<Vec<(String, u8)>> {
    let words = read_centibels(path)?.into_iter();
    let common =
        words.filter(|(word, centibel)| *centibel <= rarest && !word.contains(char::is_numeric));
    Ok(common.map(|(word, centibel)| (word, band(centibel))).collect())
}

/// Reads a list: words with how rare they are, in centibels below certainty.
pub(crate) fn read_centibels(path: &Path) -> Result<Vec<(String, usize)>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes)?;
    let mut reader = Reader { bytes: &bytes };
    let bands = reader.array()?;
    reader.skip_header()?;
    let mut words = Vec::new();
    for centibel in 0..bands - 1 {
        for _ in 0..reader.array()? {
            words.push((reader.string()?.to_owned(), centibel));
        }
    }
    Ok(words)
}

fn band(centibel: usize) -> u8 {
    (15 - centibel.saturating_sub(150) * 14 / 650).clamp(1, 15) as u8
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count).context("the list is cut short")?;
        self.bytes = rest;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<usize> {
        Ok(self.take(bytes)?.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte)))
    }

    fn array(&mut self) -> Result<usize> {
        match self.number(1)? {
            tag @ 0x90..=0x9f => Ok(tag & 15),
            0xdc => self.number(2),
            0xdd => self.number(4),
            tag => bail!("{tag:#x} is not the start of an array"),
        }
    }

    fn string(&mut self) -> Result<&'b str> {
        let length = match self.number(1)? {
            tag @ 0xa0..=0xbf => tag & 31,
            0xd9 => self.number(1)?,
            0xda => self.number(2)?,
            tag => bail!("{tag:#x} is not the start of a string"),
        };
        Ok(std::str::from_utf8(self.take(length)?)?)
    }

    fn skip_header(&mut self) -> Result<()> {
        let entries = self.number(1)? & 15;
        for _ in 0..entries {
            self.string()?;
            if self.bytes.first().is_some_and(|tag| (0xa0..=0xbf).contains(tag)) {
                self.string()?;
            } else {
                self.number(1)?;
            }
        }
        Ok(())
    }
}
