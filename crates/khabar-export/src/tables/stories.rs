//! The rows of the tables of stories and happenings.

use super::rows::{integer, list, some, text};
use super::{Cell, Take};
use crate::{Result, StoryItem};

/// A document that stands alone is no story: what happened in it has none.
fn is_story(story: &StoryItem) -> bool {
    story.documents.len() > 1
}

fn day(day: Option<jiff::civil::Date>) -> Cell<'static> {
    day.map_or(Cell::None, Cell::Day)
}

pub(super) fn stories(story: &StoryItem, take: &mut Take<'_>) -> Result<()> {
    if !is_story(story) {
        return Ok(());
    }
    let copies = story.documents.iter().filter(|it| it.copy_of.is_some()).count();
    take(&[
        text(&story.id),
        some(story.title.as_deref()),
        day(story.first),
        day(story.last),
        integer(story.documents.len()),
        integer(copies),
        list(&story.outlets),
        list(&story.countries),
        list(&story.languages),
    ])
}

pub(super) fn story_documents(story: &StoryItem, take: &mut Take<'_>) -> Result<()> {
    story.documents.iter().filter(|_| is_story(story)).try_for_each(|member| {
        take(&[text(&story.id), text(&member.document), some(member.copy_of.as_deref())])
    })
}

pub(super) fn happenings(story: &StoryItem, take: &mut Take<'_>) -> Result<()> {
    story.happenings.iter().try_for_each(|happening| {
        take(&[
            text(&happening.id),
            some(is_story(story).then_some(story.id.as_str())),
            text(&happening.kind),
            some(happening.mode.as_deref()),
            day(happening.day),
            list(&happening.actors),
            list(&happening.recipients),
            some(happening.place.as_deref()),
            text(&happening.words),
            integer(happening.reports),
            integer(happening.documents),
            integer(happening.copies),
            list(&happening.outlets),
            list(&happening.countries),
            text(&happening.first_document),
            list(&happening.first_sources),
            integer(happening.denials.len()),
        ])
    })
}

pub(super) fn denials(story: &StoryItem, take: &mut Take<'_>) -> Result<()> {
    for happening in &story.happenings {
        for denial in &happening.denials {
            let source = denial.sources.join(", ");
            take(&[
                text(&happening.id),
                text(&denial.id),
                text(&denial.document),
                day(denial.day),
                some((!source.is_empty()).then_some(source.as_str())),
                text(&denial.words),
            ])?;
        }
    }
    Ok(())
}
