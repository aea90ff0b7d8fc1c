//! Where a paragraph's lines end: not line by line, but so that all of them together are as even as they can be (after
//! Knuth and Plass, "Breaking paragraphs into lines", 1981, for lines that are ragged on one side).

use std::ops::Range;

/// What no line parts: a word, or what is left of one between two hyphens, with the space after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    /// How wide it is with the space after it, which may hang over the edge.
    pub(super) full: f32,
    /// How wide it is without.
    pub(super) ink: f32,
    /// Where in the paragraph's text it ends, without that space and with it.
    pub(super) to: [usize; 2],
    pub(super) end: End,
}

/// How a line ends after a chunk, if it does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    /// It may.
    May,
    /// The writer ended it.
    Must,
    /// With a hyphen, this wide: one that the writer allowed, or one that patterns allow.
    Hyphen { wide: f32, typed: bool },
    /// In the middle of a word that no line could hold.
    Torn,
}

impl End {
    /// What it costs; a cost of 1 is that of an empty line.
    fn cost(self) -> f32 {
        match self {
            Self::May | Self::Must => 0.0,
            Self::Hyphen { typed: true, .. } => 0.01,
            Self::Hyphen { typed: false, .. } => 0.04,
            Self::Torn => 4.0,
        }
    }

    /// How wide it is.
    pub(super) fn wide(self) -> f32 {
        if let Self::Hyphen { wide, .. } = self { wide } else { 0.0 }
    }
}

/// A last line that fills less of the width than this is short.
const SHORT: f32 = 0.3;
/// What a last line costs that holds next to nothing.
const ALONE: f32 = 0.2;
/// Costs that differ by less are the same: they were added up in another order.
const SAME: f32 = 1e-4;
/// Widths that differ by less may be the same, for the same reason.
const HAIR: f32 = 0.01;
/// Beyond so many points of room no line is set.
const ROOM: f32 = 1e6;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Its chunks.
    pub(super) chunks: Range<usize>,
    /// Where in the paragraph's text it ends.
    pub(super) to: usize,
    /// It ends with a hyphen that is not in the text.
    pub(super) hyphen: bool,
}

/// The lines of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Broken {
    pub(super) lines: Vec<Row>,
    /// The words that are parted by hyphens, as stretches of the text.
    pub(super) parted: Vec<Range<usize>>,
    /// Other lines would have been as good, or might have fitted, but for a hair's breadth.
    pub(super) close: bool,
    /// A line in the middle leaves more than a quarter of its width empty.
    pub(super) gappy: bool,
}

/// The best way to this place.
#[derive(Clone, Copy)]
struct Best {
    cost: f32,
    from: usize,
    close: bool,
}

/// The lines of chunks within `width`; nothing where a chunk is wider than that.
pub(super) fn lines(chunks: &[Chunk], width: f32) -> Option<Broken> {
    let width = width.min(ROOM);
    let none = Best { cost: f32::INFINITY, from: 0, close: false };
    let mut best = vec![none; chunks.len() + 1];
    best[0].cost = 0.0;
    // What no line can begin before: the end of the last line that the writer ended.
    let (mut first, mut hair) = (0, false);
    for (end, chunk) in (1..).zip(chunks) {
        let last = chunk.end == End::Must || end == chunks.len();
        let (mut wide, mut found) = (chunk.ink + if last { 0.0 } else { chunk.end.wide() }, none);
        for from in (first..end).rev() {
            if from + 1 < end {
                wide += chunks[from].full;
            }
            hair |= (wide - width).abs() < HAIR;
            if wide > width {
                break;
            }
            let cost = best[from].cost + line_cost(wide / width, chunk.end, last, from > first);
            if (cost - found.cost).abs() < SAME {
                found.close = true;
            }
            if cost < found.cost {
                found = Best { cost, from, close: found.close && (found.cost - cost).abs() < SAME };
            }
        }
        best[end] = found;
        if last {
            if found.cost.is_infinite() {
                return None;
            }
            first = end;
        }
    }
    let mut broken = walked(&best, chunks, width);
    broken.close |= hair;
    Some(broken)
}

/// What a line costs that fills so much of its width; `goes_on` when there is a line above it in its paragraph.
fn line_cost(filled: f32, end: End, last: bool, goes_on: bool) -> f32 {
    if !last {
        return (1.0 - filled) * (1.0 - filled) + end.cost();
    }
    let short = if goes_on { (1.0 - filled / SHORT).max(0.0) } else { 0.0 };
    ALONE * short * short
}

