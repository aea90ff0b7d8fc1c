//! No circle of files: where one file needs another, that one does not need it back, not even by a detour. Files of a
//! circle can only be read together.
//!
//! A file needs another when it names something that is written there: in a `use`, in a path such as `super::words::day`,
//! wherever the name was handed on. What is called as a method is not seen.
//!
//! A parent and its children: `mod child;` and `pub use child::Name;` only give a name, so whoever takes `Name` from the
//! parent needs the child and not the parent. What a parent (`mod.rs`, `lib.rs`) writes itself is common ground for all
//! below it: a child may use it, and the parent may call the child. Two children are two files like any others.
//!
//! Tests (`#[cfg(test)]`) may use what they like. The window's circles are looked for where its pages are built
//! (`ui/vite.config.ts`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, ItemUse, Macro, Token, UseTree, Visibility};

/// A path in the sources of one crate, without `crate`: `["pdf", "text"]`.
type Place = Vec<String>;

/// What one file says, as far as circles are concerned.
#[derive(Default)]
struct File {
    /// Its path within `src`, without its ending: `pdf/text`.
    name: String,
    /// The modules it declares that have a file of their own.
    children: BTreeSet<String>,
    /// What it writes itself.
    written: BTreeSet<String>,
    /// What it brings into scope: each name, and the path it stands for.
    names: BTreeMap<String, Place>,
    /// Modules of which it brings everything into scope.
    globs: Vec<Place>,
    /// Every path it uses.
    used: Vec<Place>,
}

/// Reads a file at its place into a [`File`].
struct Reader<'a> {
    at: &'a Place,
    file: File,
}

impl Reader<'_> {
    /// The path within the crate that these words stand for; nothing for what comes from outside.
    fn place(&self, words: &[String]) -> Option<Place> {
        let up = words.iter().take_while(|word| *word == "super").count();
        let (from, rest) = match words.first().map(String::as_str) {
            Some("crate") => (&[][..], &words[1..]),
            Some("self") => (&self.at[..], &words[1..]),
            Some("super") => (&self.at[..self.at.len().checked_sub(up)?], &words[up..]),
            Some(name) if self.file.children.contains(name) => (&self.at[..], words),
            _ => return None,
        };
        Some([from, rest].concat())
    }

    /// Takes in a `use`; one that hands its names on (`pub use`) needs nothing itself.
    fn brings_in(&mut self, tree: &UseTree, mut words: Vec<String>, hands_on: bool) {
        let called = match tree {
            UseTree::Path(path) => {
                words.push(path.ident.to_string());
                return self.brings_in(&path.tree, words, hands_on);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.brings_in(tree, words.clone(), hands_on));
            }
            UseTree::Glob(_) => None,
            UseTree::Name(name) if name.ident == "self" => words.last().cloned(),
            UseTree::Name(name) => {
                words.push(name.ident.to_string());
                Some(name.ident.to_string())
            }
            UseTree::Rename(renamed) => {
                words.push(renamed.ident.to_string());
                Some(renamed.rename.to_string())
            }
        };
        let Some(place) = self.place(&words) else { return };
        if !hands_on {
            self.file.used.push(place.clone());
        }
        match called {
            Some(called) => drop(self.file.names.insert(called, place)),
            None => self.file.globs.push(place),
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = match item {
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Impl(item) => (&item.attrs, None),
            Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
            Item::Mod(item) => (&item.attrs, item.content.is_some().then_some(&item.ident)),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Use(item) => (&item.attrs, None),
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            self.file.written.extend(name.map(ToString::to_string));
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.brings_in(&item.tree, Vec::new(), !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let words: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if words.len() > 1 {
            let brought_in = || Some([self.file.names.get(&words[0])?, &words[1..]].concat());
            self.file.used.extend(self.place(&words).or_else(brought_in));
        }
        visit::visit_path(self, path);
    }

    /// What stands in a macro is read as far as it is a list of expressions.
    fn visit_macro(&mut self, item: &'ast Macro) {
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        for expression in item.parse_body_with(list).into_iter().flatten() {
            let mut reader = Reader { at: self.at, file: std::mem::take(&mut self.file) };
            reader.visit_expr(&expression);
            self.file = reader.file;
        }
        visit::visit_macro(self, item);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let says = |attribute: &Attribute| attribute.parse_args::<syn::Path>().is_ok_and(|inner| inner.is_ident("test"));
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("test") || attribute.path().is_ident("cfg") && says(attribute))
}

fn read(text: &str, name: String, at: &Place) -> File {
    let parsed = syn::parse_file(text).unwrap();
    let child = |item: &Item| match item {
        Item::Mod(item) if item.content.is_none() && !is_test(&item.attrs) => Some(item.ident.to_string()),
        _ => None,
    };
    let children = parsed.items.iter().filter_map(child).collect();
    let mut reader = Reader { at, file: File { name, children, ..File::default() } };
    // A name may be used before it is brought in.
    let (uses, others): (Vec<&Item>, Vec<&Item>) = parsed.items.iter().partition(|item| matches!(item, Item::Use(_)));
    for item in uses.into_iter().chain(others) {
        reader.visit_item(item);
    }
    reader.file
}

/// The files of a crate by their place.
fn files(src: &Path) -> BTreeMap<Place, File> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(src) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let short = path.strip_prefix(src).unwrap().with_extension("");
        let mut place: Place = short.iter().map(|word| word.to_str().unwrap().to_owned()).collect();
        let name = place.join("/");
        if name == "lib" || name == "main" || name.ends_with("/mod") {
            place.pop();
        }
        let file = read(&fs::read_to_string(&path).unwrap(), name, &place);
        found.insert(place, file);
    }
    found
}

