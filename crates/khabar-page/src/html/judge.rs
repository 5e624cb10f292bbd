//! For each piece of a page: the story, or which kind of furniture.
//!
//! The extractor's choice is the start. Its errors come in classes, and the page itself shows them: a headline said a
//! second time, a box named `related`, a paragraph lost between two that were kept, a chunk of the story in a second box
//! that looks like the first. Each step below answers one class, and none knows any single page.

use std::collections::HashMap;

use khabar_record::FurnitureKind;

use super::align::{Extracted, Hashes, run, words};
use super::segment::{BoxTag, Page, Piece, PieceKind};
use super::structure::Hint;
use crate::furniture::{self, Layout, has_end_mark};

/// What a piece of a page was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Part of the story.
    Story,
    /// Not part of the story.
    Furniture(FurnitureKind),
}

/// Judges the pieces of a page on an extractor's word and on what the page itself says.
pub(crate) fn judge(page: &Page, extracted: &Extracted) -> Vec<Verdict> {
    let mut judge = Judge::new(page, extracted);
    judge.drop_headlines();
    judge.drop_doubles();
    judge.find_story_box();
    judge.drop_marked_boxes();
    judge.recover_siblings();
    judge.recover_lead();
    judge.drop_outliers();
    judge.drop_by_wording();
    judge.drop_dangling_labels();
    judge.verdicts()
}

/// Judges the pieces of a page too large for an extractor: what reads as prose is the story, unless the page says otherwise.
pub(crate) fn judge_by_prose(page: &Page) -> Vec<Verdict> {
    let mut judge = Judge::with(page, |index| is_prose(&page.pieces[index]));
    judge.drop_headlines();
    judge.find_story_box();
    judge.drop_marked_boxes();
    judge.drop_by_wording();
    judge.verdicts()
}

struct Judge<'a> {
    page: &'a Page,
    kept: Vec<bool>,
    /// Why a piece is no part of the story, where that is known.
    kinds: Vec<Option<FurnitureKind>>,
    /// The words of each piece, as hashes.
    keys: Vec<Vec<u64>>,
    /// For each box, how many characters of the story lie in it.
    weight: Vec<usize>,
    story_box: usize,
    total: usize,
}

impl<'a> Judge<'a> {
    fn new(page: &'a Page, extracted: &Extracted) -> Self {
        let mut judge = Self::with(page, |_| false);
        judge.kept = judge.keys.iter().map(|words| extracted.share(words) >= 0.5).collect();
        judge.weigh();
        judge
    }

    fn with(page: &'a Page, kept: impl Fn(usize) -> bool) -> Self {
        let keys: Vec<_> = page.pieces.iter().map(|p| words(&p.text)).collect();
        let kept = (0..page.pieces.len()).map(kept).collect();
        let kinds = vec![None; page.pieces.len()];
        let mut judge =
            Self { page, kept, kinds, keys, weight: Vec::new(), story_box: 0, total: 0 };
        judge.weigh();
        judge
    }

    /// Counts the story's characters in every box.
    fn weigh(&mut self) {
        self.weight = vec![0; self.page.boxes.len()];
        self.total = 0;
        for (piece, _) in self.page.pieces.iter().zip(&self.kept).filter(|(_, kept)| **kept) {
            self.weight[piece.parent] += piece.chars;
            self.total += piece.chars;
        }
        // Boxes are numbered in the order in which they open, so that a parent comes before its children.
        for index in (1..self.weight.len()).rev() {
            let weight = self.weight[index];
            self.weight[self.page.boxes[index].parent] += weight;
        }
    }

    fn drop(&mut self, index: usize, kind: FurnitureKind) {
        self.kept[index] = false;
        self.kinds[index] = Some(kind);
    }

    /// A piece that says the headline, above the story or in the middle of it, is not its first sentence.
    fn drop_headlines(&mut self) {
        for index in 0..self.page.pieces.len() {
            let piece = &self.page.pieces[index];
            let key = &self.keys[index];
            if key.len() < 3 || !self.page.titles.iter().any(|title| says(title, key)) {
                continue;
            }
            self.drop(
                index,
                if piece.kind == PieceKind::Caption {
                    FurnitureKind::Caption
                } else {
                    FurnitureKind::Headline
                },
            );
        }
    }