/// From the end back along the best way.
fn walked(best: &[Best], chunks: &[Chunk], width: f32) -> Broken {
    let mut broken = Broken::default();
    let mut end = chunks.len();
    while end > 0 {
        let Best { from, close, .. } = best[end];
        let inside = chunks.get(from..end).unwrap_or_default();
        let ink: f32 = inside.iter().rev().enumerate().map(|(at, c)| if at == 0 { c.ink } else { c.full }).sum();
        let last = end == chunks.len() || inside.last().is_some_and(|chunk| chunk.end == End::Must);
        broken.close |= close;
        broken.gappy |= !last && ink < width * 0.75;
        let to = inside.last().map_or(0, |chunk| chunk.to[1]);
        let hyphen = !last && inside.last().is_some_and(|chunk| matches!(chunk.end, End::Hyphen { .. }));
        if hyphen {
            let word = word(chunks, end - 1);
            if broken.parted.last() != Some(&word) {
                broken.parted.push(word);
            }
        }
        broken.lines.push(Row { chunks: from..end, to, hyphen });
        end = from;
    }
    broken.lines.reverse();
    broken.parted.reverse();
    broken
}

/// The word of which a chunk is a part that ends with a hyphen.
fn word(chunks: &[Chunk], part: usize) -> Range<usize> {
    let goes_on = |chunk: &&Chunk| matches!(chunk.end, End::Hyphen { .. });
    let before = chunks.iter().take(part).rev().take_while(goes_on).count();
    let after = chunks.iter().skip(part).take_while(goes_on).count();
    let from = (part - before).checked_sub(1).and_then(|at| chunks.get(at)).map_or(0, |chunk| chunk.to[1]);
    let to = chunks.get(part + after).or(chunks.last()).map_or(from, |chunk| chunk.to[0]);
    from..to
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(widths: &[f32]) -> Vec<Chunk> {
        widths.iter().map(|ink| Chunk { full: ink + 3.0, ink: *ink, to: [0; 2], end: End::May }).collect()
    }

    /// Where lines end, by their chunks.
    fn ends(chunks: &[Chunk], width: f32) -> Vec<Range<usize>> {
        lines(chunks, width).unwrap().lines.into_iter().map(|row| row.chunks).collect()
    }

    #[test]
    fn lines_are_even_rather_than_full() {
        // Filled up one by one, the first line would be full and the second nearly empty.
        assert_eq!(ends(&words(&[30.0, 30.0, 30.0, 60.0, 70.0, 20.0]), 100.0), [0..2, 2..4, 4..6]);
    }

    #[test]
    fn the_last_line_is_no_lonely_word() {
        assert_eq!(ends(&words(&[10.0; 8]), 100.0), [0..6, 6..8]);
        assert_eq!(ends(&words(&[5.0]), 100.0).len(), 1);
    }

    #[test]
    fn a_line_ends_where_the_writer_ended_it() {
        let mut chunks = words(&[20.0, 20.0, 20.0]);
        chunks[0].end = End::Must;
        assert_eq!(ends(&chunks, 100.0), [0..1, 1..3]);
    }

    #[test]
    fn a_hyphen_helps_where_a_line_would_be_gappy() {
        let mut chunks = words(&[40.0, 50.0, 40.0, 50.0]);
        chunks[1] = Chunk { full: 50.0, ink: 50.0, to: [0; 2], end: End::Hyphen { wide: 4.0, typed: false } };
        assert_eq!(ends(&chunks, 100.0), [0..2, 2..4]);
        // With room for the word there is no need.
        assert_eq!(ends(&chunks, 140.0), [0..3, 3..4]);
    }

    /// What lines cost, by the same rule.
    fn cost(lines: &[Range<usize>], chunks: &[Chunk], width: f32) -> f32 {
        let one = |(at, line): (usize, &Range<usize>)| {
            let inside = &chunks[line.clone()];
            let wide: f32 = inside.iter().map(|chunk| chunk.full).sum::<f32>() - 3.0;
            if wide > width {
                return f32::INFINITY;
            }
            line_cost(wide / width, End::May, line.end == chunks.len(), at > 0)
        };
        lines.iter().enumerate().map(one).sum()
    }

    proptest! {
        #[test]
        fn no_other_lines_are_better(widths in prop::collection::vec(5.0_f32..60.0, 1..11), width in 60.0_f32..140.0) {
            let chunks = words(&widths);
            let own = cost(&ends(&chunks, width), &chunks, width);
            // Every way to end lines there is.
            for ends in 0_u32..1 << (chunks.len() - 1) {
                let (mut all, mut from) = (Vec::new(), 0);
                for end in 1..=chunks.len() {
                    if end == chunks.len() || ends & (1 << (end - 1)) != 0 {
                        all.push(from..end);
                        from = end;
                    }
                }
                let other = cost(&all, &chunks, width);
                prop_assert!(own <= other + 1e-3, "{own} {other} {all:?}");
            }
        }
    }
}
