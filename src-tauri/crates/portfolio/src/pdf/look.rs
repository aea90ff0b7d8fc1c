//! How it looks: the page, the sizes of type and the spaces between things, all in points.

use super::lines::{Ink, Setting};
use crate::document::{Align, Colour, Voice};

/// A4.
pub(super) const PAGE_WIDTH: f32 = 595.276;
/// A4.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// The left edge of everything.
pub(super) const LEFT: f32 = 100.0;
/// About 70 characters of running text; `tests/pages.rs` counts them.
pub(super) const MEASURE: f32 = 392.0;
/// Where text begins, from the top of the page.
pub(super) const TOP: f32 = 80.0;
/// Where text ends, from the top of the page: after 44 lines.
pub(super) const BOTTOM: f32 = 784.0;
/// Where the running head stands, from the top.
pub(super) const HEAD_BASELINE: f32 = 50.0;
/// Where the name of what a page goes on with stands, from the top.
pub(super) const RUNNING_BASELINE: f32 = 61.0;
/// Where the page number stands, from the top.
pub(super) const FOOT_BASELINE: f32 = 804.0;
/// The band at the outer edge.
pub(super) const BAND: f32 = 7.0;
/// How far a list's text or a quotation moves in.
pub(super) const INDENT: f32 = 19.0;
/// Above an item of a tight list of running text, and of small print.
pub(super) const TIGHT: [f32; 2] = [2.0, 1.0];
/// Between the columns of a table.
pub(super) const GUTTER: f32 = 14.0;
/// The same where there are many.
pub(super) const NARROW_GUTTER: f32 = 8.0;
/// Above and below the text of a row.
pub(super) const ROW_PAD: f32 = 3.0;
/// The most that the labels of facts take of the width.
pub(super) const LABELS: f32 = 150.0;
/// Between a label and its value.
pub(super) const LABEL_GAP: f32 = 10.0;
/// The most that a figure takes of a page's height: as much as an A4 page on the measure.
pub(super) const FIGURE: f32 = 554.0;
/// The same of one that is taken in at a glance.
pub(super) const PLATE: f32 = 380.0;
/// The space above a figure.
pub(super) const ABOVE_FIGURE: f32 = 12.0;
/// The space below a figure and its caption.
pub(super) const BELOW_FIGURE: f32 = 6.0;
/// How thick the bar of a quotation is.
pub(super) const BAR: f32 = 1.2;
/// A line to write on with its label.
pub(super) const HAND: f32 = 15.0;
/// The room for a hand above a line to write on.
pub(super) const HAND_ABOVE: f32 = 24.0;
/// A rule.
pub(super) const HAIR: f32 = 0.6;

/// Near black: softer than black, and photocopies as black.
pub(super) const INK: Colour = Colour(0x21, 0x2b, 0x32);
/// The front end's secondary text colour, dark enough for small sizes.
pub(super) const QUIET: Colour = Colour(0x4c, 0x62, 0x72);
/// The front end's link blue.
pub(super) const LINK: Colour = Colour(0x00, 0x4b, 0x8c);

/// What stands in lines and columns of its own.
const SET: Setting = Setting { hyphens: false, ..Setting::BODY };
/// Small print.
const SMALL: Setting = Setting { size: 9.5, leading: 13.0, ..SET };

/// How a paragraph is set, and the space above it.
pub(super) fn voice(voice: Voice) -> (Setting, f32) {
    match voice {
        Voice::Body => (Setting::BODY, 8.0),
        Voice::Fine => (Setting { hyphens: true, ..SMALL }, 4.0),
        Voice::Title => (Setting { size: 30.0, leading: 38.0, bold: true, ..SET }, 190.0),
        Voice::Lead => (Setting { size: 15.0, leading: 22.0, ..SET }, 12.0),
        Voice::Note | Voice::Source => (Setting { ink: Ink::Quiet, hyphens: true, ..SMALL }, 3.5),
        Voice::Label => (Setting { bold: true, ink: Ink::Quiet, ..SMALL }, 11.0),
    }
}

/// How a heading is set, and the spaces above and below it.
pub(super) fn heading(level: u8) -> (Setting, f32, f32) {
    let set = |size, leading| Setting { size, leading, bold: true, ..SET };
    match level {
        1 => (set(22.0, 28.0), 30.0, 10.0),
        2 => (set(15.0, 21.0), 26.0, 4.0),
        3 => (set(12.5, 17.0), 15.0, 1.5),
        4 => (set(11.0, 16.0), 13.0, 1.0),
        5 => (Setting { italic: true, ..set(11.0, 16.0) }, 11.0, 0.0),
        _ => (Setting { bold: false, italic: true, ..set(11.0, 16.0) }, 10.0, 0.0),
    }
}

/// Code, line by line.
pub(super) fn code() -> Setting {
    Setting { size: 10.0, leading: 14.0, code: true, ..SET }
}

/// A cell of a table.
pub(super) fn cell(head: bool, align: Align) -> Setting {
    Setting { bold: head, align, tabular: true, ..SMALL }
}

/// Words in a chart.
pub(super) fn chart(quiet: bool) -> Setting {
    let ink = if quiet { Ink::Quiet } else { Ink::Text };
    Setting { size: 9.0, leading: 11.0, ink, tabular: true, ..SET }
}

/// A label and its value.
pub(super) fn fact(label: bool) -> Setting {
    Setting { ink: if label { Ink::Quiet } else { Ink::Text }, tabular: true, ..SMALL }
}

/// The words below a figure, and the space between them.
pub(super) fn caption() -> (Setting, f32) {
    (Setting { ink: Ink::Quiet, ..SMALL }, 4.0)
}

/// A line of the contents.
pub(super) fn contents(level: u8) -> (Setting, f32, f32) {
    let set = Setting { tabular: true, ..SET };
    match level {
        1 => (Setting { bold: true, ..set }, 11.0, 0.0),
        2 => (Setting { size: 10.5, leading: 15.0, ..set }, 1.5, INDENT),
        _ => (Setting { size: 9.5, leading: 13.5, ..set }, 0.5, INDENT * 2.0),
    }
}

/// The running head and the page number.
pub(super) fn furniture(align: Align) -> Setting {
    Setting { size: 8.5, leading: 11.0, ink: Ink::Quiet, align, tabular: true, ..SET }
}