    /// Of pieces with the same words, the one among most of the story stays; the others are teasers and copies.
    fn drop_doubles(&mut self) {
        let mut places: HashMap<&[u64], Vec<usize>> = HashMap::new();
        for index in (0..self.keys.len()).filter(|&i| self.kept[i] && self.keys[i].len() >= 4) {
            places.entry(&self.keys[index]).or_default().push(index);
        }
        let mut doubles: Vec<Vec<usize>> = places.into_values().filter(|p| p.len() > 1).collect();
        doubles.sort();
        let mut out = Vec::new();
        for places in &doubles {
            let weight = |i: usize| self.weight[self.page.container(&self.page.pieces[i])];
            let home = |i: usize| self.page.container(&self.page.pieces[i]);
            let Some(best) =
                places.iter().copied().reduce(|a, b| if weight(b) > weight(a) { b } else { a })
            else {
                continue;
            };
            // A recipe says "one cup" in each of its parts, so a short piece may come again where stories stand.
            let short = self.keys[best].len() < 12;
            out.extend(places.iter().copied().filter(|&i| {
                let elsewhere = home(i) != home(best);
                i != best
                    && elsewhere
                    && (!short || weight(i) * 8 < self.total)
                    && (!short || weight(best) * 2 > self.total)
            }));
        }
        out.extend(self.copies_in_one_piece());
        for index in out {
            self.kept[index] = false;
        }
        self.weigh();
    }

    /// Finds pieces that hold the whole story once more, run together, as pages carry it for other programs.
    fn copies_in_one_piece(&self) -> Vec<usize> {
        const RUN: usize = 6;
        let long = |i: &usize| self.kept[*i] && self.keys[*i].len() >= 60;
        let mut copies = Vec::new();
        for index in (0..self.keys.len()).filter(long) {
            if self.page.pieces[index].chars * 3 < self.total {
                continue;
            }
            let others = (0..self.keys.len())
                .filter(|&i| i != index && self.kept[i] && !copies.contains(&i));
            let runs: Hashes = others.flat_map(|i| self.keys[i].windows(RUN).map(run)).collect();
            let again =
                self.keys[index].windows(RUN).filter(|words| runs.contains(&run(words))).count();
            if again * 10 >= self.keys[index].len() * 7 {
                copies.push(index);
            }
        }
        copies
    }

    /// The story box is the smallest that holds nearly all of the story.
    fn find_story_box(&mut self) {
        let mut found = 0;
        for index in 1..self.page.boxes.len() {
            let most = self.total > 0 && self.weight[index] * 10 >= self.total * 8;
            if self.page.boxes[index].parent == found && most {
                found = index;
            }
        }
        while found > 0 && self.page.boxes[found].tag == BoxTag::Paragraph {
            found = self.page.boxes[found].parent;
        }
        self.story_box = found;
    }

    /// Boxes that say they are no part of the story are believed unless most of the story lies in them.
    fn drop_marked_boxes(&mut self) {
        for index in 0..self.page.pieces.len() {
            if self.kept[index]
                && let Some(kind) = self.marked(index, false)
            {
                self.drop(index, kind);
            }
        }
        self.weigh();
    }

    /// Returns the kind of furniture that the boxes around a piece, up to the story box, say it is.
    fn marked(&self, index: usize, weak: bool) -> Option<FurnitureKind> {
        let piece = &self.page.pieces[index];
        if let Some(Hint::Furniture(kind, sure)) = piece.hint
            && (sure || weak)
        {
            return Some(kind);
        }
        if piece.kind == PieceKind::Caption {
            return Some(FurnitureKind::Caption);
        }
        let mut at = piece.parent;
        while at != self.story_box && at != 0 {
            let around = &self.page.boxes[at];
            let part = self.weight[at] * 4 < self.total.max(1);
            match around.hint {
                Some(Hint::Body) if self.weight[at] > 0 && !part => return None,
                Some(Hint::Furniture(kind, sure)) if (sure || weak) && part => return Some(kind),
                // A box around a picture that holds a line or two besides.
                Some(Hint::Furniture(FurnitureKind::Caption, false))
                    if part && self.weight[at] < 500 && piece.kind != PieceKind::TableRow =>
                {
                    return Some(FurnitureKind::Caption);
                }
                _ => {}
            }
            match around.tag {
                BoxTag::Figure if part && piece.kind != PieceKind::TableRow => {
                    return Some(FurnitureKind::Caption);
                }
                BoxTag::Nav if part => return Some(FurnitureKind::Navigation),
                BoxTag::Form if part => return Some(FurnitureKind::Newsletter),
                BoxTag::Footer if part && weak => return Some(FurnitureKind::Navigation),
                BoxTag::Aside if part && weak => return Some(FurnitureKind::Other),
                _ => {}
            }
            at = around.parent;
        }
        None
    }

