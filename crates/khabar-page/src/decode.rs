//! Bytes to text, whatever the page says about itself.
//!
//! Pages are saved, re-encoded, templated and mislabelled; the label is evidence, not truth. What settles the matter is
//! the bytes: a byte order mark, then the strict form of UTF-8, which other encodings hit by accident only in very short
//! texts. Only then does the label count, and only if the text that it gives looks at least as much like writing as the
//! text of the detector's guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page a declaration of its encoding is looked for.
const DECLARATION_WINDOW: usize = 4096;

/// How many bytes the guess is made from.
const GUESS_WINDOW: usize = 256 << 10;

/// Turns the bytes of a page or text into a string; never fails, since every byte sequence is some text.
pub(crate) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if mostly_utf8(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => decode_legacy(bytes),
    }
}

fn decode_legacy(bytes: &[u8]) -> String {
    let guess = guess(bytes);
    let declared = declared(bytes).filter(|&e| e != UTF_8 && e != UTF_16LE && e != UTF_16BE);
    let text = guess.decode_without_bom_handling(bytes).0;
    let Some(declared) = declared.filter(|&declared| declared != guess) else {
        return text.into_owned();
    };
    let (declared_text, errors) = declared.decode_without_bom_handling(bytes);
    // A single-byte label is often a server's default, so it has to be as good as the guess; it wins a tie.
    if !errors && plausibility(&declared_text) >= plausibility(&text) {
        return declared_text.into_owned();
    }
    text.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_WINDOW)], bytes.len() <= GUESS_WINDOW);
    detector.guess(None, Utf8Detection::Deny)
}

/// Says whether the bytes are UTF-8 but for a few broken places, as when a page was cut or one bad string pasted in.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad.saturating_mul(4)
}

/// Finds UTF-16 that has lost its mark: text of our languages then has a high byte of 0 or 6 in every other place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 16 {
        return None;
    }
    let high = |parity: usize| {
        let telling = sample.chunks_exact(2).filter(|pair| match pair[parity] {
            0 => pair[1 - parity] != 0,
            // The Arabic block; its letters lie in the upper part and are no ASCII letters by accident.
            6 => (0x0c..0x70).contains(&pair[1 - parity]),
            0x20 => (0x0c..0x30).contains(&pair[1 - parity]),
            _ => false,
        });
        telling.count() * 2
    };
    let (little, big) = (high(1), high(0));
    let zeros = memchr::memchr(0, sample).is_some();
    let enough = sample.len() / 10 * 9;
    if little >= enough && little > big && (zeros || little == sample.len()) {
        Some(UTF_16LE)
    } else if big >= enough && big > little && (zeros || big == sample.len()) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns the encoding that an XML declaration or a `meta` element names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_WINDOW)]);
    let head = head.to_ascii_lowercase();
    let mut rest = head.as_str();
    if let Some(declaration) = rest.strip_prefix("<?xml").and_then(|x| x.split("?>").next())
        && let Some(encoding) = label_after(declaration, "encoding")
    {
        return Some(encoding);
    }
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + "<meta".len()..];
        let element = rest.split('>').next().unwrap_or(rest);
        if let Some(encoding) = label_after(element, "charset") {
            return Some(encoding);
        }
    }
    None
}

/// Reads the label in `… name = "label" …`; what an HTTP header put into `content="text/html; charset=x"` has that form too.
fn label_after(text: &str, name: &str) -> Option<&'static Encoding> {
    let value = text[text.find(name)? + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"';,>/".contains(c));
    Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
}

