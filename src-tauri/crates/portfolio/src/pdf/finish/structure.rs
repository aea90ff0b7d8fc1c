//! The structure in the file: what is on the pages as a tree, from pages back into the tree, and the links with it.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::atomic::Ordering;

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::destination;
use super::file::{self, File};
use super::outline::Entry;
use crate::document::{Anchor, Link};
use crate::pdf::beat::Pace;
use crate::pdf::draw::{Drawn, Press};
use crate::pdf::paginate::Spot;
use crate::pdf::tags::{Node, NodeIx, Numbering, Role, Tree};

/// What is below an element.
#[derive(Debug, Clone, Copy)]
enum Kid {
    Node(NodeIx),
    /// Part `number` of a page's contents.
    Part {
        page: usize,
        number: usize,
    },
    /// A link's place on a page.
    Place {
        page: usize,
        id: ObjectId,
    },
}

/// How many entries of the way back from pages stand together.
const TOGETHER: usize = 64;

/// Puts links and the structure into the file; gives the structure's root and each page's links, unless
/// the work was stopped.
pub(super) fn add(
    file: &mut File,
    tree: &Tree,
    drawn: &[Drawn],
    pages: &[ObjectId],
    anchors: &HashMap<Anchor, Spot>,
    outline: &[Entry],
    pace: &Pace,
) -> Option<(ObjectId, Vec<Vec<Object>>)> {
    let titles: Titles<'_> =
        outline.iter().map(|entry| ((entry.spot.page, entry.spot.y.to_bits()), entry.title.as_str())).collect();
    let mut growth = Growth::of(tree);
    let (links, owners) = growth.hang_pages(file, drawn, |press| annotation(press, anchors, &titles, pages));
    let elements = growth.number(file);
    elements.put(file, drawn, pages, pace)?;
    elements.put_root(file, drawn, &owners);
    Some((elements.root, links))
}

/// The tree with what came to stand on the pages.
struct Growth<'a> {
    tree: &'a Tree,
    kids: Vec<Vec<Kid>>,
    /// Nodes in lines that have found their place among the words.
    hung: Vec<bool>,
}

impl<'a> Growth<'a> {
    fn of(tree: &'a Tree) -> Self {
        let below = |node: &Node| node.children.iter().map(|child| Kid::Node(*child)).collect();
        Self { tree, kids: tree.nodes.iter().map(below).collect(), hung: vec![false; tree.nodes.len()] }
    }

    /// Hangs up what stands on the pages, and puts the links into the file; gives each page's links, and the element that
    /// each belongs to. Links are numbered on after the pages.
    fn hang_pages(
        &mut self,
        file: &mut File,
        drawn: &[Drawn],
        annotation: impl Fn(&Press) -> Option<Dictionary>,
    ) -> (Vec<Vec<Object>>, Vec<NodeIx>) {
        let mut owners: Vec<NodeIx> = Vec::new();
        let mut links = Vec::with_capacity(drawn.len());
        for (page, on) in drawn.iter().enumerate() {
            for (number, node) in on.parts.iter().enumerate() {
                self.hang(*node, Kid::Part { page, number });
            }
            let mut annotations: Vec<Object> = Vec::new();
            for press in &on.presses {
                let Some(mut annotation) = annotation(press) else { continue };
                annotation.set("StructParent", (drawn.len() + owners.len()) as i64);
                let id = file.add(annotation);
                annotations.push(id.into());
                owners.push(press.node);
                self.hang(press.node, Kid::Place { page, id });
            }
            links.push(annotations);
        }
        (links, owners)
    }

    fn hang(&mut self, node: NodeIx, kid: Kid) {
        let index = node as usize;
        let Some(own) = self.tree.nodes.get(index) else { return };
        if own.role.is_inline() && !std::mem::replace(&mut self.hung[index], true) {
            self.kids[own.parent as usize].push(Kid::Node(node));
        }
        self.kids[index].push(kid);
    }