    /// What stands between kept pieces, in their box or in one that looks like theirs, was lost by mistake.
    fn recover_siblings(&mut self) {
        let mut looks: HashMap<u64, usize> = HashMap::new();
        let mut boxes: HashMap<usize, usize> = HashMap::new();
        for index in (0..self.kept.len()).filter(|&i| self.kept[i]) {
            let container = self.page.container(&self.page.pieces[index]);
            *boxes.entry(container).or_default() += self.page.pieces[index].chars;
            *looks.entry(self.page.boxes[container].look).or_default() +=
                self.page.pieces[index].chars;
        }
        let enough = self.total / 10;
        let said = self.kept_keys();
        let kept: Vec<usize> = (0..self.kept.len()).filter(|&i| self.kept[i]).collect();
        for index in 0..self.page.pieces.len() {
            if self.kept[index] || self.kinds[index].is_some() {
                continue;
            }
            let piece = &self.page.pieces[index];
            let container = self.page.container(piece);
            let here = boxes.get(&container).copied().unwrap_or(0);
            let alike = looks.get(&self.page.boxes[container].look).copied().unwrap_or(0);
            let home = self.in_story_box(index) && here > enough.max(200)
                || alike > enough.max(400)
                    && self.page.boxes[container].hint == Some(Hint::Body)
                    && self.same_story(index, &kept);
            if home
                && is_prose(piece)
                && self.marked(index, true).is_none()
                && !said.contains(&run(&self.keys[index]))
            {
                self.kept[index] = true;
            }
        }
        self.recover_headings();
        self.weigh();
    }

    /// A heading directly above recovered text, or between kept pieces of its own box, belongs to them.
    fn recover_headings(&mut self) {
        for index in 1..self.page.pieces.len().saturating_sub(1) {
            let piece = &self.page.pieces[index];
            let heading = matches!(piece.kind, PieceKind::Heading(2..));
            if !heading
                || self.kept[index]
                || self.kinds[index].is_some()
                || piece.linked * 2 > piece.chars
            {
                continue;
            }
            let container = self.page.container(piece);
            let same =
                |i: usize| self.kept[i] && self.page.container(&self.page.pieces[i]) == container;
            if same(index - 1) && same(index + 1) && self.marked(index, true).is_none() {
                self.kept[index] = true;
            }
        }
    }

    /// Says whether a piece and the story that was found stand in the same `article`, with no other headline between them.
    fn same_story(&self, index: usize, kept: &[usize]) -> bool {
        let article = |piece: &Piece| {
            let mut at = piece.parent;
            while at > 0 && self.page.boxes[at].tag != BoxTag::Article {
                at = self.page.boxes[at].parent;
            }
            at
        };
        let place = kept.partition_point(|&i| i < index);
        let around = &kept[place.saturating_sub(1)..kept.len().min(place + 1)];
        let Some(&nearest) = around.iter().min_by_key(|i| i.abs_diff(index)) else {
            return false;
        };
        let between = &self.page.pieces[nearest.min(index)..nearest.max(index)];
        article(&self.page.pieces[nearest]) == article(&self.page.pieces[index])
            && !between.iter().any(|p| p.kind == PieceKind::Heading(1))
    }

    fn kept_keys(&self) -> Hashes {
        (0..self.keys.len()).filter(|&i| self.kept[i]).map(|i| run(&self.keys[i])).collect()
    }

    fn in_story_box(&self, index: usize) -> bool {
        let mut at = self.page.pieces[index].parent;
        while at > self.story_box {
            at = self.page.boxes[at].parent;
        }
        at == self.story_box
    }