/// Scores how much a text looks like writing: the share of its letters outside ASCII that stand where such letters stand.
///
/// Latin letters with marks stand among plain ones ("café"); a text in another script read as Latin is whole words of
/// marked letters (`ÇáÑÆíÓ`). Arabic words read rightly are made of Arabic letters only, and of the frequent ones.
fn plausibility(text: &str) -> i64 {
    let (mut good, mut all) = (0i64, 0i64);
    for word in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
        let (mut plain, mut marked, mut arabic, mut frequent, mut other) = (0, 0, 0i64, 0i64, 0);
        for c in word.chars() {
            match c {
                'a'..='z' | 'A'..='Z' => plain += 1,
                'ا' | 'ل' | 'ي' | 'م' | 'و' | 'ن' | 'ر' | 'ت' | 'ب' | 'ه' | 'ة' | 'د' | 'ع'
                | 'س' => {
                    arabic += 1;
                    frequent += 1;
                }
                '\u{600}'..='\u{6ff}' => arabic += 1,
                '\u{80}'..='\u{9f}' | '\u{fffd}' => other += 2,
                '\u{c0}'..='\u{24f}' => marked += 1,
                '\u{2010}'..='\u{2026}' | '\u{ab}' | '\u{bb}' | '\u{a0}' => {}
                c if c.is_alphabetic() => other += 1,
                _ => marked += 1,
            }
        }
        all += marked + arabic + other;
        if arabic > 0 && plain + marked + other == 0 && frequent * 2 >= arabic {
            good += arabic;
        } else if marked <= plain {
            good += marked;
        }
    }
    if all == 0 { 1000 } else { good * 1000 / all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{ISO_8859_6, WINDOWS_1252 as WESTERN, WINDOWS_1256};

    const AR: &str = "أعلن وزير الطاقة يوم الاثنين أن الوزارة ستفتتح ثلاث محطات جديدة في شمال البلاد، وقال إن العمل فيها يبدأ قريبا.";
    const EN: &str = "The minister’s café visit cost “far more” than the fiancée’s naïve résumé let on – by a lot, said the board.";

    fn page(label: &str, body: &str) -> String {
        format!(
            "<html><head><meta charset=\"{label}\"><title>x</title></head><body><p>{body}</p></body></html>"
        )
    }

    fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "the fixture does not fit {}", encoding.name());
        bytes.into_owned()
    }

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn declared_labels_that_tell_the_truth() {
        let ar = page("windows-1256", AR);
        assert_eq!(decode(&encode(&ar, WINDOWS_1256)), ar);
        let ar = page("iso-8859-6", AR);
        assert_eq!(decode(&encode(&ar, ISO_8859_6)), ar);
        let en = page("windows-1252", EN);
        assert_eq!(decode(&encode(&en, WESTERN)), en);
    }

    #[test]
    fn labels_that_lie() {
        for label in ["utf-8", "iso-8859-1", "iso-8859-6", "windows-1251", "utf-16"] {
            let ar = page(label, AR);
            assert_eq!(decode(&encode(&ar, WINDOWS_1256)), ar, "labelled {label}");
        }
        for label in ["utf-8", "windows-1256", "koi8-r", "no-such-label"] {
            let en = page(label, EN);
            assert_eq!(decode(&encode(&en, WESTERN)), en, "labelled {label}");
        }
        for label in ["windows-1256", "iso-8859-1", "iso-8859-6"] {
            for text in [page(label, AR), page(label, EN)] {
                assert_eq!(decode(text.as_bytes()), text, "UTF-8 labelled {label}");
            }
        }
    }

    #[test]
    fn no_label_at_all() {
        assert_eq!(decode(&encode(AR, WINDOWS_1256)), AR);
        assert_eq!(decode(&encode(AR, ISO_8859_6)), AR);
        assert_eq!(decode(&encode(EN, WESTERN)), EN);
    }

    #[test]
    fn an_xml_declaration_counts() {
        let text = format!("<?xml version=\"1.0\" encoding='windows-1256'?><p>{AR}</p>");
        assert_eq!(decode(&encode(&text, WINDOWS_1256)), text);
        let old = format!(
            "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=windows-1256\"><p>{AR}</p>"
        );
        assert_eq!(decode(&encode(&old, WINDOWS_1256)), old);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for text in [page("utf-8", AR), page("utf-16", EN), AR.to_owned(), EN.to_owned()] {
            for big in [false, true] {
                for mark in [false, true] {
                    assert_eq!(decode(&utf16(&text, big, mark)), text, "big {big} mark {mark}");
                }
            }
        }
        assert_eq!(decode(b"\xef\xbb\xbfplain"), "plain");
    }

    #[test]
    fn a_cut_or_scratched_page_stays_utf8() {
        let text = page("utf-8", AR);
        let cut = &text.as_bytes()[..=text.find("محطات").unwrap()];
        assert!(decode(cut).contains("أعلن وزير الطاقة"));
        let mut scratched = text.clone().into_bytes();
        let at = text.find("شمال").unwrap();
        scratched[at] = 0xff;
        assert!(decode(&scratched).contains("يبدأ قريبا"));
        assert_eq!(decode(b""), "");
    }
}
