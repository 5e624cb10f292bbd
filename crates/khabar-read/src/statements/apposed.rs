//! The name beside the description of a source: "the commissioner, Samuel Kabba, denied", قال المحلل في «الأفق» طارق المنصوري.
//!
//! Trees hang one of the two on the other or neither; in news they are one source, and the name says who it is.

use khabar_lang::{Upos, Word};
use khabar_record::{EntityKind, Mention, MentionForm, Party, TextRange};

use super::Reader;

/// How many words of a description may stand between what the tree gives of it and the name.
const DESCRIPTION: usize = 4;

impl Reader<'_, '_> {
    /// A source with the name that stands beside it, when it is described and not named.
    pub(super) fn with_name(&self, parties: Vec<Party>, content: &[TextRange]) -> Vec<Party> {
        let [party] = parties.as_slice() else { return parties };
        let Some(span) = party.span else { return parties };
        let words = self.scene.analysis.words_in(span);
        if words.is_empty() || self.scene.word(words.end - 1).upos() == Upos::Pron {
            return parties;
        }
        if let Some(known) =
            self.outlet_inside(party, span).or_else(|| self.by_one_name(party, span))
        {
            return vec![known];
        }
        let beside = self.record.mentions.iter().find(|mention| {
            mention.form == MentionForm::Name
                && self.is_same(party, mention)
                && !content.iter().any(|part| part.overlaps(mention.span))
                && (self.stands_behind(span, mention.span)
                    || self.stands_before(span, mention.span))
        });
        let Some(name) = beside else { return parties };
        let entity = &self.record.entities[name.entity.0 as usize - 1];
        vec![Party {
            entity: Some(name.entity),
            span: Some(span.cover(name.span)),
            country: entity.country.clone(),
            sector: entity.sectors.first().cloned(),
        }]
    }

    /// The outlet whose name closes the description of one: "the Chinese news agency Xinhua", وكالة «تاس».
    fn outlet_inside(&self, party: &Party, span: TextRange) -> Option<Party> {
        let of = |id: khabar_record::EntityId| &self.record.entities[id.0 as usize - 1];
        let described = party.entity.map(of).is_some_and(|entity| {
            entity.names.is_empty()
                && matches!(entity.kind, EntityKind::Outlet | EntityKind::Organization)
        });
        if !described {
            return None;
        }
        let closes = |name: TextRange| {
            span.contains_range(name) && name != span && {
                let behind = TextRange::new(name.end(), span.end());
                self.scene.analysis.text()[behind].chars().all(|letter| !letter.is_alphanumeric())
            }
        };
        let name = self.record.mentions.iter().find(|mention| {
            mention.form == MentionForm::Name
                && closes(mention.span)
                && of(mention.entity).kind == EntityKind::Outlet
                && Some(mention.entity) != party.entity
        })?;
        let entity = of(name.entity);
        Some(Party {
            entity: Some(name.entity),
            span: Some(span),
            country: entity.country.clone(),
            sector: entity.sectors.first().cloned(),
        })
    }

    /// The person of whose name a source is one word: تشين, of تشين قانغ before.
    fn by_one_name(&self, party: &Party, span: TextRange) -> Option<Party> {
        let words = self.scene.analysis.words_in(span);
        let word = (words.len() == 1 && party.entity.is_none())
            .then(|| self.scene.word(words.start))
            .filter(|word| matches!(word.upos(), Upos::Propn | Upos::Noun | Upos::X))?;
        let has = |mention: &&Mention| {
            let inside = self.scene.analysis.words_in(mention.span);
            mention.form == MentionForm::Name
                && mention.span.end() <= span.start()
                && inside.len() > 1
                && inside.into_iter().any(|at| self.scene.word(at).key() == word.key())
                && self.record.entities[mention.entity.0 as usize - 1].kind == EntityKind::Person
        };
        let mut bearers: Vec<_> =
            self.record.mentions.iter().filter(has).map(|mention| mention.entity).collect();
        bearers.dedup();
        let [bearer] = bearers.as_slice() else { return None };
        let entity = &self.record.entities[bearer.0 as usize - 1];
        Some(Party {
            entity: Some(*bearer),
            span: Some(span),
            country: entity.country.clone(),
            sector: entity.sectors.first().cloned(),
        })
    }

    /// Whether a name can be that of a described source: it is known to be, or the source is nobody known and the name a
    /// person's.
    fn is_same(&self, party: &Party, name: &Mention) -> bool {
        let of = |id: khabar_record::EntityId| &self.record.entities[id.0 as usize - 1];
        match party.entity {
            Some(id) if id == name.entity => true,
            Some(id) => {
                let described = of(id);
                described.names.is_empty()
                    && matches!(described.kind, EntityKind::Person | EntityKind::Role)
                    && of(name.entity).kind == EntityKind::Person
            }
            None => of(name.entity).kind == EntityKind::Person,
        }
    }

    /// Whether a name stands right behind a description: between commas, or in Arabic with nothing between.
    fn stands_behind(&self, description: TextRange, name: TextRange) -> bool {
        if name.start() < description.end() {
            return false;
        }
        let text = self.scene.analysis.text();
        let between = &text[TextRange::new(description.end(), name.start())];
        let after = text[name.end().to_usize()..].trim_start();
        if matches!(between, ", " | "، ") {
            return after.starts_with([',', '،']) || !self.scene.is_arabic();
        }
        if !self.scene.is_arabic() {
            return false;
        }
        let words = self.scene.analysis.words_in(TextRange::new(description.end(), name.start()));
        let describes = |word: Word<'_>| match word.upos() {
            Upos::Punct => matches!(word.text(), "»" | "\"" | "”" | "«" | "“"),
            upos => matches!(upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::X),
        };
        // "محامي العقيد …": a name behind a title is that of whoever has the title.
        let last = words.end.checked_sub(1).filter(|&at| at >= words.start);
        let titled = last.or_else(|| self.scene.analysis.words_in(description).last());
        let titled = titled.is_some_and(|at| {
            let inside = self.scene.analysis.words_in(description);
            let own_head = inside.start == at;
            !own_head
                && self.cast.actor_at(at).is_some_and(|actor| actor.kind == EntityKind::Person)
        });
        words.len() <= DESCRIPTION
            && words.clone().all(|at| describes(self.scene.word(at)))
            && !titled
    }

    /// Whether a description stands behind a name and its comma: "Samira Bajubair, a doctor at the hospital".
    fn stands_before(&self, description: TextRange, name: TextRange) -> bool {
        if name.end() > description.start() {
            return false;
        }
        let between = &self.scene.analysis.text()[TextRange::new(name.end(), description.start())];
        matches!(between, ", " | "، ")
    }
}
