//! GDELT and POLECAT.

use std::collections::BTreeSet;

use khabar_export::{Format, Item};
use serde_json::Value;

use super::{characters, export, lines, read, sample};

/// The English sample on a day.
fn english() -> Item {
    let mut item = sample::english();
    item.record.document.published = Some("2021-12-31".parse().unwrap());
    item
}

fn cells(line: &str) -> Vec<&str> {
    line.split('\t').collect()
}

struct Files {
    events: Vec<String>,
    mentions: Vec<String>,
    graph: Vec<String>,
    left_out: u64,
}

fn gdelt(items: &[Item]) -> Files {
    let (summary, _folder, path) = export(Format::Gdelt, items);
    let file = |name: &str| read(&path.join(name));
    let files = std::fs::read_dir(&path).unwrap().count();
    assert_eq!(files, 3, "nothing else is left in the folder");
    Files {
        events: file("khabar.export.CSV"),
        mentions: file("khabar.mentions.CSV"),
        graph: file("khabar.gkg.csv"),
        left_out: summary.events_left_out,
    }
}

#[test]
fn rows_have_the_columns_of_gdelt() {
    let files = gdelt(&[sample::arabic(), english()]);
    for (lines, count, columns) in
        [(&files.events, 2, 61), (&files.mentions, 2, 16), (&files.graph, 2, 27)]
    {
        assert_eq!(lines.len(), count);
        for line in lines {
            assert_eq!(cells(line).len(), columns, "{line}");
            assert!(!line.contains(['\r', '\u{2028}']));
        }
    }
    assert_eq!(files.left_out, 3, "one did not happen, one is to come, one has no code");
}

#[test]
fn an_event_is_told_in_codes() {
    let files = gdelt(&[sample::arabic(), english()]);
    let killing = cells(&files.events[0]);
    assert!(killing[0].parse::<i64>().unwrap() > 0);
    assert_eq!(killing[1..5], ["20210613", "202106", "2021", "2021.4466"]);
    assert!(killing[5..15].iter().all(|cell| cell.is_empty()), "nobody is said to have done it");
    assert_eq!(killing[16], "VILLAGERS");
    assert_eq!(killing[25..34], ["0", "1823", "182", "18", "4", "-10.0", "1", "1", "1"]);
    assert_eq!(killing[34], "", "there is no tone");
    assert_eq!(killing[35], "0");
    assert_eq!(
        killing[51..59],
        ["4", "Safsaf, East; #1, Lebanon", "LE", "", "", "33.5", "36.25", ""]
    );
    assert_eq!(killing[59..], ["20210614000000", "https://www.jarida.example/2021/dam?a=1&b=2"]);
    let meeting = cells(&files.events[1]);
    let published = ["20211231", "202112", "2021", "2021.9973"];
    assert_eq!(meeting[1..5], published, "the day of publication stands in for the event's");
    assert_eq!((meeting[6], meeting[16]), ("NORLAND", "OSTIA, THE ELDER"));
    assert_eq!(meeting[25..31], ["1", "046", "046", "04", "1", "7.0"]);
}

#[test]
fn actors_have_the_codes_of_their_state_and_sectors() {
    let mut item = sample::arabic();
    item.record.events[0].actors = item.record.statements[0].source.clone();
    let files = gdelt(&[item]);
    let row = cells(&files.events[0]);
    assert_eq!(row[5..8], ["LBNGOVMED", "LAYLA HADDAD", "LBN"]);
    assert_eq!(row[12..15], ["GOV", "MED", ""], "religion is no role");
}

#[test]
fn mentions_point_at_the_words_and_quote_them() {
    let files = gdelt(&[sample::arabic(), english()]);
    let mention = cells(&files.mentions[0]);
    assert_eq!(mention[0], cells(&files.events[0])[0]);
    assert_eq!(mention[3..5], ["1", "jarida.example"]);
    assert_eq!(mention[6..8], ["2", "-1"]);
    let offset: u64 = mention[9].parse().unwrap();
    assert_eq!(characters(sample::ARABIC, offset, offset + 4), "قُتل");
    assert_eq!(mention[12], sample::ARABIC.chars().count().to_string());
    let extras: Value = serde_json::from_str(mention[15]).unwrap();
    let span = &extras["span"];
    let (start, end) = (span[0].as_u64().unwrap(), span[1].as_u64().unwrap());
    assert_eq!(extras["words"], characters(sample::ARABIC, start, end));
    assert_eq!(extras["according_to"]["source"][0], "Layla Haddad");
    assert_eq!(extras["status"], "actual");
    let talks = cells(&files.mentions[1]);
    assert_eq!(talks[3], "2", "no address on the Web");
    // A tab in the text stays one in the words without breaking the row.
    let extras: Value = serde_json::from_str(talks[15]).unwrap();
    assert!(extras["words"].as_str().unwrap().contains("Norland\tand"));
}

