//! Days as numbers: what the file sorts and compares.

use jiff::civil::{Date, DateTime};

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days since 1970-01-01.
pub(crate) fn number(day: Date) -> i64 {
    EPOCH.until(day).map_or(0, |span| i64::from(span.get_days()))
}

/// The day of a number.
pub(crate) fn date(number: i64) -> Option<Date> {
    let days = i32::try_from(number).ok()?;
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The day that a TIMEX3 start such as `2023-02-26` or `2023-02-26T10:00` begins with.
pub(crate) fn of_start(start: &str) -> Option<Date> {
    start.get(..10)?.parse().ok()
}

/// Seconds of a moment such as `2023-02-26T10:00:00` since the start of 1970-01-01.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let moment: DateTime = text.parse().ok()?;
    let time = moment.time();
    let within = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60;
    Some(number(moment.date()) * 86_400 + within + i64::from(time.second()))
}

/// The moment of such a number.
pub(crate) fn moment(seconds: i64) -> Option<String> {
    let (day, rest) = (date(seconds.div_euclid(86_400))?, seconds.rem_euclid(86_400));
    // The views' dates begin with the year 0.
    (day.year() >= 0)
        .then(|| format!("{day}T{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_survive() {
        for text in ["2023-02-26T10:00:00", "1969-12-31T23:59:59", "0001-01-01T00:00:00"] {
            assert_eq!(moment(seconds(text).unwrap()).as_deref(), Some(text));
        }
        assert_eq!(seconds("2023-02"), None);
    }

    #[test]
    fn days_survive() {
        for text in ["1970-01-01", "1969-12-31", "2024-02-29", "0001-01-01", "9999-12-31"] {
            let day: Date = text.parse().unwrap();
            assert_eq!(date(number(day)), Some(day), "{text}");
        }
        assert_eq!(date(i64::MAX), None);
        assert_eq!(of_start("2023-02-26T10:00").unwrap().to_string(), "2023-02-26");
        assert!(of_start("2023-02").is_none() && of_start("قققققققققق").is_none());
    }
}
