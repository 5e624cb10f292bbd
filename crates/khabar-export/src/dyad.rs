//! Events as event data have them: rows of one who does it and one to whom it is done.

use khabar_record::{Event, Party};

/// One row's pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dyad<'e> {
    /// The number of the row among the event's, counted from 0.
    pub(crate) number: usize,
    pub(crate) actor: Option<&'e Party>,
    pub(crate) recipient: Option<&'e Party>,
}

/// The pairs of an event: every actor with every recipient. Of a reciprocal event, which has several actors and no
/// recipient, each two actors once.
pub(crate) fn dyads(event: &Event) -> Vec<Dyad<'_>> {
    let (actors, recipients) = (&event.actors, &event.recipients);
    let pairs: Vec<(Option<&Party>, Option<&Party>)> = match (actors.len(), recipients.len()) {
        (0, 0) => vec![(None, None)],
        (0, _) => recipients.iter().map(|recipient| (None, Some(recipient))).collect(),
        (1, 0) => vec![(actors.first(), None)],
        (_, 0) => actors
            .iter()
            .enumerate()
            .flat_map(|(n, one)| actors[n + 1..].iter().map(move |two| (Some(one), Some(two))))
            .collect(),
        _ => actors
            .iter()
            .flat_map(|actor| recipients.iter().map(move |other| (Some(actor), Some(other))))
            .collect(),
    };
    pairs
        .into_iter()
        .enumerate()
        .map(|(number, (actor, recipient))| Dyad { number, actor, recipient })
        .collect()
}

#[cfg(test)]
mod tests {
    use khabar_record::{EntityId, EventId, Status, TextRange};

    use super::*;

    fn event(actors: u32, recipients: u32) -> Event {
        let party =
            |n| Party { entity: Some(EntityId(n)), span: None, country: None, sector: None };
        Event {
            id: EventId(1),
            kind: "CONSULT".to_owned(),
            mode: None,
            contexts: vec![],
            cameo: None,
            trigger: TextRange::default(),
            span: TextRange::default(),
            actors: (0..actors).map(party).collect(),
            recipients: (10..10 + recipients).map(party).collect(),
            status: Status::Actual,
            when: None,
            place: None,
            according_to: None,
            amounts: vec![],
            rule: "test".to_owned(),
        }
    }

    #[test]
    fn every_pair_is_met_once() {
        for (actors, recipients, rows) in
            [(0, 0, 1), (1, 0, 1), (0, 2, 2), (2, 0, 1), (3, 0, 3), (2, 3, 6)]
        {
            let event = event(actors, recipients);
            let dyads = dyads(&event);
            assert_eq!(dyads.len(), rows, "{actors} and {recipients}");
            assert!(dyads.iter().enumerate().all(|(n, dyad)| dyad.number == n));
        }
        let event = event(2, 0);
        let pair = dyads(&event)[0];
        assert_eq!((pair.actor, pair.recipient), (event.actors.first(), event.actors.get(1)));
    }
}
