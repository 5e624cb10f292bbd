//! Making the written forms of a verb from its dictionary form, so that a list holds one row a verb and not ten.
//!
//! Arabic is folded before look-up (hamza, alef, ta marbuta, vowel signs), so the forms need not be spelt better than that.

/// Returns the finite forms and participles of a regular English verb, or of the first word of a phrase.
///
/// `past` holds the irregular past forms; when there are any, the regular one is not made.
pub(crate) fn english_verb(verb: &str, past: &[&str]) -> Vec<String> {
    let (head, rest) = verb.split_once(' ').map_or((verb, ""), |(head, rest)| (head, rest));
    let phrase = |form: String| {
        if rest.is_empty() { form } else { format!("{form} {rest}") }
    };
    let stem = head.strip_suffix('e').unwrap_or(head);
    let third = match head.as_bytes() {
        [.., b's' | b'x' | b'z'] | [.., b's' | b'c', b'h'] => format!("{head}es"),
        [.., before, b'y'] if !b"aeiou".contains(before) => {
            format!("{}ies", &head[..head.len() - 1])
        }
        _ => format!("{head}s"),
    };
    let doubled = past
        .iter()
        .find_map(|form| form.split(' ').next()?.strip_suffix("ed"))
        .filter(|base| base.len() == head.len() + 1);
    let gerund = format!("{}ing", doubled.unwrap_or(stem));
    let mut forms = vec![verb.to_owned(), phrase(third), phrase(gerund)];
    if past.is_empty() {
        let regular = match head.as_bytes() {
            [.., b'e'] => format!("{head}d"),
            [.., before, b'y'] if !b"aeiou".contains(before) => {
                format!("{}ied", &head[..head.len() - 1])
            }
            _ => format!("{head}ed"),
        };
        forms.push(phrase(regular));
    } else {
        forms.extend(past.iter().map(|&form| form.to_owned()));
    }
    forms
}

/// The person, gender and number that a form of an Arabic verb shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// He, or any subject that follows.
    Masculine,
    /// She, they (things), or any feminine subject that follows.
    Feminine,
    /// They (people).
    Plural,
}

/// Returns the third-person forms of an Arabic verb's perfect (`قال`): singular, feminine, plural.
pub(crate) fn arabic_perfect(verb: &str) -> Vec<(String, Agreement)> {
    let (head, rest) = split(verb);
    // A final weak letter (نفى، دعا) drops before the endings.
    let stem = head.strip_suffix(['ى', 'ا']).unwrap_or(head);
    vec![
        (join(head, "", rest), Agreement::Masculine),
        (join(stem, "ت", rest), Agreement::Feminine),
        (join(stem, "وا", rest), Agreement::Plural),
        (join(stem, "تا", rest), Agreement::Feminine),
    ]
}

/// Returns the third-person forms of an Arabic verb's imperfect (`يقول`), with the future prefix too.
pub(crate) fn arabic_imperfect(verb: &str) -> Vec<(String, Agreement)> {
    let (head, rest) = split(verb);
    let Some(body) = head.strip_prefix('ي') else {
        return Vec::new();
    };
    let stem = body.strip_suffix(['ي', 'و', 'ى']).unwrap_or(body);
    let mut forms = Vec::new();
    for future in ["", "س"] {
        forms.push((join(&format!("{future}ي{body}"), "", rest), Agreement::Masculine));
        forms.push((join(&format!("{future}ت{body}"), "", rest), Agreement::Feminine));
        forms.push((join(&format!("{future}ي{stem}"), "ون", rest), Agreement::Plural));
    }
    // After لم a final weak letter is dropped (لم ينفِ), and the plural loses its nun.
    forms.push((join(&format!("ي{stem}"), "وا", rest), Agreement::Plural));
    if stem.len() < body.len() {
        forms.push((join(&format!("ي{stem}"), "", rest), Agreement::Masculine));
        forms.push((join(&format!("ت{stem}"), "", rest), Agreement::Feminine));
    }
    forms
}

/// Returns the forms in which the passive of an Arabic verb differs by its letters from the active (ألقي, أعيد, هوجم, يعاد, يوضع),
/// and the imperfect of *we*.
pub(crate) fn arabic_passives(perfect: &str, imperfect: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if let Some(passive) = passive_perfect(perfect) {
        forms.extend(["ت", "وا"].map(|ending| format!("{passive}{ending}")));
        forms.push(passive);
    }
    let Some(body) = imperfect.strip_prefix('ي') else { return forms };
    forms.extend(["ن", "سن"].map(|prefix| format!("{prefix}{body}")));
    if let Some(passive) = passive_imperfect(perfect, imperfect) {
        forms.extend(arabic_imperfect(&passive).into_iter().map(|(form, _)| form));
    }
    forms
}

