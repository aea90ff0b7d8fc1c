//! How deep headings are heard: one below the heading they stand under, however deep the writer began.

/// Gives every heading the level a reader counts. Headings of one level under the same heading stay of one level.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    /// As they were written, and as they are counted.
    open: Vec<(u8, u8)>,
}

impl Levels {
    /// The level of the next heading, 1 to 6.
    pub(crate) fn of(&mut self, written: u8) -> u8 {
        while self.open.last().is_some_and(|(above, _)| *above >= written) {
            self.open.pop();
        }
        let level = self.open.last().map_or(1, |(_, level)| level + 1).min(6);
        self.open.push((written, level));
        level
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_is_skipped() {
        let settled = |written: &[u8]| {
            let mut levels = Levels::default();
            written.iter().map(|level| levels.of(*level)).collect::<Vec<u8>>()
        };
        assert_eq!(settled(&[1, 2, 3, 2, 1]), [1, 2, 3, 2, 1]);
        assert_eq!(settled(&[1, 2, 4, 4, 5, 2]), [1, 2, 3, 3, 4, 2]);
        assert_eq!(settled(&[3, 6, 2, 3]), [1, 2, 1, 2]);
    }
}
