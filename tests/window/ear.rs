//! The ear: the window as a screen reader has it, through the bus of assistive technology (AT-SPI).

use std::cell::RefCell;
use std::rc::Rc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use dbus::Path;
use dbus::blocking::LocalConnection;
use dbus::blocking::stdintf::org_freedesktop_dbus::Properties as _;
use dbus::message::MatchRule;
use dbus::strings::BusName;

use crate::stage::PATIENCE;

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const EVENTS: &str = "org.a11y.atspi.Event.Object";
/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(10);

/// What can be so of a thing, as AT-SPI numbers it.
pub(crate) const EXPANDABLE: u32 = 9;
pub(crate) const EXPANDED: u32 = 10;
pub(crate) const FOCUSED: u32 = 12;
pub(crate) const REQUIRED: u32 = 33;
pub(crate) const INVALID: u32 = 36;

/// What a thing can be, as AT-SPI numbers it.
const ROLES: [(u32, &str); 9] = [
    (23, "frame"),
    (31, "list"),
    (32, "list item"),
    (39, "panel"),
    (43, "push button"),
    (79, "entry"),
    (83, "heading"),
    (101, "notification"),
    (110, "landmark"),
];

/// One thing in the window: who answers for it, and where it is with them.
pub(crate) type Thing = (String, Path<'static>);

/// Something that a screen reader is told of: what, which, yes or no, and of what.
#[derive(Clone)]
struct Told {
    what: &'static str,
    which: String,
    so: bool,
    of: Thing,
}

/// Someone who listens to the window.
pub(crate) struct Ear {
    bus: LocalConnection,
    told: Rc<RefCell<Vec<Told>>>,
    heard: RefCell<Vec<String>>,
}

impl Ear {
    /// Listens on the session's bus at this address.
    pub(crate) fn on(session: &str) -> Ear {
        let session = LocalConnection::new_address(session).expect("the session has a bus");
        let (address,): (String,) = session
            .with_proxy("org.a11y.Bus", "/org/a11y/bus", PATIENCE)
            .method_call("org.a11y.Bus", "GetAddress", ())
            .expect("there is a bus for assistive technology");
        let bus = LocalConnection::new_address(&address).unwrap();
        let told = Rc::default();
        let ear = Ear { bus, told, heard: RefCell::default() };
        for what in ["StateChanged", "PropertyChange"] {
            ear.listen(what);
        }
        // Nobody tells anything before somebody has asked to be told.
        for event in ["object:state-changed", "object:property-change"] {
            let none: Vec<String> = Vec::new();
            let ask = || -> Result<(), dbus::Error> {
                let registry = ear.bus.with_proxy(REGISTRY, "/org/a11y/atspi/registry", ANSWER);
                registry.method_call(REGISTRY, "RegisterEvent", (event, none.clone(), ""))
            };
            // The first time it is only being started, and now and then is not the one that stays.
            let asked = (0..20).find_map(|_| ask().map_err(|_| sleep(Duration::from_millis(100))).ok());
            asked.expect("the registry listens");
        }
        ear
    }

    fn listen(&self, what: &'static str) {
        let told = Rc::clone(&self.told);
        let rule = MatchRule::new_signal(EVENTS, what);
        self.bus
            .add_match(rule, move |(which, so): (String, i32), _, message| {
                if let (Some(sender), Some(path)) = (message.sender(), message.path()) {
                    let of = (sender.to_string(), path.into_static());
                    told.borrow_mut().push(Told { what, which, so: so != 0, of });
                }
                true
            })
            .unwrap();
    }

    /// What it is.
    pub(crate) fn role(&self, (who, at): &Thing) -> Option<&'static str> {
        let proxy = self.bus.with_proxy(BusName::new(who).ok()?, at.clone(), ANSWER);
        let (number,): (u32,) = proxy.method_call(ACCESSIBLE, "GetRole", ()).ok()?;
        Some(ROLES.iter().find(|(known, _)| *known == number).map_or("something", |(_, name)| name))
    }

    /// What it is called.
    pub(crate) fn name(&self, (who, at): &Thing) -> Option<String> {
        let proxy = self.bus.with_proxy(BusName::new(who).ok()?, at.clone(), ANSWER);
        let name: String = proxy.get(ACCESSIBLE, "Name").ok()?;
        // Spaces make no difference to the ear, and WebKit gives many.
        Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What is in it, asked for one by one: the page in its window is not among those that are given all at once.
    fn children(&self, (who, at): &Thing) -> Vec<Thing> {
        let Ok(name) = BusName::new(who) else { return Vec::new() };
        let proxy = self.bus.with_proxy(name, at.clone(), ANSWER);
        let count: i32 = proxy.get(ACCESSIBLE, "ChildCount").unwrap_or_default();
        let child = |index: i32| proxy.method_call(ACCESSIBLE, "GetChildAtIndex", (index,)).ok();
        (0..count).filter_map(child).map(|(child,): (Thing,)| child).collect()
    }

    /// Whether it is so: one of the states below.
    pub(crate) fn is(&self, state: u32, (who, at): &Thing) -> bool {
        let Ok(name) = BusName::new(who) else { return false };
        let proxy = self.bus.with_proxy(name, at.clone(), ANSWER);
        let states: Result<(Vec<u32>,), _> = proxy.method_call(ACCESSIBLE, "GetState", ());
        states.is_ok_and(|(words,)| words.get(state as usize / 32).is_some_and(|word| word >> (state % 32) & 1 == 1))
    }

    /// How many of this role are in it.
    pub(crate) fn count(&self, role: &str, within: &Thing) -> usize {
        self.children(within).iter().filter(|child| self.role(child) == Some(role)).count()
    }

    /// Waits until there is something of this role in the window whose name begins so.
    pub(crate) async fn finds(&self, role: &str, name: &str) -> Thing {
        let end = Instant::now() + PATIENCE;
        loop {
            let root = (REGISTRY.to_owned(), Path::from("/org/a11y/atspi/accessible/root"));
            let (mut next, mut seen) = (vec![root], Vec::new());
            while let Some(thing) = next.pop() {
                let (is, called) = (self.role(&thing).unwrap_or_default(), self.name(&thing).unwrap_or_default());
                if is == role && called.starts_with(name) {
                    return thing;
                }
                seen.push(format!("{is} {called:?}"));
                next.extend(self.children(&thing).into_iter().rev());
            }
            assert!(Instant::now() < end, "there is no {role} {name:?} among:\n{}", seen.join("\n"));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Takes in what was told meanwhile.
    fn listen_on(&self) {
        let _ = self.bus.process(Duration::from_millis(20));
        let told: Vec<Told> = self.told.borrow_mut().drain(..).collect();
        for one in told {
            let name = || self.name(&one.of).unwrap_or_default();
            match (one.what, one.which.as_str(), self.role(&one.of)) {
                // What Orca says of these, in each of its versions.
                ("StateChanged", "showing", Some("notification")) if one.so => self.heard.borrow_mut().push(name()),
                ("PropertyChange", "accessible-name", Some("frame")) => self.heard.borrow_mut().push(name()),
                _ => {}
            }
        }
    }

    /// Waits until something is said that begins so: as what happened or as what the window is called now.
    pub(crate) async fn hears(&self, words: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            self.listen_on();
            let at = self.heard.borrow().iter().position(|heard| heard.starts_with(words));
            if let Some(at) = at {
                self.heard.borrow_mut().drain(..=at);
                return;
            }
            assert!(Instant::now() < end, "waited in vain to hear {words:?}; heard was: {:?}", self.heard.borrow());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