/// The place of the file in which what a path names is written, however often the name was handed on.
fn written_in<'f>(files: &'f BTreeMap<Place, File>, path: &[String], hops: u8) -> Option<&'f Place> {
    let module = (0..=path.len()).rev().find_map(|end| files.get_key_value(&path[..end]))?;
    let (place, file) = module;
    let Some((name, rest)) = path[place.len()..].split_first() else { return Some(place) };
    let hops = hops.checked_sub(1)?;
    if file.written.contains(name) {
        return Some(place);
    }
    if let Some(from) = file.names.get(name) {
        return written_in(files, &[from, rest].concat(), hops);
    }
    let through = |glob: &Place| {
        let found = written_in(files, &[glob, &path[place.len()..]].concat(), hops)?;
        files[found].written.contains(name).then_some(found)
    };
    Some(file.globs.iter().find_map(through).unwrap_or(place))
}

/// For each file the files it needs.
fn needs(src: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let files = files(src);
    let need = |(place, file): (&Place, &File)| {
        let written = file.used.iter().filter_map(|used| written_in(&files, used, 8));
        // What a parent wrote is common ground, and what a file wrote itself is its own.
        let others = written.filter(|other| !place.starts_with(other));
        (file.name.clone(), others.map(|other| files[other].name.clone()).collect())
    };
    files.iter().map(need).collect()
}

/// The groups of files that need one another.
fn circles(needs: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<BTreeSet<String>> {
    let reach = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            next.extend(needs[file].iter().filter(|other| seen.insert((*other).clone())));
        }
        seen
    };
    let all: BTreeMap<&String, BTreeSet<String>> = needs.keys().map(|file| (file, reach(file))).collect();
    let circle = |file: &String| all[file].iter().filter(|other| all[*other].contains(file)).cloned().collect();
    needs.keys().map(circle).filter(|circle: &BTreeSet<String>| circle.len() > 1).collect()
}

/// Circles that stay: the crate, the files, and why.
const DEFENDED: &[(&str, &[&str], &str)] = &[];

#[test]
fn no_two_files_need_each_other() {
    let (mut seen, mut wrong) = (0, Vec::new());
    let mut defended: BTreeMap<(&str, BTreeSet<String>), &str> = DEFENDED
        .iter()
        .map(|(name, files, why)| ((*name, files.iter().map(|file| (*file).to_owned()).collect()), *why))
        .collect();
    let packages = crate::packages();
    for package in &packages {
        let name = package["name"].as_str().unwrap();
        let needs = needs(&Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src"));
        seen += needs.len();
        for circle in circles(&needs) {
            for file in circle.iter().filter(|_| !defended.contains_key(&(name, circle.clone()))) {
                let others: Vec<&str> = needs[file].intersection(&circle).map(String::as_str).collect();
                wrong.push(format!("{name}: {file} needs {}", others.join(", ")));
            }
            defended.remove(&(name, circle));
        }
    }
    let gone = defended.iter().map(|((name, files), why)| format!("{name}: no circle any more ({why}): {files:?}"));
    wrong.extend(gone);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "the sources were not found");
}
