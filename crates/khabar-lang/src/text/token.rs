//! Text to orthographic tokens, by the conventions of Universal Dependencies.
//!
//! White space sets tokens apart; inside a run of other characters the scanner takes one token after the other: an address,
//! a number, a word or punctuation. Tokens tile the run, so no character of the text is ever lost. English contractions
//! are cut here, by rule; Arabic clitics are not, since cutting them takes a model.

use super::rules::{Abbreviation, TextRules};
use crate::language::Language;
use crate::normalize::is_dropped;

/// What a token is to the sentence splitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word, a number, an address or a symbol.
    Plain,
    /// An abbreviation with its full stop.
    Abbreviation(Abbreviation),
    /// One letter with a full stop, as in a name.
    Initial,
    /// A full stop, an exclamation mark, a question mark or a run of them.
    Terminator,
    /// Three dots.
    Ellipsis,
    /// A quotation mark or an opening or closing bracket.
    Bracket,
    /// Any other punctuation.
    Punctuation,
}

/// A token: where it lies in the text, and where it is cut into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    /// The ends of all words but the last, counted in bytes from the start of the token; 0 where there is none.
    pub(crate) cuts: [u16; 2],
}

impl RawToken {
    pub(crate) fn text(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Appends the tokens of `text[start..end]` to `out`.
pub(crate) fn tokenize(
    text: &str,
    start: usize,
    end: usize,
    rules: &TextRules,
    out: &mut Vec<RawToken>,
) {
    let mut scanner = Scanner { text: &text[..end], at: start, end, rules, quoted: false, out };
    while scanner.skip_space() {
        scanner.run();
    }
}

/// What stands after the last full stop of a file's or a host's name that is not all in small letters.
const FILE_ENDINGS: [&str; 24] = [
    "com", "org", "net", "gov", "edu", "doc", "docx", "pdf", "htm", "html", "xls", "xlsx", "txt",
    "jpg", "jpeg", "png", "gif", "zip", "csv", "mp3", "mp4", "DOC", "PDF", "XLS",
];

struct Scanner<'t, 'r, 'o> {
    text: &'t str,
    at: usize,
    /// The end of the run of characters without white space.
    end: usize,
    rules: &'r TextRules,
    /// Whether a single quotation mark is open, so that one after an *s* closes it.
    quoted: bool,
    out: &'o mut Vec<RawToken>,
}

impl Scanner<'_, '_, '_> {
    /// Goes to the next run of characters; false at the end of the text.
    fn skip_space(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        self.end = self.at + trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        !trimmed.is_empty()
    }

