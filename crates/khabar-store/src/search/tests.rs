use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{load_arabic, load_english};
use super::{arabic, english};

#[test]
fn the_lists_are_in_order() {
    let (arabic, english) = (load_arabic().unwrap(), load_english().unwrap());
    assert!(arabic.whole.len() > 200 && arabic.front.len() > 100 && arabic.forms.len() > 500);
    assert!(english.forms.len() > 300 && english.stop.len() > 100);
    // A stop word that is a form of another word could never be found.
    for form in english.forms.keys().collect::<BTreeSet<_>>() {
        let stop = english.stop.contains(form);
        assert!(
            !stop || ["do", "done", "have"].contains(&form.as_str()),
            "{form} is not searched for"
        );
    }
}

/// What the list of forms joins, a query joins, in both directions and with clitics on.
#[test]
fn every_listed_form_finds_the_others() {
    for (form, others) in load_arabic().unwrap().forms.into_iter().collect::<BTreeMap<_, _>>() {
        let form = &form;
        for other in &others {
            let stems = arabic::alternatives(form);
            for dressed in
                [other.clone(), format!("ال{other}"), format!("و{other}"), format!("{other}ها")]
            {
                assert!(stems.contains(&arabic::stem(&dressed)), "{form} misses {dressed}");
            }
        }
    }
    let rows = include_str!("../../rules/en/forms.tsv")
        .lines()
        .skip_while(|line| !line.starts_with("forms"));
    for row in rows.skip(1) {
        let forms: Vec<&str> = row.split('\t').next().unwrap_or_default().split('|').collect();
        for form in &forms {
            for other in &forms {
                assert!(
                    english::alternatives(form).contains(&english::stem(other)),
                    "{form} misses {other}"
                );
            }
        }
    }
}
