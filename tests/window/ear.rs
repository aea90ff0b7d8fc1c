//! The ear: the window as a screen reader has it, through the bus of assistive technology (AT-SPI).

use std::cell::RefCell;
use std::rc::Rc;
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
            let registry = ear.bus.with_proxy(REGISTRY, "/org/a11y/atspi/registry", ANSWER);
            let none: Vec<String> = Vec::new();
            let asked: Result<(), _> = registry.method_call(REGISTRY, "RegisterEvent", (event, none, ""));
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

    /// What it is: `button`, `list`, `entry`.
    pub(crate) fn role(&self, (who, at): &Thing) -> Option<String> {
        let proxy = self.bus.with_proxy(BusName::new(who).ok()?, at.clone(), ANSWER);
        proxy.method_call(ACCESSIBLE, "GetRoleName", ()).ok().map(|(role,): (String,)| role)
    }

    /// What it is called.
    pub(crate) fn name(&self, (who, at): &Thing) -> Option<String> {
        let proxy = self.bus.with_proxy(BusName::new(who).ok()?, at.clone(), ANSWER);
        proxy.get(ACCESSIBLE, "Name").ok()
    }

    /// Takes in what was told meanwhile.
    fn listen_on(&self) {
        let _ = self.bus.process(Duration::from_millis(20));
        let told: Vec<Told> = self.told.borrow_mut().drain(..).collect();
        for one in told {
            let name = || self.name(&one.of).unwrap_or_default();
            match (one.what, one.which.as_str(), self.role(&one.of).as_deref()) {
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