    /// Leaves out what nothing came to stand in, and gives the rest their numbers.
    fn number(mut self, file: &mut File) -> Elements<'a> {
        let mut kept = vec![true; self.kids.len()];
        // What is below comes later in the list.
        for index in (0..self.kids.len()).rev() {
            self.kids[index].retain(|kid| if let Kid::Node(node) = kid { kept[*node as usize] } else { true });
            let empty = self.kids[index].is_empty() && !self.tree.nodes[index].role.may_be_empty();
            kept[index] = !empty || index == 0;
        }
        let root = file.id();
        let ids = kept.into_iter().map(|kept| kept.then(|| file.id())).collect();
        Elements { tree: self.tree, kids: self.kids, root, ids }
    }
}

/// The elements of the structure as they stand in the file.
struct Elements<'a> {
    tree: &'a Tree,
    kids: Vec<Vec<Kid>>,
    root: ObjectId,
    /// None of those that were left out.
    ids: Vec<Option<ObjectId>>,
}

impl Elements<'_> {
    fn id_of(&self, node: NodeIx) -> Option<ObjectId> {
        self.ids.get(node as usize).copied().flatten()
    }

    /// A link that leads nowhere is not a link; its words stay.
    fn name(&self, index: usize, role: Role) -> &'static str {
        let places = self.kids[index].iter().any(|kid| matches!(kid, Kid::Place { .. }));
        if role == Role::Link && !places { Role::Span.name() } else { role.name() }
    }

    /// Puts each into the file, unless the work was stopped.
    fn put(&self, file: &mut File, drawn: &[Drawn], pages: &[ObjectId], pace: &Pace) -> Option<()> {
        let figures: HashMap<NodeIx, [f32; 4]> = drawn.iter().flat_map(|page| page.figures.iter().copied()).collect();
        for (index, node) in self.tree.nodes.iter().enumerate() {
            pace.written.store(index, Ordering::Relaxed);
            if pace.stopped() {
                return None;
            }
            let Some(id) = self.ids[index] else { continue };
            let parent = if index == 0 { self.root } else { self.id_of(node.parent).unwrap_or(self.root) };
            // There are very many of these, so they are written as they are.
            file.put_with(id, |out| {
                let _ = write!(out, "<</S/{}/P {} 0 R", self.name(index, node.role), parent.0);
                write_kids(out, &self.kids[index], pages, |node| self.id_of(node));
                write_attributes(out, node, figures.get(&(index as NodeIx)));
                if let Some(language) = node.language {
                    let _ = write!(out, "/Lang({language})");
                }
                if let Some(alt) = &node.alt {
                    out.extend(b"/Alt");
                    file::write(out, &text_string(alt));
                }
                out.extend(b">>");
            });
        }
        Some(())
    }

    /// Puts the root into the file, with the way back from each page, and then from each link, to the elements there.
    fn put_root(&self, file: &mut File, drawn: &[Drawn], owners: &[NodeIx]) {
        let mut back: Vec<Object> = Vec::with_capacity(drawn.len() + owners.len());
        for page in drawn {
            let elements: Vec<Object> =
                page.parts.iter().filter_map(|node| self.id_of(*node)).map(Object::from).collect();
            back.push(file.add(elements).into());
        }
        back.extend(owners.iter().filter_map(|node| self.id_of(*node)).map(Object::from));
        let next = back.len() as i64;
        let back = number_tree(file, back);
        let mut root = dictionary! { "Type" => "StructTreeRoot", "ParentTree" => back, "ParentTreeNextKey" => next };
        root.set("K", self.id_of(Tree::ROOT).map_or(Object::Null, Object::from));
        file.put(self.root, &root.into());
    }
}

