//! What every piece of the page is, for readers that do not see it: the tree that the layout grows while it works.

use std::borrow::Cow;

use crate::document::Levels;
use crate::language::Language;

/// A node of the tree, as an index.
pub(super) type NodeIx = u32;

/// What a node is; the names are those of PDF 1.7's standard structure types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Sect,
    /// A heading of the level it was written with; [`Tree::settle_headings`] makes levels follow each other.
    Heading(u8),
    P,
    /// A list; how its items are counted.
    List(Numbering),
    Item,
    Label,
    Body,
    BlockQuote,
    Code,
    Table,
    Head,
    Rows,
    Row,
    /// A head of a column.
    ColumnHead,
    /// A head of a row.
    RowHead,
    Cell,
    Toc,
    TocItem,
    Reference,
    /// Words that lead somewhere; a span when they turn out to lead nowhere.
    Link,
    Span,
    /// A shape or a picture that says something.
    Figure,
    /// The words below a picture.
    Caption,
}

/// How a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    None,
    Disc,
    Decimal,
}

impl Role {
    /// The type's name in the file.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Sect => "Sect",
            Self::Heading(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6)) - 1],
            Self::P => "P",
            Self::List(_) => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::BlockQuote => "BlockQuote",
            Self::Code => "Code",
            Self::Table => "Table",
            Self::Head => "THead",
            Self::Rows => "TBody",
            Self::Row => "TR",
            Self::ColumnHead | Self::RowHead => "TH",
            Self::Cell => "TD",
            Self::Toc => "TOC",
            Self::TocItem => "TOCI",
            Self::Reference => "Reference",
            Self::Link => "Link",
            Self::Span => "Span",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
        }
    }

    /// Stands in a line, and so takes its place among the words when they are drawn.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::Link | Self::Span)
    }

    /// A table's shape needs its cells even when nothing stands in them.
    pub(super) fn may_be_empty(self) -> bool {
        matches!(self, Self::ColumnHead | Self::RowHead | Self::Cell)
    }
}

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) role: Role,
    pub(super) parent: NodeIx,
    /// Nodes below it, in reading order, but for those in a line.
    pub(super) children: Vec<NodeIx>,
    /// What a shape or a picture says.
    pub(super) alt: Option<Cow<'static, str>>,
    /// The language of its words, where it is known and not the document's.
    pub(super) language: Option<Language>,
}

/// The tree; node 0 is the document.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    pub(super) const ROOT: NodeIx = 0;

    pub(super) fn new() -> Self {
        Self { nodes: vec![Node { role: Role::Document, parent: 0, children: Vec::new(), alt: None, language: None }] }
    }

    /// Adds a node at the end of its parent.
    pub(super) fn add(&mut self, parent: NodeIx, role: Role) -> NodeIx {
        let index = NodeIx::try_from(self.nodes.len()).unwrap_or(NodeIx::MAX);
        self.nodes.push(Node { role, parent, children: Vec::new(), alt: None, language: None });
        if !role.is_inline()
            && let Some(parent) = self.nodes.get_mut(parent as usize)
        {
            parent.children.push(index);
        }
        index
    }

    /// Adds a shape or a picture with what it says.
    pub(super) fn add_figure(&mut self, parent: NodeIx, alt: impl Into<Cow<'static, str>>) -> NodeIx {
        let index = self.add(parent, Role::Figure);
        if let Some(node) = self.nodes.get_mut(index as usize) {
            node.alt = Some(alt.into());
        }
        index
    }

    /// Says in which language the words of a node are.
    pub(super) fn speak(&mut self, node: NodeIx, language: Option<Language>) {
        if let Some(node) = self.nodes.get_mut(node as usize) {
            node.language = language;
        }
    }

    pub(super) fn role(&self, node: NodeIx) -> Role {
        self.nodes.get(node as usize).map_or(Role::Span, |node| node.role)
    }

    /// Gives every heading the level a reader counts.
    pub(super) fn settle_headings(&mut self) {
        let mut levels = Levels::default();
        // Nodes come into being in reading order.
        for node in &mut self.nodes {
            if let Role::Heading(level) = &mut node.role {
                *level = levels.of(*level);
            }
        }
    }
}
