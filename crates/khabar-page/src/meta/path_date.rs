//! The day that an address bears in its path, which mostly is the day on which the story was made.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::dates::{month_number, pattern, valid};

/// A day, or a month, in the path of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathDate {
    Day(Date),
    Month(i16, i8),
}

/// Finds the date that an address bears in its path.
pub(crate) fn in_url(url: &str) -> Option<PathDate> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[/_=.-])((?:19|20)\d{2})([/_-]?)(0[1-9]|1[0-2]|[1-9])([/_-]?)(0[1-9]|[12]\d|3[01]|[1-9])(?:[/_.?#-]|$)",
        )
    });
    static SECTION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"/((?:19|20)\d{2})/[A-Za-z_-]+/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])/")
    });
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"/((?:19|20)\d{2})/([A-Za-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?:/|$)")
    });
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"/(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d{0,10}(?:[/_.?#-]|$)",
        )
    });
    static MONTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"/((?:19|20)\d{2})/(0[1-9]|1[0-2])/"));
    let path = path_of(url)?;
    let day = |found: &regex::Captures, month: usize, day: usize| {
        valid(found[1].parse().ok()?, found[month].parse().ok()?, found[day].parse().ok()?)
            .map(PathDate::Day)
    };
    for found in DAY.captures_iter(path) {
        let (first, second) = (&found[2], &found[4]);
        // Digits without marks must be written in full, or any number would do; with marks the marks must agree.
        let sound =
            first == second && (!first.is_empty() || (found[3].len() == 2 && found[5].len() == 2));
        if sound && let Some(date) = day(&found, 3, 5) {
            return Some(date);
        }
    }
    if let Some(date) = SECTION.captures(path).and_then(|found| day(&found, 2, 3)) {
        return Some(date);
    }
    if let Some(found) = NAMED.captures(path)
        && let Some(month) = month_number(&found[2])
        && let Some(date) = valid(found[1].parse().ok()?, month, found[3].parse().ok()?)
    {
        return Some(PathDate::Day(date));
    }
    if let Some(date) = STAMP.captures(path).and_then(|found| day(&found, 2, 3)) {
        return Some(date);
    }
    let found = MONTH.captures(path)?;
    Some(PathDate::Month(found[1].parse().ok()?, found[2].parse().ok()?))
}

/// Returns what stands behind the host of an address.
fn path_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let slash = rest.find('/')?;
    Some(super::words::clip(&rest[slash..], 2_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn addresses_bear_days_and_months() {
        for (url, day) in [
            ("https://news.example/2021/03/04/some-story", date(2021, 3, 4)),
            ("https://news.example/world/2021-03-04-some-story", date(2021, 3, 4)),
            ("https://news.example/story/2021/3/4/99", date(2021, 3, 4)),
            ("https://news.example/2021/world/3/4/story/index.html", date(2021, 3, 4)),
            ("https://news.example/2021/mar/04/story", date(2021, 3, 4)),
            ("https://news.example/story-20210304.html", date(2021, 3, 4)),
            ("https://news.example/202103041044893040-title/", date(2021, 3, 4)),
        ] {
            assert_eq!(in_url(url), Some(PathDate::Day(day)), "{url}");
        }
        assert_eq!(
            in_url("https://news.example/2021/03/some-story"),
            Some(PathDate::Month(2021, 3))
        );
        for url in [
            "https://news.example/20213",
            "https://2021-03-04.example",
            "https://news.example/a/1234567/b",
            "x",
        ] {
            assert_eq!(in_url(url), None, "{url}");
        }
    }
}
