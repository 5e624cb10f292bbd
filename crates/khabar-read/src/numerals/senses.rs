//! What a word can mean to the readers of times and amounts.

/// Declares the classes with the names that rule files use.
macro_rules! classes {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// The class of a word's meaning. Rule files write its name in capitals.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub(crate) enum Class { $($(#[doc = $doc])* $variant,)* }

        impl Class {
            /// Every class.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the name that rule files use.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

classes! {
    /// A cardinal from one to nine; the value is the number.
    Digit = "DIGIT",
    /// A cardinal from ten to nineteen.
    Teen = "TEEN",
    /// A multiple of ten from twenty to ninety.
    Tens = "TENS",
    /// A finished number of hundreds (مئتان, ثلاثمئة).
    Hundreds = "HUNDREDS",
    /// The multiplier hundred.
    Hundred = "HUNDRED",
    /// A multiplier from a thousand up; also a dozen.
    Scale = "SCALE",
    /// A multiplier in the dual (ألفان, مليونين); the value is the whole number.
    ScaleDual = "SCALE2",
    /// Zero.
    Zero = "ZERO",
    /// The word that joins tens to a ten in Arabic teens (عشر, عشرة).
    TeenTail = "TEENTAIL",
    /// An ordinal word; the value is its rank.
    Ordinal = "ORD",
    /// The ending of an ordinal in digits (st, nd, rd, th).
    OrdinalEnd = "ORDEND",
    /// A fraction (half, third, ربع); the value is its size.
    Fraction = "FRACTION",
    /// A count that is not exact (several, few, بضع); the value is what it is counted as.
    Vague = "VAGUE",
    /// A noun for many (dozens, مئات); the value is its lower bound.
    Many = "MANY",
    /// The article "a" or "an".
    Article = "A",
    /// "and", "و".
    And = "AND",
    /// The decimal point as a word (point, فاصلة).
    Point = "POINT",
    /// "minus", "negative", "ناقص".
    Minus = "MINUS",
    /// A month of the Gregorian calendar, 1 to 12.
    Month = "MONTH",
    /// A name that is a month only behind words of time.
    MaybeMonth = "MAYMONTH",
    /// A month of the Hijri calendar, 1 to 12.
    HijriMonth = "HMONTH",
    /// A day of the week, Monday is 1.
    Weekday = "WDAY",
    /// Weekdays in the plural or as a habit ("Mondays").
    Weekdays = "WDAYS",
    /// A unit of time; the value is the unit's number, see [`crate::time`].
    Unit = "UNIT",
    /// A unit of time in the plural.
    Units = "UNITS",
    /// A unit of time in the dual.
    UnitDual = "UNIT2",
    /// A part of the day; the value is the part's number.
    Part = "PART",
    /// A season; the value is the season's number.
    Season = "SEASON",
    /// A day reckoned from the day of speech (yesterday −1, today 0).
    DayRel = "DAYREL",
    /// A part of a reckoned day in one word (tonight, البارحة مساء); the value is day × 10 + part.
    NightRel = "NIGHTREL",
    /// A unit reckoned from now in one word.
    UnitRel = "UNITREL",
    /// "last", "الماضي".
    Last = "LAST",
    /// "past", "previous" in lengths of time ("the past three weeks").
    Past = "PAST",
    /// "next", "المقبل".
    Next = "NEXT",
    /// "this", "الجاري".
    This = "THIS",
    /// A unit reckoned from the time told before ("previous", "السابق").
    Prior = "PRIOR",
    /// A unit reckoned from the time told before ("following", "التالي").
    Following = "FOLLOWING",
    /// A unit told before ("that year", "ذلك العام").
    That = "THAT",
    /// The same unit as told before ("the same day").
    Same = "SAME",
    /// "ago".
    Ago = "AGO",
    /// "from now", "hence", "later".
    Hence = "HENCE",
    /// "earlier", "before".
    Earlier = "EARLIER",
    /// "later", "after".
    Later = "LATER",
    /// Early, middle or late part; −1, 0, 1.
    Edge = "EDGE",
    /// The noun of such a part ("beginning", "end", "مطلع").
    EdgeNoun = "EDGEN",
    /// Present: "now", "currently".
    Now = "NOW",
    /// The vague past: "recently".
    PastRef = "PASTREF",
    /// The vague future: "soon".
    FutureRef = "FUTUREREF",
    /// The time told before: "then", "آنذاك".
    Then = "THEN",
    /// A recurring time in one word (daily); the value is the frequency's number.
    Freq = "FREQ",
    /// "every", "each", "كل".
    Every = "EVERY",
    /// A holiday; the value is the row of the holiday list.
    Holiday = "HOLIDAY",
    /// A time zone; the value is minutes east of Greenwich.
    Zone = "ZONE",
    /// "a.m." 0, "p.m." 12.
    AmPm = "AMPM",
    /// An era: 1 of Christ, −1 before, 2 of the Hijra.
    Era = "ERA",
    /// A named decade ("nineties"); the value is its first year in the century.
    Decade = "DECADE",
    /// Noon, midnight; the value is the hour.
    ClockWord = "CLOCKWORD",
    /// A word that goes before a clock time ("o'clock", "الساعة").
    Clock = "CLOCK",
    /// A fraction of an hour in clock times; the value is minutes.
    ClockFraction = "CLOCKFRACTION",
    /// A word of the fiscal year.
    Fiscal = "FISCAL",
    /// A word for an old date that a text quotes ("dated").
    Preposition = "PREP",
    /// "about", "nearly".
    About = "ABOUT",
    /// "more than", "at least".
    Over = "OVER",
    /// "less than", "at most".
    Under = "UNDER",
    /// "exactly".
    Exactly = "EXACTLY",
    /// A verb that lifts the number behind it over the bound ("exceed").
    OverVerb = "OVERVERB",
    /// A verb that puts the number behind it at the bound from below ("below", "fall short of").
    UnderVerb = "UNDERVERB",
    /// A currency; the value is its row.
    Currency = "CURRENCY",
    /// A hundredth of a currency; the value is the row of the subunit.
    Subunit = "SUBUNIT",
    /// An adjective that tells which country's currency is meant.
    CurrencyOf = "CURRENCYOF",
    /// A unit of measure; the value is its row.
    Measure = "MEASURE",
    /// A unit of measure in the dual.
    MeasureDual = "MEASURE2",
    /// A word between the number and the unit of an area or volume ("square", "cubic").
    Power = "POWER",
    /// Percent, percentage points.
    Percent = "PERCENT",
    /// A noun for people or things that are counted; the value is its row.
    Counted = "COUNTED",
    /// A counted noun in the dual.
    CountedDual = "COUNTED2",
    /// A word that tells what became of the people counted; the value is the fate's number.
    Fate = "FATE",
    /// A word in front of a number that is no amount ("Article 5", "Flight 370").
    Label = "LABEL",
    /// A word behind a number that is no amount.
    LabelBehind = "LABELBEHIND",
    /// A sign that the clause tells of the past.
    TensePast = "TPAST",
    /// A sign that the clause tells of the present.
    TensePresent = "TPRESENT",
    /// A sign that the clause tells of the future.
    TenseFuture = "TFUTURE",
    /// A word that stands in a cell or an entry of a diary beside the time or the quantity and says nothing of its own.
    Function = "FUNCTION",
    /// A word that stands between a number and the noun that it counts ("more", "other", "new").
    Filler = "FILLER",
    /// Years old.
    Old = "OLD",
}

impl Class {
    /// Reads the name that rule files use.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.name() == name)
    }

    /// Returns the set that holds only this class.
    pub(crate) const fn bit(self) -> ClassSet {
        ClassSet(1 << self as u8)
    }
}

/// A set of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct ClassSet(u128);

impl ClassSet {
    /// The set of a token of digits, which has no class of its own.
    pub(crate) const DIGITS: Self = Self(1 << 127);
    /// The set of a token that is one symbol.
    pub(crate) const SYMBOL: Self = Self(1 << 126);
    /// The set of words without a class that rules name by themselves.
    pub(crate) const LITERAL: Self = Self(1 << 125);

    /// What a numeral starts with in either language.
    pub(crate) const NUMERAL: Self = Self::of(&[
        Class::Digit,
        Class::Teen,
        Class::Tens,
        Class::Hundreds,
        Class::Hundred,
        Class::Scale,
        Class::ScaleDual,
        Class::Zero,
        Class::Article,
        Class::Fraction,
        Class::Ordinal,
        Class::Vague,
    ])
    .union(Self::DIGITS);

    /// The set of these classes.
    pub(crate) const fn of(classes: &[Class]) -> Self {
        let mut set = Self(0);
        let mut at = 0;
        while at < classes.len() {
            set = set.union(classes[at].bit());
            at += 1;
        }
        set
    }

    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn has(self, class: Class) -> bool {
        self.meets(class.bit())
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// One meaning of a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sense {
    pub(crate) class: Class,
    /// The number that goes with the class; see [`Class`].
    pub(crate) value: f64,
    /// How the word must be written for this meaning.
    pub(crate) case: Case,
}

/// How a word must be written to have a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// In any way.
    Any,
    /// With a capital, unless the text has none at all.
    Capital,
    /// With a capital, or next to a number.
    CapitalOrNumber,
    /// With its full stop, or next to a number or comma.
    StopOrNumber,
    /// In capitals only.
    Upper,
    /// In small letters only.
    Lower,
    /// With the Arabic article.
    Definite,
    /// Without the Arabic article.
    Indefinite,
}