    /// The opening paragraph is often set apart, above the picture and outside the story's own box.
    fn recover_lead(&mut self) {
        const PROSE: usize = 60;
        let opens = |i: &usize| {
            self.kept[*i] && self.page.pieces[*i].chars >= PROSE && self.in_story_box(*i)
        };
        let Some(first) = (0..self.kept.len()).find(opens) else {
            return;
        };
        let said = self.kept_keys();
        for index in (first.saturating_sub(40)..first).rev() {
            let piece = &self.page.pieces[index];
            let lead = piece.hint == Some(Hint::Lead)
                || self.page.boxes_of(piece).take(3).any(|b| b.hint == Some(Hint::Lead))
                || self.page.descriptions.iter().any(|d| says(d, &self.keys[index]));
            let plain = piece.kind != PieceKind::Caption
                && self.marked(index, false).is_none()
                && piece.linked * 3 < piece.chars
                && piece.chars >= 40
                && piece.chars <= 600;
            if lead
                && plain
                && self.kinds[index].is_none()
                && self.near_headline(index, first)
                && !said.contains(&run(&self.keys[index]))
            {
                self.kept[index] = true;
                return;
            }
        }
    }

    /// Says whether a headline stands before the piece with no other story's between them.
    fn near_headline(&self, index: usize, first: usize) -> bool {
        let start = index.saturating_sub(12);
        self.kinds[start..first].contains(&Some(FurnitureKind::Headline))
            || self.page.pieces[start..first].iter().any(|p| p.kind == PieceKind::Heading(1))
    }

    /// Single pieces far from the story, in boxes that hold hardly any of it, were taken by mistake.
    fn drop_outliers(&mut self) {
        for index in 0..self.page.pieces.len() {
            if !self.kept[index] || self.in_story_box(index) {
                continue;
            }
            let piece = &self.page.pieces[index];
            let lead = self.page.boxes_of(piece).take(3).any(|b| b.hint == Some(Hint::Lead));
            if !lead && (!is_prose(piece) || self.marked(index, true).is_some()) {
                self.kept[index] = false;
            }
        }
        self.weigh();
    }

    /// Of a page with so many pieces, only those are read that may well be furniture.
    fn frugal(&self) -> bool {
        const MANY: usize = 20_000;
        self.page.pieces.len() > MANY
    }

    /// Wording, with the layout to confirm it.
    fn drop_by_wording(&mut self) {
        let kept: Vec<usize> = (0..self.kept.len()).filter(|&i| self.kept[i]).collect();
        let ended = kept.iter().filter(|&&i| has_end_mark(&self.page.pieces[i].text)).count();
        let prose = ended * 10 >= kept.len() * 6;
        for (place, &index) in kept.iter().enumerate() {
            let piece = &self.page.pieces[index];
            if self.frugal() && has_end_mark(&piece.text) {
                continue;
            }
            let heading = matches!(piece.kind, PieceKind::Heading(_));
            let layout = Layout {
                linked: piece.linked as f32 / piece.chars.max(1) as f32,
                set_apart: self.marked(index, true).is_some(),
                unlike_the_rest: prose && !heading && !has_end_mark(&piece.text),
                opens_part: heading && kept.get(place + 1).is_some(),
                near_end: place + 6 >= kept.len() || place * 10 >= kept.len() * 8,
            };
            if let Some(kind) = furniture::kind_by_wording(&piece.text, layout) {
                self.drop(index, kind);
            }
        }
        self.drop_link_runs();
        self.drop_links_at_the_end();
        self.weigh();
    }

    /// Three links in a row with nothing between them but days are a list of other stories.
    fn drop_link_runs(&mut self) {
        let kept: Vec<usize> = (0..self.kept.len()).filter(|&i| self.kept[i]).collect();
        let is_link = |i: usize| {
            let piece = &self.page.pieces[i];
            piece.linked * 10 >= piece.chars * 8 && piece.kind != PieceKind::TableRow
        };
        for run in kept
            .chunk_by(|&a, &b| is_link(a) == is_link(b))
            .map(<[usize]>::to_vec)
            .collect::<Vec<_>>()
        {
            if run.len() >= 3 && is_link(run[0]) {
                for index in run {
                    self.drop(index, FurnitureKind::RelatedLink);
                }
            }
        }
    }

