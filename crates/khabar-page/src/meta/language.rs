//! In which language most of an article is written.
//!
//! Pages are mixed: an Arabic story with English labels and a script-heavy frame, an English one that quotes a slogan. So
//! the text decides, paragraph by paragraph weight, and the page's `lang` attribute, which templates get wrong, is heard
//! only when the text is too short or a statistical guess is unsure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::table::{TableError, sound, table};
use super::words::{clip, is_arabic_letter};

/// How much of a text is looked at.
const SAMPLE: usize = 12_000;
/// Texts with fewer letters say too little.
const MIN_LETTERS: usize = 24;

/// Loads the codes: ISO 639-3 to 639-1.
pub(crate) fn load() -> Result<BTreeMap<&'static str, &'static str>, TableError> {
    table!("any/languages.tsv")
        .rows::<3>()?
        .into_iter()
        .map(|row| {
            if row.cells[0].len() != 3 || row.cells[1].len() != 2 {
                return Err(row.error("codes have three and two letters"));
            }
            Ok((row.cells[0], row.cells[1]))
        })
        .collect()
}

/// Texts with more letters than this are left to statistics.
const SHORT: usize = 400;

/// Loads the function words of English, and of other languages of the Latin script.
pub(crate) fn load_words() -> Result<BTreeMap<&'static str, bool>, TableError> {
    let mut words = BTreeMap::new();
    for row in table!("any/function-words.tsv").rows::<3>()? {
        let english = match row.cells[0] {
            "en" => true,
            "xx" => false,
            _ => return Err(row.error("a word is of en or of xx")),
        };
        words.extend(row.cells[1].split('|').map(|word| (word, english)));
    }
    Ok(words)
}

/// Whether a short text in the Latin script is English by its function words. Statistics on letters mislead where most
/// words are names.
fn is_short_english(latin: &str) -> bool {
    static WORDS: LazyLock<BTreeMap<&'static str, bool>> = LazyLock::new(|| sound(load_words()));
    let letters = latin.chars().filter(|c| c.is_alphabetic()).count();
    let accented = latin.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    if letters > SHORT || accented * 20 > letters {
        return false;
    }
    let (mut english, mut others) = (0, 0);
    for word in latin.split(|c: char| !c.is_alphanumeric()) {
        match WORDS.get(word.to_lowercase().as_str()) {
            Some(true) => english += 1,
            Some(false) => others += 1,
            None => {}
        }
    }
    english > others
}

/// Returns the ISO 639-1 code of the language of most of `text`. `hint` is what the page claims.
pub(crate) fn detect(text: &str, hint: Option<&str>) -> Option<String> {
    let hint = hint.and_then(normalize);
    let sample = clip(text, SAMPLE);
    let (mut arabic, mut other, mut farther) = (0usize, 0usize, 0usize);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        if is_arabic_letter(c) {
            arabic += 1;
            farther += usize::from(is_not_of_arabic(c));
        } else {
            other += 1;
        }
    }
    if arabic + other < MIN_LETTERS {
        return hint.or_else(|| (arabic > 4 && arabic > other).then(|| "ar".to_string()));
    }
    // An Arabic letter carries more than a Latin one: Arabic writes no short vowels, and labels of the frame are Latin.
    if arabic * 3 > other * 2 {
        return Some(of_arabic_script(sample, arabic, farther, hint.as_deref()));
    }
    of_other_script(sample, hint)
}

/// Letters that Persian, Urdu, Pashto, Kurdish or Uyghur write and Arabic doesn't.
fn is_not_of_arabic(c: char) -> bool {
    matches!(
        c,
        'پ' | 'چ'
            | 'ژ'
            | 'گ'
            | 'ک'
            | 'ی'
            | 'ہ'
            | 'ھ'
            | 'ے'
            | 'ٹ'
            | 'ڈ'
            | 'ڑ'
            | 'ں'
            | 'ې'
            | 'ۍ'
            | 'ډ'
            | 'ړ'
            | 'ښ'
            | 'ڵ'
            | 'ێ'
            | 'ۆ'
            | 'ە'
            | 'ۇ'
    )
}

fn of_arabic_script(sample: &str, arabic: usize, farther: usize, hint: Option<&str>) -> String {
    // Words of other languages' names alone don't reach a fiftieth of the letters.
    if farther * 50 < arabic {
        return "ar".to_string();
    }
    let count = |letters: &[char]| sample.chars().filter(|c| letters.contains(c)).count();
    let urdu = count(&['ے', 'ٹ', 'ڈ', 'ڑ', 'ں', 'ہ']);
    let pashto = count(&['ې', 'ۍ', 'ډ', 'ړ', 'ښ', 'ځ', 'څ']);
    let kurdish = count(&['ڵ', 'ێ', 'ۆ', 'ە', 'ڕ']);
    let uyghur = count(&['ۇ', 'ۈ', 'ې', 'ڭ']);
    let best = [(urdu, "ur"), (pashto, "ps"), (kurdish, "ku"), (uyghur, "ug")]
        .into_iter()
        .max_by_key(|(count, _)| *count)
        .filter(|(count, _)| *count * 25 > arabic);
    match (best, hint) {
        (Some((_, code)), _) => code.to_string(),
        (None, Some(hint @ ("fa" | "ur" | "ps" | "ku"))) => hint.to_string(),
        (None, _) => "fa".to_string(),
    }
}

