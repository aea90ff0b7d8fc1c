//! Whether blocks run from right to left, as the first of their letters says.

use crate::document::{Block, List};
use crate::language::runs_left;

/// Whether they do; nothing where no letter says.
pub(crate) fn of_blocks(blocks: &[Block]) -> Option<bool> {
    blocks.iter().find_map(|block| match block {
        Block::Heading(heading) => runs_left(&heading.text),
        Block::Paragraph(_, inlines) => runs_left(inlines),
        Block::List(list) => of_list(list),
        Block::Quote(blocks) => of_blocks(blocks),
        Block::Note(note) => of_blocks(&note.blocks),
        Block::Table(table) => {
            table.head.iter().chain(table.rows.iter().flatten()).find_map(|cell| runs_left(&cell.text))
        }
        Block::Facts(facts) => facts.iter().find_map(|(_, value)| runs_left(value)),
        Block::Code(_) | Block::Rule | Block::Chart(_) | Block::Contents | Block::Figure(_) | Block::Blanks(_) => None,
    })
}

/// The same of a list.
pub(crate) fn of_list(list: &List) -> Option<bool> {
    list.items.iter().find_map(|item| of_blocks(&item.blocks))
}