    /// A story does not end with a link that is no sentence.
    fn drop_links_at_the_end(&mut self) {
        while let Some(last) = self.kept.iter().rposition(|kept| *kept) {
            let piece = &self.page.pieces[last];
            let link = piece.linked * 10 >= piece.chars * 8 && !has_end_mark(&piece.text);
            if !link || piece.kind == PieceKind::TableRow || self.total < piece.chars * 3 {
                break;
            }
            self.drop(last, FurnitureKind::RelatedLink);
        }
    }

    /// A heading or label with nothing under it was the head of something that is gone.
    fn drop_dangling_labels(&mut self) {
        while let Some(last) = self.kept.iter().rposition(|kept| *kept) {
            let piece = &self.page.pieces[last];
            if !matches!(piece.kind, PieceKind::Heading(_)) || self.total == piece.chars {
                break;
            }
            self.drop(last, FurnitureKind::Other);
        }
    }

    fn verdicts(self) -> Vec<Verdict> {
        let verdict = |index: usize| {
            if self.kept[index] {
                return Verdict::Story;
            }
            let piece = &self.page.pieces[index];
            let by_wording = || {
                if self.frugal() {
                    return None;
                }
                let linked = piece.linked as f32 / piece.chars.max(1) as f32;
                let layout =
                    Layout { set_apart: true, near_end: true, linked, ..Layout::default() };
                furniture::kind_by_wording(&piece.text, layout)
            };
            // A menu or a footer holds many things, which their words tell better than the place.
            let sure = self
                .marked(index, false)
                .filter(|k| !matches!(k, FurnitureKind::Navigation | FurnitureKind::Other));
            let kind =
                self.kinds[index].or(sure).or_else(by_wording).or_else(|| self.marked(index, true));
            let kind = kind.unwrap_or_else(|| kind_by_place(self.page, piece));
            Verdict::Furniture(if kind == FurnitureKind::DateLine {
                day_or_name(piece)
            } else {
                kind
            })
        };
        (0..self.page.pieces.len()).map(verdict).collect()
    }
}

/// Says whether a piece repeats a title, or a title but for the outlet's name.
fn says(title: &[u64], piece: &[u64]) -> bool {
    if title == piece {
        return true;
    }
    let (long, short) = if title.len() > piece.len() { (title, piece) } else { (piece, title) };
    short.len() >= 5
        && short.len() * 10 >= long.len() * 7
        && (long.starts_with(short) || long.ends_with(short))
}

/// Says whether a piece reads as part of a text and not as a label, a button or a link.
pub(super) fn is_prose(piece: &Piece) -> bool {
    let linked = piece.linked * 2 > piece.chars;
    match piece.kind {
        PieceKind::Control | PieceKind::Caption | PieceKind::Heading(_) => false,
        PieceKind::Paragraph
        | PieceKind::Quote
        | PieceKind::ListItem
        | PieceKind::Loose
        | PieceKind::Preformatted => {
            !linked && (piece.chars >= 25 && has_end_mark(&piece.text) || piece.chars >= 80)
        }
        PieceKind::TableRow => !linked && piece.chars >= 5,
    }
}

/// The line under a headline holds a day and a name; what has no number in it is not the day.
fn day_or_name(piece: &Piece) -> FurnitureKind {
    const LONGEST_NAME: usize = 10;
    let words = piece.text.split_whitespace().count();
    if piece.text.chars().any(char::is_numeric) || furniture::is_date_line(&piece.text) {
        FurnitureKind::DateLine
    } else if words <= LONGEST_NAME && piece.text.chars().any(char::is_alphabetic) {
        FurnitureKind::Byline
    } else {
        FurnitureKind::Other
    }
}

/// Names the kind of a piece that is no part of the story by where it stands.
fn kind_by_place(page: &Page, piece: &Piece) -> FurnitureKind {
    for around in page.boxes_of(piece) {
        if let Some(Hint::Furniture(kind, _)) = around.hint {
            return kind;
        }
        match around.tag {
            BoxTag::Nav | BoxTag::Header | BoxTag::Footer => return FurnitureKind::Navigation,
            BoxTag::Figure => return FurnitureKind::Caption,
            _ => {}
        }
    }
    FurnitureKind::Other
}
