//! What the model looks at: the word, its spelling, its neighbours, its place in the tree and what the lists know of it.

use khabar_lang::{Language, Sentence, Upos, Word};

use crate::names::flag;

/// What is kept of each word of a sentence while its features are made.
#[derive(Clone, Copy, Default)]
struct Seen {
    key: u32,
    shape: u32,
    upos: u32,
    flags: u32,
    head: u32,
    relation: u32,
    /// How common the word is, and what the lists of the language layer say it can be.
    band: u32,
    classes: u32,
    /// What introduces names before the word, and how near it is.
    opened: u32,
    /// Whether white space stands before the word.
    apart: bool,
}

/// Makes features, with its buffers.
#[derive(Default)]
pub struct Extractor {
    seen: Vec<Seen>,
    features: Vec<u32>,
}

/// Stands beyond both ends of a sentence.
const OUTSIDE: Seen = Seen {
    key: 1,
    shape: 1,
    upos: 31,
    flags: 0,
    head: 1,
    relation: 0,
    band: 31,
    classes: 0,
    opened: 0,
    apart: true,
};

/// The key of a word that is hidden in training, so that the model learns to do without it: features of it are left out.
const HIDDEN: u32 = 0xFFFF_FFFF;

/// The flags that the templates combine; those for nouns of the atlas count by themselves.
const LISTS: u32 = 0xFFFF;

/// The flags that tell only what lists have the word, so that no unlisted name has them.
const OF_NAMES: u32 = flag::STATE
    | flag::PLACE
    | flag::BODY
    | flag::PERSON
    | flag::OUTLET
    | flag::LONG
    | flag::SMALL_PLACE;

impl Extractor {
    /// Hands the features of each word of a sentence to `take`, in the order of the words.
    pub fn sentence(&mut self, sentence: Sentence<'_>, flags: &[u32], take: impl FnMut(&[u32])) {
        self.sentence_hiding(sentence, flags, |_| false, take);
    }

    /// As [`Extractor::sentence`], as if the hidden words were new: nobody has listed them, and nothing was learnt of them.
    pub fn sentence_hiding(
        &mut self,
        sentence: Sentence<'_>,
        flags: &[u32],
        is_hidden: impl Fn(usize) -> bool,
        mut take: impl FnMut(&[u32]),
    ) {
        self.seen.clear();
        self.seen.extend(sentence.words().map(|word| {
            let head = word.head();
            let hidden = is_hidden(word.index());
            let flags = flags.get(word.index()).copied().unwrap_or_default();
            Seen {
                key: if hidden { HIDDEN } else { hash(word.key()) },
                shape: shape(word.text()),
                upos: word.upos() as u32,
                flags: if hidden { flags & !OF_NAMES } else { flags },
                band: if hidden { 0 } else { word.band().div_ceil(2).into() },
                classes: if hidden { 0 } else { word.classes().into() },
                opened: 0,
                head: head.map_or(2, |head| hash(head.lemma())),
                relation: word.deprel().universal() as u32,
                apart: !word.is_attached(),
            }
        }));
        self.open(sentence);
        for seen in &mut self.seen {
            seen.flags &= LISTS;
        }
        let capitals = sentence.words().filter(|word| is_capital(word.text())).count();
        let shouting = capitals * 3 > self.seen.len() * 2 && self.seen.len() > 3;
        for (at, word) in sentence.words().enumerate() {
            self.features.clear();
            self.word(word, at, shouting);
            take(&self.features);
        }
    }

    /// Finds what introduces names: "justice minister" and وزيرة العدل السنغالية stand some words before the name.
    fn open(&mut self, sentence: Sentence<'_>) {
        const HEADS: u32 =
            flag::ROLE | flag::ROLE_BODY | flag::TITLE | flag::ORG_HEAD | flag::PLACE_HEAD;
        let mut open: Option<(usize, u32)> = None;
        for (at, word) in sentence.words().enumerate() {
            if let Some((head, kinds)) = open {
                let far = (at - head).min(5) as u32;
                self.seen[at].opened = kinds << 3 | far;
            }
            let heads = self.seen[at].flags & HEADS;
            let kinds = u32::from(heads & flag::ROLE != 0)
                | u32::from(heads & flag::ROLE_BODY != 0) << 1
                | u32::from(heads & flag::TITLE != 0) << 2
                | u32::from(heads & flag::ORG_HEAD != 0) << 3
                | u32::from(heads & flag::PLACE_HEAD != 0) << 4;
            let carries = matches!(
                word.upos(),
                Upos::Noun | Upos::Adj | Upos::Propn | Upos::X | Upos::Adp | Upos::Det
            );
            open = match open {
                _ if kinds != 0 => Some((at, kinds)),
                Some((head, _)) if carries && at - head < 6 => open,
                _ => None,
            };
        }
    }

    fn seen(&self, at: usize, step: isize) -> Seen {
        at.checked_add_signed(step).and_then(|at| self.seen.get(at)).copied().unwrap_or(OUTSIDE)
    }

