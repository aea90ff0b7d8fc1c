//! The X screen the window is on.

use x11rb::protocol::xproto::{Atom, AtomEnum, ConnectionExt as _, Window};
use x11rb::rust_connection::RustConnection;

/// The number of a name.
pub(crate) fn atom(x: &RustConnection, name: &str) -> Atom {
    x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
}

/// The app's own window, whatever it is called at the moment.
pub(crate) fn our_window(x: &RustConnection, screen: usize) -> Option<Window> {
    use x11rb::connection::Connection as _;
    let protocols = atom(x, "WM_PROTOCOLS");
    let says = |window: Window, property: Atom| {
        let value = x.get_property(false, window, property, AtomEnum::ANY, 0, 64).unwrap().reply();
        value.map(|value| value.value).unwrap_or_default()
    };
    let mut windows = vec![x.setup().roots[screen].root];
    while let Some(window) = windows.pop() {
        windows.extend(x.query_tree(window).unwrap().reply().map(|tree| tree.children).unwrap_or_default());
        let class = says(window, AtomEnum::WM_CLASS.into());
        if class.starts_with(b"coachfolio") && !says(window, protocols).is_empty() {
            return Some(window);
        }
    }
    None
}
