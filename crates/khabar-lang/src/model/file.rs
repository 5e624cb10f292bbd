//! The model file: named arrays of little-endian numbers, one after the other.
//!
//! A file is the magic bytes, then for each array its name, its length in bytes and the bytes. There is nothing to
//! parse and nothing to rebuild at start-up.

use crate::error::Error;

const MAGIC: &[u8; 8] = b"khabar01";

/// Collects the arrays of a model file.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Adds an array of bytes.
    pub fn bytes(&mut self, name: &str, values: &[u8]) {
        if self.bytes.is_empty() {
            self.bytes.extend_from_slice(MAGIC);
        }
        self.bytes.push(name.len() as u8);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(&(values.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(values);
    }

    /// Adds an array of signed bytes.
    pub fn i8s(&mut self, name: &str, values: &[i8]) {
        self.bytes(name, &values.iter().map(|&value| value as u8).collect::<Vec<_>>());
    }

    /// Adds an array of 16-bit integers.
    pub fn i16s(&mut self, name: &str, values: &[i16]) {
        self.bytes(name, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
    }

    /// Adds an array of 32-bit integers.
    pub fn u32s(&mut self, name: &str, values: &[u32]) {
        self.bytes(name, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
    }

    /// Adds an array of 64-bit integers.
    pub fn u64s(&mut self, name: &str, values: &[u64]) {
        self.bytes(name, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
    }

    /// Adds an array of floating-point numbers.
    pub fn f32s(&mut self, name: &str, values: &[f32]) {
        self.bytes(name, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
    }

    /// Adds strings that hold no line break.
    pub fn strings<S: AsRef<str>>(&mut self, name: &str, values: &[S]) {
        let lines: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        self.bytes(name, lines.join("\n").as_bytes());
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Finds the arrays of a model file.
pub struct Reader<'b> {
    file: String,
    arrays: Vec<(&'b str, &'b [u8])>,
}

impl<'b> Reader<'b> {
    /// Reads the directory of a file; `file` is its name in errors.
    pub fn new(file: &str, bytes: &'b [u8]) -> Result<Self, Error> {
        let mut reader = Self { file: file.to_owned(), arrays: Vec::new() };
        let mut rest = bytes
            .strip_prefix(MAGIC.as_slice())
            .ok_or_else(|| reader.error("it is not a model of this version".to_owned()))?;
        while !rest.is_empty() {
            let (array, after) =
                read_array(rest).ok_or_else(|| reader.error("it is cut short".to_owned()))?;
            reader.arrays.push(array);
            rest = after;
        }
        Ok(reader)
    }

    /// An error that names this file.
    pub fn error(&self, problem: String) -> Error {
        Error::Model { file: self.file.clone(), problem }
    }

    /// An array of bytes.
    pub fn bytes(&self, name: &str) -> Result<&'b [u8], Error> {
        self.arrays
            .iter()
            .find(|(found, _)| *found == name)
            .map(|&(_, bytes)| bytes)
            .ok_or_else(|| self.error(format!("{name} is missing")))
    }

    fn numbers<const N: usize, T>(
        &self,
        name: &str,
        read: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, Error> {
        let bytes = self.bytes(name)?;
        if bytes.len() % N != 0 {
            return Err(self.error(format!("{name} has a broken number")));
        }
        let (numbers, _) = bytes.as_chunks::<N>();
        Ok(numbers.iter().map(|&number| read(number)).collect())
    }

    /// An array of signed bytes.
    pub fn i8s(&self, name: &str) -> Result<Vec<i8>, Error> {
        self.numbers(name, i8::from_le_bytes)
    }

    /// An array of 16-bit integers.
    pub fn i16s(&self, name: &str) -> Result<Vec<i16>, Error> {
        self.numbers(name, i16::from_le_bytes)
    }

    /// An array of 32-bit integers.
    pub fn u32s(&self, name: &str) -> Result<Vec<u32>, Error> {
        self.numbers(name, u32::from_le_bytes)
    }

    /// An array of 64-bit integers.
    pub fn u64s(&self, name: &str) -> Result<Vec<u64>, Error> {
        self.numbers(name, u64::from_le_bytes)
    }

    /// An array of floating-point numbers.
    pub fn f32s(&self, name: &str) -> Result<Vec<f32>, Error> {
        self.numbers(name, f32::from_le_bytes)
    }

    /// Strings.
    pub fn strings(&self, name: &str) -> Result<Vec<&'b str>, Error> {
        let text = std::str::from_utf8(self.bytes(name)?)
            .map_err(|_| self.error(format!("{name} is not text")))?;
        Ok(if text.is_empty() { Vec::new() } else { text.split('\n').collect() })
    }
}

type Array<'b> = (&'b str, &'b [u8]);

fn read_array(bytes: &[u8]) -> Option<(Array<'_>, &[u8])> {
    let (&name_length, rest) = bytes.split_first()?;
    let (name, rest) = rest.split_at_checked(name_length.into())?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (values, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some(((std::str::from_utf8(name).ok()?, values), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Vec<u8> {
        let mut writer = Writer::default();
        writer.i16s("a", &[1, -2, 300]);
        writer.strings("names", &["x", "ي"]);
        writer.f32s("f", &[0.5]);
        writer.finish()
    }

    #[test]
    fn arrays_round_trip() {
        let bytes = example();
        let reader = Reader::new("x.bin", &bytes).unwrap();
        assert_eq!(reader.i16s("a").unwrap(), [1, -2, 300]);
        assert_eq!(reader.strings("names").unwrap(), ["x", "ي"]);
        assert_eq!(reader.f32s("f").unwrap(), [0.5]);
        let missing = reader.u32s("b").unwrap_err();
        assert_eq!(missing.to_string(), "model x.bin: b is missing");
    }

    #[test]
    fn damaged_files_are_errors() {
        let bytes = example();
        for length in 0..bytes.len() {
            let reader = Reader::new("x.bin", &bytes[..length]);
            assert!(reader.is_err() || reader.is_ok_and(|reader| reader.arrays.len() < 3));
        }
        assert!(Reader::new("x.bin", b"").is_err());
    }
}