    fn word(&mut self, word: Word<'_>, at: usize, shouting: bool) {
        let [before2, before, this, after, after2] =
            [-2, -1, 0, 1, 2].map(|step| self.seen(at, step));
        let key = word.key();
        let mut add = |template: u32, parts: &[u32]| {
            if parts.contains(&HIDDEN) {
                return;
            }
            let feature = parts.iter().fold(template, |sum, &part| mix(sum, part));
            self.features.push(mix(feature, 0x9E37_79B9));
        };
        add(0, &[]);
        add(1, &[this.key]);
        add(2, &[this.key, this.shape]);
        add(3, &[before.key]);
        add(4, &[after.key]);
        add(5, &[before2.key]);
        add(6, &[after2.key]);
        add(7, &[before.key, this.key]);
        add(8, &[this.key, after.key]);
        add(9, &[this.shape, before.key]);
        add(10, &[this.shape, after.key]);
        add(11, &[this.upos, this.shape, u32::from(at == 0), u32::from(shouting)]);
        add(12, &[before.shape, this.shape, after.shape]);
        add(13, &[before.upos, this.upos, after.upos]);
        add(14, &[before2.upos, before.upos, this.upos]);
        add(15, &[this.flags, this.shape]);
        add(16, &[before.flags, this.flags]);
        add(17, &[this.flags, after.flags]);
        add(18, &[before.flags, this.shape, this.upos]);
        add(19, &[after.flags, this.shape, this.upos]);
        add(20, &[this.relation, this.head, this.shape]);
        add(21, &[this.relation, this.upos, this.shape]);
        add(22, &[before2.key, before.key]);
        add(23, &[after.key, after2.key]);
        add(24, &[before.flags, this.flags, after.flags]);
        add(25, &[this.flags, this.upos, u32::from(this.apart)]);
        add(60, &[this.band, this.upos, this.shape]);
        add(61, &[before.band, this.band, this.shape]);
        add(62, &[this.band, after.band, this.shape]);
        add(63, &[this.band, before.key]);
        add(64, &[this.classes, this.shape]);
        add(65, &[this.classes, this.upos, before.upos]);
        add(66, &[before.classes, this.classes, after.classes]);
        add(67, &[this.opened, this.upos, this.shape]);
        add(68, &[this.opened, this.band.div_ceil(2), this.shape]);
        add(69, &[this.opened, this.flags]);
        add(70, &[this.band, this.flags]);
        add(71, &[this.opened, after.upos, this.upos]);
        for (n, length) in (1..).zip([1, 2, 3, 4]) {
            if let Some(start) = prefix(key, length) {
                add(30 + n, &[hash(start)]);
            }
            if let Some(end) = suffix(key, length) {
                add(40 + n, &[hash(end), this.shape]);
            }
        }
        if word.analysis().language() == Language::Arabic {
            let article = u32::from(key.starts_with("ال"));
            add(50, &[article, this.upos, before.key]);
            add(51, &[article, before.flags, u32::from(this.apart)]);
            add(52, &[article, this.upos, before.upos]);
            add(54, &[article, this.band, this.opened]);
            if let Some(bare) = key.strip_prefix("ال") {
                add(1, &[hash(bare), 7]);
            }
        } else if let Some((_, last)) = key.rsplit_once('-') {
            add(53, &[hash(last)]);
        }
    }
}

fn is_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// The kinds of the characters of a word, runs of one kind counted once: `Xx`, `X.X.`, `d-x`.
fn shape(text: &str) -> u32 {
    let mut last = 0;
    let mut sum = 17;
    for c in text.chars().take(20) {
        let kind = match c {
            'a'..='z' => 1,
            'A'..='Z' => 2,
            _ if c.is_uppercase() => 2,
            _ if c.is_numeric() => 3,
            _ if c.is_lowercase() => 1,
            _ if c.is_alphabetic() => 4,
            _ => c as u32 + 8,
        };
        if kind != last {
            sum = mix(sum, kind);
            last = kind;
        }
    }
    // A capital alone is an initial.
    if text.len() == 1 { mix(sum, 5) } else { sum }
}

fn prefix(word: &str, length: usize) -> Option<&str> {
    let (end, _) = word.char_indices().nth(length)?;
    Some(&word[..end])
}

fn suffix(word: &str, length: usize) -> Option<&str> {
    let (start, _) = word.char_indices().nth_back(length - 1)?;
    (start > 0).then(|| &word[start..])
}

/// A hash that is the same on every machine and in every version.
fn hash(text: &str) -> u32 {
    let sum = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    (sum ^ (sum >> 32)) as u32
}

fn mix(sum: u32, part: u32) -> u32 {
    let wide = (u64::from(sum) ^ 0x5851_F42D).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ u64::from(part).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let wide = wide.wrapping_mul(0x2545_F491_4F6C_DD1D);
    (wide >> 32) as u32
}