fn passive_perfect(verb: &str) -> Option<String> {
    let mut letters: Vec<char> = verb.chars().collect();
    let length = letters.len();
    if length < 3 || verb.contains(' ') {
        return None;
    }
    // The alef of هاجم and of تبادل.
    match letters[..] {
        [_, 'ا', _, _] => letters[1] = 'و',
        ['ت', _, 'ا', _, _] => letters[2] = 'و',
        _ if letters[length - 2] == 'ا' => letters[length - 2] = 'ي',
        _ => {}
    }
    if letters[length - 1] == 'ى' {
        letters[length - 1] = 'ي';
    }
    let passive: String = letters.into_iter().collect();
    (passive != verb).then_some(passive)
}

fn passive_imperfect(perfect: &str, imperfect: &str) -> Option<String> {
    let mut letters: Vec<char> = imperfect.chars().collect();
    let length = letters.len();
    if length < 3 || imperfect.contains(' ') {
        return None;
    }
    if perfect.starts_with('و') && perfect.chars().nth(1) == letters.get(1).copied() {
        letters.insert(1, 'و');
    } else if matches!(letters[length - 1], 'ي' | 'و') {
        letters[length - 1] = 'ى';
    } else if matches!(letters[length - 2], 'ي' | 'و') {
        letters[length - 2] = 'ا';
    } else {
        return None;
    }
    Some(letters.into_iter().collect())
}

/// Returns the accusative forms of a participle that carries a report on (`مضيفا`, `مضيفة`, `مضيفين`).
pub(crate) fn arabic_circumstance(participle: &str) -> Vec<(String, Agreement)> {
    vec![
        (format!("{participle}ا"), Agreement::Masculine),
        (format!("{}ة", participle.trim_end_matches('ي')), Agreement::Feminine),
        (format!("{participle}ين"), Agreement::Plural),
    ]
}

fn split(verb: &str) -> (&str, &str) {
    verb.split_once(' ').map_or((verb, ""), |(head, rest)| (head, rest))
}

fn join(stem: &str, ending: &str, rest: &str) -> String {
    if rest.is_empty() { format!("{stem}{ending}") } else { format!("{stem}{ending} {rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_forms() {
        assert_eq!(english_verb("deny", &[]), ["deny", "denies", "denying", "denied"]);
        assert_eq!(english_verb("urge", &[]), ["urge", "urges", "urging", "urged"]);
        assert_eq!(english_verb("admit", &["admitted"])[2], "admitting");
        assert_eq!(
            english_verb("call for", &["called for"]),
            ["call for", "calls for", "calling for", "called for"]
        );
        assert!(english_verb("publish", &[]).contains(&"publishes".to_owned()));
    }

    #[test]
    fn arabic_forms() {
        let forms = |made: Vec<(String, Agreement)>| -> Vec<String> {
            made.into_iter().map(|(form, _)| form).collect()
        };
        assert_eq!(forms(arabic_perfect("قال")), ["قال", "قالت", "قالوا", "قالتا"]);
        assert_eq!(forms(arabic_perfect("نفى"))[1], "نفت");
        assert!(forms(arabic_imperfect("يدعو")).contains(&"يدعون".to_owned()));
        assert!(forms(arabic_imperfect("يقول")).contains(&"ستقول".to_owned()));
        assert_eq!(forms(arabic_perfect("فرض عقوبات"))[1], "فرضت عقوبات");
        assert!(arabic_passives("هاجم", "يهاجم").contains(&"هوجمت".to_owned()));
        assert!(arabic_passives("ألقى", "يلقي").contains(&"ألقيت".to_owned()));
        assert!(arabic_passives("اقتاد", "يقتاد").contains(&"اقتيد".to_owned()));
        assert!(arabic_passives("أعاد", "يعيد").contains(&"يعاد".to_owned()));
        assert!(arabic_passives("وضع", "يضع").contains(&"توضع".to_owned()));
        assert_eq!(forms(arabic_circumstance("مضيف")), ["مضيفا", "مضيفة", "مضيفين"]);
    }
}
