//! Charts on paper: the strokes and the words of a drawing, gathered so that a page can be drawn from them.

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::lines::{Line, Setter};
use super::look;
use crate::chart::{UNITS, draw, size};
use crate::document::{Align, Colour, Drawing, Inline};

/// A drawing, measured in points from its top left.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plot {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) shapes: Vec<Shape>,
    /// Lines of text and where they stand.
    pub(super) words: Vec<(f32, f32, Line)>,
}

/// A shape of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    pub(super) colour: Colour,
    /// How thick its outline is; nothing for a filled shape.
    pub(super) outline: Option<f32>,
    pub(super) path: Path,
}

/// The way round a shape, in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Path {
    /// From corner to corner; closed when it is filled.
    Corners(Vec<(f32, f32)>),
    /// Centre and radius.
    Circle(f32, f32, f32),
}

/// Draws a chart; its words are set like all others.
pub(super) fn plot(drawing: &Drawing, setter: &mut Setter) -> Plot {
    let (width, height) = size(drawing);
    let mut paper = Paper { size: (width, height), shapes: Vec::new(), words: Vec::new() };
    // Nothing that gathers into memory fails.
    let _ = draw(drawing, &mut paper);
    let mut plot = Plot { width: points(width), height: points(height), shapes: paper.shapes, words: Vec::new() };
    for Words { text, at, across, down, colour } in paper.words {
        let setting = look::chart(colour == look::QUIET);
        for line in setter.set(&[Inline::plain(text)], f32::MAX, &setting, &mut || true).into_iter().take(1) {
            let x = match across {
                Align::Left => at.0,
                Align::Centre => at.0 - line.width / 2.0,
                Align::Right => at.0 - line.width,
            };
            plot.words.push((x, at.1 - line.height * down, line));
        }
    }
    plot
}

/// A drawing's whole units as points.
#[allow(clippy::cast_precision_loss, reason = "a drawing is small")]
fn points(units: impl Into<i64>) -> f32 {
    units.into() as f32 / UNITS as f32
}

fn place((x, y): BackendCoord) -> (f32, f32) {
    (points(x), points(y))
}

fn colour(colour: BackendColor) -> Colour {
    Colour(colour.rgb.0, colour.rgb.1, colour.rgb.2)
}

/// Words of a drawing that have not been set yet.
struct Words {
    text: String,
    at: (f32, f32),
    across: Align,
    /// How much of the line's height stands above its place.
    down: f32,
    colour: Colour,
}

/// What is drawn on.
struct Paper {
    size: (u32, u32),
    shapes: Vec<Shape>,
    words: Vec<Words>,
}

impl Paper {
    fn add(&mut self, style: &impl BackendStyle, filled: bool, path: Path) {
        let outline = (!filled).then(|| points(style.stroke_width()));
        self.shapes.push(Shape { colour: colour(style.color()), outline, path });
    }
}

type Done = Result<(), DrawingErrorKind<std::convert::Infallible>>;

impl DrawingBackend for &mut Paper {
    type ErrorType = std::convert::Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    // Charts are drawn in shapes; a dot alone would be a tenth of a point.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.add(style, false, Path::Corners(vec![place(from), place(to)]));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Done {
        let ((left, top), (right, bottom)) = (place(from), place(to));
        let mut corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
        corners.extend((!fill).then_some((left, top)));
        self.add(style, fill, Path::Corners(corners));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.add(style, false, Path::Corners(path.into_iter().map(place).collect()));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        let (x, y) = place(centre);
        self.add(style, fill, Path::Circle(x, y, points(radius)));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Done {
        self.add(style, true, Path::Corners(corners.into_iter().map(place).collect()));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Done {
        let anchor = style.anchor();
        self.words.push(Words {
            text: text.to_owned(),
            at: place(at),
            across: match anchor.h_pos {
                HPos::Left => Align::Left,
                HPos::Center => Align::Centre,
                HPos::Right => Align::Right,
            },
            down: match anchor.v_pos {
                VPos::Top => 0.0,
                VPos::Center => 0.5,
                VPos::Bottom => 1.0,
            },
            colour: colour(style.color()),
        });
        Ok(())
    }
}
