//! What a coach wrote, as it is read: the one reading that the portfolio has too.

/// The text as HTML, for the window: it holds no link and no picture, and nothing of it runs.
#[must_use]
pub fn reading(text: &str) -> String {
    // The page's own headings come first.
    portfolio::fragment(&portfolio::markdown::blocks(text, 2))
}

/// Whether two texts are read as the same, with everything behind them that is not shown, such as the addresses of links.
#[must_use]
pub fn is_same_reading(one: &str, other: &str) -> bool {
    portfolio::markdown::is_same(one, other)
}
