//! The X screen the window is on.

use x11rb::protocol::xproto::{Atom, AtomEnum, ConnectionExt as _, Window};
use x11rb::rust_connection::RustConnection;

/// The number of a name.
pub(crate) fn atom(x: &RustConnection, name: &str) -> Atom {
    x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
}

/// The app's own windows, whatever they are called at the moment: the one that is seen, and the one of a pixel or two that
/// its toolkit holds everything together with. The one that is seen comes first.
pub(crate) fn our_windows(x: &RustConnection, screen: usize) -> Vec<Window> {
    use x11rb::connection::Connection as _;
    let protocols = atom(x, "WM_PROTOCOLS");
    let says = |window: Window, property: Atom| {
        let value = x.get_property(false, window, property, AtomEnum::ANY, 0, 64).unwrap().reply();
        value.map(|value| value.value).unwrap_or_default()
    };
    let size = |window: Window| {
        let reply = x.get_geometry(window).unwrap().reply();
        reply.map_or(0, |found| u32::from(found.width) * u32::from(found.height))
    };
    let mut windows = vec![x.setup().roots[screen].root];
    let mut ours = Vec::new();
    while let Some(window) = windows.pop() {
        windows.extend(x.query_tree(window).unwrap().reply().map(|tree| tree.children).unwrap_or_default());
        let class = says(window, AtomEnum::WM_CLASS.into());
        if class.starts_with(b"coachfolio") && !says(window, protocols).is_empty() {
            ours.push(window);
        }
    }
    ours.sort_by_key(|window| std::cmp::Reverse(size(*window)));
    ours
}