fn write_kids(out: &mut Vec<u8>, kids: &[Kid], pages: &[ObjectId], id_of: impl Fn(NodeIx) -> Option<ObjectId>) {
    let page_of =
        |kid: &Kid| if let Kid::Part { page, .. } | Kid::Place { page, .. } = kid { Some(*page) } else { None };
    let number_of = |page: usize| pages.get(page).map_or(0, |id| id.0);
    let home = kids.iter().find_map(page_of);
    // Writing to memory does not fail.
    if let Some(page) = home {
        let _ = write!(out, "/Pg {} 0 R", number_of(page));
    }
    if kids.is_empty() {
        return;
    }
    out.extend(b"/K[");
    for kid in kids {
        let elsewhere = page_of(kid).filter(|page| Some(*page) != home).map(number_of);
        let _ = match (kid, elsewhere) {
            (Kid::Node(node), _) => match id_of(*node) {
                Some((id, _)) => write!(out, "{id} 0 R "),
                None => Ok(()),
            },
            (Kid::Part { number, .. }, None) => write!(out, "{number} "),
            (Kid::Part { number, .. }, Some(page)) => write!(out, "<</Type/MCR/Pg {page} 0 R/MCID {number}>>"),
            (Kid::Place { id, .. }, None) => write!(out, "<</Type/OBJR/Obj {} 0 R>>", id.0),
            (Kid::Place { id, .. }, Some(page)) => write!(out, "<</Type/OBJR/Obj {} 0 R/Pg {page} 0 R>>", id.0),
        };
    }
    out.extend(b"]");
}

fn write_attributes(out: &mut Vec<u8>, node: &Node, figure: Option<&[f32; 4]>) {
    let _ = match node.role {
        Role::ColumnHead => out.write_all(b"/A<</O/Table/Scope/Column>>"),
        Role::RowHead => out.write_all(b"/A<</O/Table/Scope/Row>>"),
        Role::List(Numbering::None) => out.write_all(b"/A<</O/List/ListNumbering/None>>"),
        Role::List(Numbering::Disc) => out.write_all(b"/A<</O/List/ListNumbering/Disc>>"),
        Role::List(Numbering::Decimal) => out.write_all(b"/A<</O/List/ListNumbering/Decimal>>"),
        Role::Figure => match figure {
            Some([a, b, c, d]) => write!(out, "/A<</O/Layout/BBox[{a} {b} {c} {d}]>>"),
            None => Ok(()),
        },
        _ => Ok(()),
    };
}

/// What stands at a place that is listed among the bookmarks.
type Titles<'a> = HashMap<(usize, u32), &'a str>;

fn annotation(
    press: &Press,
    anchors: &HashMap<Anchor, Spot>,
    titles: &Titles<'_>,
    pages: &[ObjectId],
) -> Option<Dictionary> {
    let mut dictionary = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => press.rect.iter().map(|side| (*side).into()).collect::<Vec<Object>>(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed, as links that show nothing may be.
        "F" => 4,
    };
    match &press.link {
        Link::To(anchor) | Link::Note(anchor) => {
            let spot = *anchors.get(anchor)?;
            dictionary.set("Dest", destination(spot, pages)?);
            // Many links are heard in a list of links only, where a page number says nothing.
            let title = titles.get(&(spot.page, spot.y.to_bits()));
            let title = title.map(|title| format!("{title}, page ")).unwrap_or_else(|| "Page ".to_owned());
            dictionary.set("Contents", text_string(&format!("{title}{}", spot.page + 1)));
        }
        Link::Web(address) if address.trim().is_empty() => return None,
        Link::Web(address) => {
            let uri = Object::string_literal(ascii(address).into_bytes());
            dictionary.set("A", dictionary! { "Type" => "Action", "S" => "URI", "URI" => uri });
            dictionary.set("Contents", text_string(address));
        }
    }
    Some(dictionary)
}

/// Values by number, from 0 on, in leaves of a few.
fn number_tree(file: &mut File, values: Vec<Object>) -> ObjectId {
    let mut leaves: Vec<Object> = Vec::with_capacity(values.len() / TOGETHER + 1);
    let mut values = values.into_iter().zip(0_i64..).peekable();
    while values.peek().is_some() {
        let some: Vec<(Object, i64)> = values.by_ref().take(TOGETHER).collect();
        let limits = [some.first(), some.last()].into_iter().flatten().map(|(_, number)| (*number).into());
        let limits: Vec<Object> = limits.collect();
        let pairs: Vec<Object> = some.into_iter().flat_map(|(value, number)| [number.into(), value]).collect();
        leaves.push(file.add(dictionary! { "Limits" => limits, "Nums" => pairs }).into());
    }
    file.add(dictionary! { "Kids" => leaves })
}

/// An address as it is sent: what is not ASCII as bytes in percent.
fn ascii(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