#[test]
fn the_knowledge_graph_nests_without_breaking() {
    let files = gdelt(&[sample::arabic(), english()]);
    let row = cells(&files.graph[0]);
    assert_eq!(row[0], "20210614000000-0");
    assert_eq!(row[5], "KILL#12#villager#4#Safsaf East 1 Lebanon#LE##33.5#36.25#");
    assert_eq!(row[6], format!("{}#{}", row[5], 105));
    assert_eq!(row[9], "4#Safsaf East 1 Lebanon#LE##33.5#36.25#");
    let place = sample::ARABIC.find("الصفصاف").unwrap();
    let place = sample::ARABIC[..place].chars().count();
    assert_eq!(row[10], format!("4#Safsaf East 1 Lebanon#LE###33.5#36.25##{place}"));
    assert_eq!((row[11], row[12]), ("Layla Haddad", "Layla Haddad,18"));
    assert_eq!(row[13], "وكالة النهر");
    assert_eq!(row[16], "3,6,13,2021,28");
    let quotation: Vec<&str> = row[22].splitn(4, '|').collect();
    let (start, length): (u64, u64) =
        (quotation[0].parse().unwrap(), quotation[1].parse().unwrap());
    assert_eq!(characters(sample::ARABIC, start, start + length), quotation[3]);
    assert_eq!(row[24], "12,villager,105");
    assert!(
        row[26].contains("<PAGE_TITLE>الوزيرة: السد لم ينهر &amp; لن ينهار</PAGE_TITLE>"),
        "{}",
        row[26]
    );
}

#[test]
fn one_occurrence_is_one_row_with_all_its_reports() {
    let mut items = Vec::new();
    for (key, outlet) in [("a", "Jarida"), ("b", "Herald"), ("c", "Herald")] {
        let mut item = sample::arabic();
        item.key = key.to_owned();
        item.record.document.outlet = Some(outlet.to_owned());
        item.happenings.insert(item.record.events[0].id, "h".to_owned());
        items.push(item);
    }
    let mut alone = sample::arabic();
    alone.key = "d".to_owned();
    items.push(alone);
    let files = gdelt(&items);
    assert_eq!(files.mentions.len(), 4);
    assert_eq!(files.events.len(), 2);
    let counts: BTreeSet<Vec<&str>> =
        files.events.iter().map(|row| cells(row)[31..34].to_vec()).collect();
    assert_eq!(counts, BTreeSet::from([vec!["1", "1", "1"], vec!["3", "2", "3"]]));
    let ids: BTreeSet<&str> = files.events.iter().map(|row| cells(row)[0]).collect();
    let mentioned: BTreeSet<&str> = files.mentions.iter().map(|row| cells(row)[0]).collect();
    assert_eq!(ids, mentioned);
}

#[test]
fn a_document_without_a_day_has_no_place_in_gdelt() {
    let (summary, _folder, path) = export(Format::Gdelt, &[sample::english(), sample::arabic()]);
    assert_eq!((summary.documents, summary.documents_left_out), (1, 1));
    assert_eq!(read(&path.join("khabar.gkg.csv")).len(), 1);
}

#[test]
fn an_empty_store_makes_empty_files() {
    let files = gdelt(&[]);
    assert!(files.events.is_empty() && files.mentions.is_empty() && files.graph.is_empty());
    assert_eq!(lines(Format::Polecat, &[]).len(), 1, "the header");
}

#[test]
fn rows_have_the_columns_of_polecat() {
    let lines = lines(Format::Polecat, &[sample::arabic(), sample::english()]);
    let header = cells(&lines[0]);
    assert_eq!(header.len(), 40);
    assert_eq!(
        (header[0], header[10], header[39]),
        ("Event ID", "Primary Actor Sector", "Version")
    );
    assert!(lines.iter().all(|line| cells(line).len() == 40));
    let column = |line: usize, name: &str| {
        cells(&lines[line])[header.iter().position(|column| *column == name).unwrap()].to_owned()
    };
    assert_eq!(lines.len(), 5, "what did not happen is left out; two recipients are two rows");
    assert_eq!(column(1, "Event ID"), "ar-dam/v1");
    assert_eq!(column(1, "Event Date"), "2021-06-13");
    assert_eq!(column(1, "Intensity"), "-9");
    assert_eq!(column(1, "Quad Code"), "M-CONF");
    assert_eq!(column(1, "Contexts"), "human_security;crime");
    assert_eq!(column(1, "Recipient Name Raw"), "قرويا");
    assert_eq!(column(1, "Placename"), "Safsaf, East; #1");
    assert_eq!(column(1, "Raw Placename"), "الصفصاف");
    assert_eq!(column(1, "GeoNames ID"), "42");
    assert_eq!(column(1, "Country"), "LBN");
    assert_eq!(
        column(1, "Story Locations"),
        "Safsaf, East, #1",
        "a list is set apart by semicolons"
    );
    assert_eq!(column(2, "Actor Name"), "Norland");
    assert_eq!(column(2, "Recipient Name"), "Ostia, the elder");
    assert_eq!(column(3, "Event ID"), "en, \"talks\"/v3-1");
    assert_eq!(column(3, "Actor COW"), "220");
    assert_eq!(column(4, "Primary Recipient Sector"), "");
    assert_eq!(column(3, "Primary Recipient Sector"), "LAB");
}

#[test]
fn a_quotation_mark_opens_no_cell() {
    let mut item = english();
    item.record.entities[0].names.insert("en".to_owned(), "\"Norland\"\tand\r\nmore".to_owned());
    let files = gdelt(std::slice::from_ref(&item));
    assert_eq!(cells(&files.events[0])[6], "“NORLAND\" AND  MORE");
    assert_eq!(cells(&lines(Format::Polecat, &[item])[1])[7], "“Norland\" and  more");
}