fn of_other_script(sample: &str, hint: Option<String>) -> Option<String> {
    static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| sound(load()));
    // A template's claim of a language that is written otherwise is wrong.
    let hint =
        hint.filter(|hint| !matches!(hint.as_str(), "ar" | "fa" | "ur" | "ps" | "ckb" | "ug"));
    // Arabic words in a text of another script would only mislead the guess.
    let latin: String = sample.chars().filter(|c| !is_arabic_letter(*c)).collect();
    if is_short_english(&latin) && hint.as_deref().is_none_or(|hint| hint == "en") {
        return Some("en".to_string());
    }
    let guess = whatlang::detect(&latin);
    let code = guess
        .as_ref()
        .and_then(|info| CODES.get(info.lang().code()).map(|code| (*code).to_string()));
    match (guess, hint) {
        (Some(info), Some(hint)) if !info.is_reliable() || info.confidence() < 0.5 => {
            Some(hint).or(code)
        }
        (Some(_), _) if code.is_some() => code,
        (_, hint) => hint,
    }
}

/// Reads a language tag such as `ar-EG`, `en_GB` or `Arabic`.
pub(crate) fn normalize(tag: &str) -> Option<String> {
    static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| sound(load()));
    let main = tag.split(['-', '_', ',', ' ', ';']).next()?.trim().to_lowercase();
    match main.as_str() {
        "arabic" | "العربية" => return Some("ar".to_string()),
        "english" => return Some("en".to_string()),
        _ => {}
    }
    if main.len() == 3 {
        return CODES.get(main.as_str()).map(|code| (*code).to_string());
    }
    (main.len() == 2 && main.bytes().all(|b| b.is_ascii_lowercase())).then_some(main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_decides_over_the_attribute() {
        let arabic = "أعلنت الوزارة اليوم أن الطريق الساحلي سيعاد فتحه أمام السيارات بعد انتهاء أعمال الصيانة";
        assert_eq!(detect(arabic, Some("en")).as_deref(), Some("ar"));
        let english =
            "The ministry said the coastal road would open again once the repairs were finished.";
        assert_eq!(detect(english, Some("ar-EG")).as_deref(), Some("en"));
    }

    #[test]
    fn mixed_texts_have_the_language_of_most_of_them() {
        let mixed = "أعلنت شركة Example Motors عن طراز جديد باسم Roadmaster 500 في معرض دبي الدولي للسيارات هذا الأسبوع";
        assert_eq!(detect(mixed, None).as_deref(), Some("ar"));
        let quoting = "Protesters in the square chanted الشعب يريد as the police looked on and the shops around it closed early.";
        assert_eq!(detect(quoting, None).as_deref(), Some("en"));
    }

    #[test]
    fn neighbours_of_arabic_are_told_apart() {
        let persian = "وزارت راه اعلام کرد که این جاده ساحلی پس از پایان تعمیرات دوباره گشوده می‌شود و مردم می‌توانند";
        assert_eq!(detect(persian, None).as_deref(), Some("fa"));
        let urdu = "وزارت نے کہا ہے کہ ساحلی سڑک کی مرمت کے بعد اسے دوبارہ کھول دیا جائے گا اور گاڑیاں چل سکیں گی";
        assert_eq!(detect(urdu, None).as_deref(), Some("ur"));
    }

    #[test]
    fn short_english_full_of_names_is_english() {
        for text in [
            "Venezuela releases dozens of political prisoners.",
            "Teachers from Denver went on strike for better pay.",
            "Saudi Arabia lifted its blockade of Yemen.",
        ] {
            assert_eq!(detect(text, None).as_deref(), Some("en"), "{text}");
        }
        let dutch = "De minister van Defensie heeft het akkoord met de vakbonden niet getekend.";
        assert_eq!(detect(dutch, None).as_deref(), Some("nl"));
        let spanish = "El presidente dijo que los soldados no saldrán de la capital por ahora.";
        assert_eq!(detect(spanish, None).as_deref(), Some("es"));
    }

    #[test]
    fn short_texts_lean_on_the_hint() {
        assert_eq!(detect("OK", Some("en_GB")).as_deref(), Some("en"));
        assert_eq!(detect("", None), None);
        assert_eq!(detect("", Some("x-default")), None);
    }
}