    fn run(&mut self) {
        while let Some(c) = self.char_at(self.at) {
            let end = if let Some(end) = self.address_end() {
                self.push(end, Kind::Plain);
                continue;
            } else if c.is_numeric() {
                self.number_end()
            } else if let Some(end) = self.dash_end(c) {
                self.push(end, Kind::Punctuation);
                continue;
            } else if is_word_char(c) {
                Some(self.at + c.len_utf8())
            } else if let Some(end) = self.clipped_word_end(c) {
                Some(end)
            } else if c == '@' && self.char_at(self.at + 1).is_some_and(is_word_char)
                || c == '#' && self.char_at(self.at + 1).is_some_and(char::is_alphabetic)
            {
                Some(self.at + 1)
            } else {
                self.punctuation(c);
                continue;
            };
            if let Some(from) = end {
                self.word(from);
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn push(&mut self, end: usize, kind: Kind) {
        self.push_cut(end, kind, [0; 2]);
    }

    fn push_cut(&mut self, end: usize, kind: Kind, cuts: [u16; 2]) {
        self.out.push(RawToken { start: self.at as u32, end: end as u32, kind, cuts });
        self.at = end;
    }

    /// The end of a URL or e-mail address that starts here.
    fn address_end(&self) -> Option<usize> {
        let run = &self.text[self.at..self.end];
        let has_scheme = ["http://", "https://", "ftp://", "www."]
            .iter()
            .any(|scheme| run.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
        let is_mail = || {
            run.split_once('@').is_some_and(|(user, host)| {
                user.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && user.chars().all(|c| c.is_ascii_alphanumeric() || "._%+-".contains(c))
                    && host.contains('.')
                    && host.starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        };
        if !(has_scheme || run.contains('@') && is_mail()) {
            return None;
        }
        let closers = |c: char| ".,;:!?\"'()[]{}<>«»“”‘’،؛؟…".contains(c);
        let length = run.find(|c| "<>\"«»“”،؛؟".contains(c)).unwrap_or(run.len());
        Some(self.at + run[..length].trim_end_matches(closers).len()).filter(|&end| end > self.at)
    }

    /// The end of a run of tatweel that starts here and stands for a dash, before a word or alone.
    fn dash_end(&self, c: char) -> Option<usize> {
        let rest = &self.text[self.at..self.end];
        (c == '\u{0640}').then(|| self.end - rest.trim_start_matches('\u{0640}').len())
    }

    /// Takes a number. Gives where it ends when letters follow that belong to it (`20th`), none when it is a token.
    fn number_end(&mut self) -> Option<usize> {
        let mut end = self.digits_end(self.at);
        while let Some(separator) = self.char_at(end) {
            let next = end + separator.len_utf8();
            let is_inside =
                ".,:/٫٬’'".contains(separator) || separator == '-' && self.is_code_from(self.at);
            if !is_inside || !self.char_at(next).is_some_and(char::is_numeric) {
                break;
            }
            end = self.digits_end(next);
        }
        let letters_end = self.letters_end(end);
        let is_alone = letters_end == end && !self.char_at(end).is_some_and(is_word_char);
        if is_alone || self.has_unit(end) {
            self.push(end, Kind::Plain);
            return None;
        }
        Some(letters_end.max(end))
    }

    /// Whether a unit is written on to the number that ends here, with or without full stops in it (`5km`, `8p.m.`).
    fn has_unit(&self, from: usize) -> bool {
        let rest = &self.text[from..self.end];
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= 8);
        ends.filter(|&end| !rest[end..].starts_with(char::is_alphabetic))
            .any(|end| self.rules.is_unit(&rest[..end]))
    }

    fn digits_end(&self, from: usize) -> usize {
        let rest = &self.text[from..self.end];
        from + rest.find(|c: char| !(c.is_numeric() || is_dropped(c))).unwrap_or(rest.len())
    }

    fn letters_end(&self, from: usize) -> usize {
        let rest = &self.text[from..self.end];
        from + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
    }

    /// Whether hyphens hold the digits from here together: a telephone number or a date, not a range.
    fn is_code_from(&self, from: usize) -> bool {
        let rest = &self.text[from..self.end];
        let code =
            &rest[..rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len())];
        let mut groups = code.split('-').map(str::len);
        match (groups.next(), groups.next(), groups.next()) {
            (Some(3), Some(4), None) => true,
            (Some(_), Some(b), Some(c)) => b > 0 && c > 0,
            _ => false,
        }
    }

    /// Takes a word of which `at..from` is known to belong to it.
    fn word(&mut self, from: usize) {
        if let Some((end, kind)) = self.dotted_abbreviation() {
            return self.push(end, Kind::Abbreviation(kind));
        }
        let end = self.without_dash(self.word_end(from));
        let word = &self.text[self.at..end];
        if self.char_at(end) == Some('$')
            && word.len() <= 3
            && word.bytes().all(|b| b.is_ascii_uppercase())
        {
            return self.push(end + 1, Kind::Plain);
        }
        if self.char_at(end) == Some('.')
            && let Some(kind) = self.stop_belongs(word, end)
        {
            return self.push(end + 1, kind);
        }
        if let Some(kind) = self.rules.abbreviation(word) {
            return self.push(end, Kind::Abbreviation(kind));
        }
        match self.rules.language {
            Language::English => self.english_word(end),
            Language::Arabic => self.push(end, Kind::Plain),
        }
    }

    /// The end and the kind of the longest abbreviation with full stops inside that stands here (`Ph.D.`, `أ.ف.ب`).
    fn dotted_abbreviation(&self) -> Option<(usize, Abbreviation)> {
        let run = &self.text[self.at..self.end];
        let stops = run.match_indices('.').map(|(at, _)| at).take(6);
        let first = run.find('.').filter(|&at| at + 1 < run.len())?;
        let ends =
            stops.flat_map(|stop| [stop + 1, self.letters_end(self.at + stop + 1) - self.at]);
        ends.filter(|&end| end > first + 1 && !run[end..].starts_with(char::is_alphanumeric))
            .filter_map(|end| Some((self.at + end, self.rules.abbreviation(&run[..end])?)))
            .max_by_key(|&(end, _)| end)
    }

    /// Where the first letters of a word end that begins with an apostrophe (`'tis`).
    fn clipped_word_end(&self, mark: char) -> Option<usize> {
        let start = self.at + mark.len_utf8();
        let end = self.letters_end(start);
        let is_clipped = matches!(mark, '\'' | '’')
            && end > start
            && self
                .rules
                .contraction(&format!("'{}", &self.text[start..end].to_lowercase()))
                .is_some();
        is_clipped.then_some(end)
    }

    /// The end of a word without the tatweel after it, unless it is a single clitic or the article (`لـ`, `الـ`).
    fn without_dash(&self, end: usize) -> usize {
        let bare = self.text[self.at..end].trim_end_matches('\u{0640}');
        if bare.chars().count() > 2 { self.at + bare.len() } else { end }
    }

    fn word_end(&self, from: usize) -> usize {
        let mut end = from;
        while let Some(c) = self.char_at(end) {
            let next = end + c.len_utf8();
            let goes_on = is_word_char(c)
                || self.char_at(next).is_some_and(char::is_alphanumeric)
                    && match c {
                        '_' | '@' => true,
                        '\'' | '’' | 'ʼ' => {
                            self.char_before(end).is_some_and(char::is_alphanumeric)
                        }
                        '.' => self.joins_with_stop(end, next),
                        '&' => self.joins_with_ampersand(end, next),
                        '-' | '‑' => self.joins_with_hyphen(end, next),
                        _ => false,
                    };
            if !goes_on {
                break;
            }
            end = next;
        }
        end
    }

    /// A full stop joins single letters (`U.S`, `أ.ف.ب`) and the parts of an address (`example.com`, `3.0`).
    fn joins_with_stop(&self, stop: usize, next: usize) -> bool {
        let before = &self.text[self.at..stop];
        let last = before.rsplit('.').next().unwrap_or(before);
        let rest = &self.text[next..self.end];
        let after = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let single = |part: &str| part.chars().filter(|&c| !is_dropped(c)).count() == 1;
        let is_letters = single(last) && single(after) && !last.ends_with(char::is_numeric);
        let is_dotted = before.contains('.') && single(last) && after.chars().count() <= 2
            || single(last)
                && last.is_ascii()
                && ["Sc", "Va", "Phil", "Ed", "Eng", "Com"].contains(&after)
            || last == "Ph" && after == "D";
        let is_lower = |c: char| c.is_ascii_lowercase();
        let is_address = before.len() > 1
            && after.len() > 1
            && (before.ends_with(is_lower) && after.chars().all(is_lower)
                || before.is_ascii() && FILE_ENDINGS.contains(&after));
        is_letters || is_dotted || is_address
    }

    fn joins_with_ampersand(&self, end: usize, next: usize) -> bool {
        let is_capital = |c: Option<char>| c.is_some_and(|c| c.is_uppercase() || c.is_numeric());
        is_capital(self.char_before(end)) && is_capital(self.char_at(next))
    }

    /// A hyphen holds a prefix to its word; all other hyphens are tokens.
    fn joins_with_hyphen(&self, hyphen: usize, next: usize) -> bool {
        let prefix = &self.text[self.at..hyphen];
        let after = &self.text[next..self.letters_end(next)];
        prefix.len() <= 8
            && self.rules.keeps_hyphen(&prefix.to_ascii_lowercase())
            && (after.len() > 2 || after.is_empty())
    }

    /// Whether the full stop after a word belongs to it.
    fn stop_belongs(&self, word: &str, stop: usize) -> Option<Kind> {
        let with_stop = &self.text[self.at..=stop];
        if self.char_at(stop + 1) == Some('.') {
            return None;
        }
        let shouted = || {
            let is_shouted = word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
            is_shouted.then(|| format!("{}{}.", &word[..1], word[1..].to_ascii_lowercase()))
        };
        let known = self.rules.abbreviation(with_stop);
        if let Some(kind) = known.or_else(|| self.rules.abbreviation(&shouted()?)) {
            // “No. 5” is a number, “No.” an answer.
            let rest = self.text[stop + 1..].trim_start();
            let is_used = kind != Abbreviation::Numbers
                || rest.starts_with(|c: char| c.is_numeric() || c == '#');
            return is_used.then_some(Kind::Abbreviation(kind));
        }
        if self.rules.language == Language::Arabic {
            return None;
        }
        let is_spelled = word.contains('.')
            && word
                .split('.')
                .all(|part| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_alphabetic()));
        if is_spelled {
            return Some(Kind::Abbreviation(Abbreviation::MayEnd));
        }
        let mut letters = word.chars();
        let is_letter = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        (is_letter && self.is_initial(word, stop)).then_some(Kind::Initial)
    }

    /// A capital letter with a full stop is an initial when a name can follow; “I.” also needs a name before it.
    fn is_initial(&self, letter: &str, stop: usize) -> bool {
        let rest = self.text[stop + 1..].trim_start();
        let next_is_name = rest.starts_with(|c: char| c.is_uppercase());
        let after_name = self.out.last().is_some_and(|before| {
            before.kind == Kind::Initial || before.text(self.text).starts_with(char::is_uppercase)
        });
        next_is_name && (letter != "I" || after_name)
    }

    fn english_word(&mut self, end: usize) {
        let word = &self.text[self.at..end];
        if word.len() > 40 {
            return self.push(end, Kind::Plain);
        }
        let lower = word.to_lowercase();
        let is_shouted = word.len() > 1 && word.chars().all(|c| !c.is_lowercase());
        if lower.len() == word.len() {
            if let Some(cuts) = self.rules.contraction(&lower.replace('’', "'"))
                && !is_shouted
                && lower.is_ascii()
            {
                let cut = |index: usize| cuts.get(index).map_or(0, |&at| at as u16);
                return self.push_cut(end, Kind::Plain, [cut(0), cut(1)]);
            }
            if let Some(first) = clitic_start(&lower) {
                let second = clitic_start(&lower[..first]);
                let cuts = second.map_or([first as u16, 0], |second| [second as u16, first as u16]);
                return self.push_cut(end, Kind::Plain, cuts);
            }
        }
        self.possessive_or_plain(end);
    }

    /// `workers'` is cut before its apostrophe, unless that closes a quotation.
    fn possessive_or_plain(&mut self, end: usize) {
        let mark = self.char_at(end).filter(|c| matches!(c, '\'' | '’'));
        let ends_in_s = self.text[self.at..end].ends_with(['s', 'S']);
        if let Some(mark) = mark
            && ends_in_s
            && !self.quoted
            && end - self.at > 2
        {
            let cut = (end - self.at) as u16;
            return self.push_cut(end + mark.len_utf8(), Kind::Plain, [cut, 0]);
        }
        self.push(end, Kind::Plain);
    }

    fn punctuation(&mut self, c: char) {
        let single = self.at + c.len_utf8();
        let run_of = |members: &str| {
            let rest = &self.text[self.at..self.end];
            self.at + rest.find(|c| !members.contains(c)).unwrap_or(rest.len())
        };
        let (end, kind) = match c {
            '.' => {
                let end = run_of(".");
                (end, if end > single { Kind::Ellipsis } else { Kind::Terminator })
            }
            '…' => (run_of("…."), Kind::Ellipsis),
            '!' | '?' | '؟' | '‽' | '⁉' => (run_of("!?؟‽⁉"), Kind::Terminator),
            '۔' | '。' => (single, Kind::Terminator),
            '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '(' | ')' | '[' | ']' | '{' | '}' => {
                (single, Kind::Bracket)
            }
            '\'' | '‘' | '’' | '`' | '‚' => self.apostrophe(c, single),
            ':' | ';' | '=' if self.emoticon_end().is_some() => {
                (self.emoticon_end().unwrap_or(single), Kind::Punctuation)
            }
            '=' | '$' | '-' | '–' | '—' | '*' | '_' | '~' | '+' | '#' | '|' | '/' | '<' | '>'
            | '^' | '•' => {
                let mut buffer = [0; 4];
                (run_of(c.encode_utf8(&mut buffer)), Kind::Punctuation)
            }
            _ => (single, Kind::Punctuation),
        };
        // Invisible marks stay with what they follow.
        let rest = &self.text[end..self.end];
        let marks = rest.find(|c| !is_dropped(c)).unwrap_or(rest.len());
        self.push(end + marks, kind);
    }

    fn apostrophe(&mut self, mark: char, single: usize) -> (usize, Kind) {
        let rest = &self.text[single..self.end];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if matches!(mark, '\'' | '’' | '‘') && digits == 2 {
            let plural = usize::from(rest[2..].starts_with('s'));
            return (single + 2 + plural, Kind::Plain);
        }
        if rest.starts_with(mark) && matches!(mark, '\'' | '`') {
            return (single + 1, Kind::Bracket);
        }
        self.quoted = rest.starts_with(char::is_alphanumeric);
        (single, Kind::Bracket)
    }

    fn emoticon_end(&self) -> Option<usize> {
        let run = &self.text[self.at..self.end];
        [":-)", ":-(", ";-)", ":-D", ":-P", ":)", ":(", ";)", ":D", ":P", "=)", "=("]
            .iter()
            .find(|face| {
                run.strip_prefix(**face)
                    .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            })
            .map(|face| self.at + face.len())
    }
}

/// Where the last clitic of a lower-case English word starts: `'s`, `n't` and their like.
fn clitic_start(lower: &str) -> Option<usize> {
    let last_mark = lower.char_indices().rev().find(|&(_, c)| matches!(c, '\'' | '’' | 'ʼ'))?;
    let (mark, sign) = last_mark;
    let tail = &lower[mark + sign.len_utf8()..];
    match tail {
        "t" if mark > 1 && lower[..mark].ends_with('n') => Some(mark - 1),
        "s" | "re" | "ve" | "ll" | "d" | "m" if mark > 0 => Some(mark),
        _ => None,
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_dropped(c) || is_combining(c)
}

/// Marks that stand on the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}')
}
