//! English words, and those of other languages in Latin letters, to stems.
//!
//! The stem is no lemma: it need only be the same for the regular forms of one word. Irregular forms are related by a list
//! when a query is made.

use khabar_lang::normalize::{Fold, fold};

use super::lexicon::ENGLISH;

/// The stem of a word as it stands in a text.
pub(super) fn stem(word: &str) -> String {
    if let Some(initials) = initialism(word) {
        return initials;
    }
    let mut folded = plain_letters(&fold(word, Fold::KEY));
    if let Some(owner) = folded.strip_suffix("'s") {
        folded.truncate(owner.len());
    }
    folded.retain(char::is_alphanumeric);
    if folded.chars().any(|c| !c.is_ascii_alphabetic()) || folded.len() < 3 {
        return folded;
    }
    inflection(&folded)
}

/// "U.S." and "US", which are not "us".
fn initialism(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|&c| c != '.').collect();
    let capitals = letters.len() >= 2 && letters.chars().all(|c| c.is_ascii_uppercase());
    if !capitals || letters.len() > 5 {
        return None;
    }
    let small = letters.to_ascii_lowercase();
    let mistakable = ENGLISH_STOP_INITIALS.contains(&small.as_str());
    let dotted = word.contains('.');
    // Only those that small letters would make another word of are kept apart; "UN" and "U.N." are "un".
    if mistakable { Some(format!("{small}_")) } else { dotted.then_some(small) }
}

/// Initialisms that are common words in small letters.
const ENGLISH_STOP_INITIALS: [&str; 4] = ["us", "who", "it", "am"];

/// Letters of Latin script without their signs: "Erdoğan" is searched as "Erdogan".
fn plain_letters(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ı' => out.push('i'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            _ => unicode_normalization::char::decompose_canonical(c, |part| {
                if !matches!(part, '\u{300}'..='\u{36f}') {
                    out.push(part);
                }
            }),
        }
    }
    out
}

fn inflection(word: &str) -> String {
    let mut base = without_ending(word);
    // "agree" and "agreed" lose both.
    while base.len() > 3 && base.ends_with('e') {
        base.pop();
    }
    // "controlled" and "control", "planned" and "plan"; short words such as "kill" and "pass" keep theirs.
    let doubled = base.len() >= 4 && {
        let bytes = base.as_bytes();
        let last = bytes[bytes.len() - 1];
        last == bytes[bytes.len() - 2]
            && !is_vowel(last)
            && (!matches!(last, b'l' | b's' | b'z' | b'f') || base.len() >= 7)
            && !matches!(last, b's' | b'z' | b'f')
    };
    if doubled {
        base.pop();
    }
    base
}

fn without_ending(word: &str) -> String {
    let cut = |count: usize| word[..word.len() - count].to_owned();
    if let Some(rest) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")) {
        return if rest.len() >= 2 { format!("{rest}y") } else { cut(1) };
    }
    for ending in ["sses", "ches", "shes", "xes", "zes"] {
        if word.ends_with(ending) {
            return cut(2);
        }
    }
    if word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
        && word.len() > 3
    {
        return cut(1);
    }
    for ending in ["ing", "ed"] {
        if let Some(rest) = word.strip_suffix(ending) {
            if rest.len() >= 3 && rest.bytes().any(is_vowel) {
                return rest.to_owned();
            }
            if ending == "ed" && rest.len() == 2 && rest.bytes().any(is_vowel) {
                return cut(1);
            }
        }
    }
    word.to_owned()
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// All stems that forms of a query's word may have.
pub(super) fn alternatives(word: &str) -> Vec<String> {
    let stem = stem(word);
    let mut all = ENGLISH.forms.get(&stem).cloned().unwrap_or_default();
    all.push(stem);
    all.sort();
    all.dedup();
    all
}

pub(super) fn is_stop(word: &str) -> bool {
    initialism(word).is_none() && ENGLISH.stop.contains(&fold(word, Fold::KEY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms_share_a_stem() {
        for forms in [
            &["attack", "attacks", "attacked", "attacking", "Attack's"][..],
            &["plan", "plans", "planned", "planning"],
            &["make", "makes", "making"],
            &["use", "uses", "used"],
            &["carry", "carries", "carried", "carrying"],
            &["control", "controls", "controlled", "controlling"],
            &["kill", "kills", "killed", "killing"],
            &["clash", "clashes", "clashed", "clashing"],
            &["agree", "agrees", "agreed"],
            &["city", "cities"],
            &["Erdogan", "Erdoğan", "ERDOGAN", "Erdoğan's"],
            &["U.N", "UN"],
            &["pass", "passes", "passed", "passing"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn other_words_keep_apart() {
        for (one, other) in [
            ("US", "us"),
            ("king", "kin"),
            ("thing", "th"),
            ("bus", "bu"),
            ("red", "r"),
            ("WHO", "who"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("U.S"), stem("US"));
        assert!(is_stop("the") && !is_stop("US") && is_stop("us"));
    }

    #[test]
    fn irregular_forms_are_asked_for_together() {
        assert!(alternatives("said").contains(&stem("say")));
        assert!(alternatives("children").contains(&stem("child")));
    }
}
