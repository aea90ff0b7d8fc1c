//! The stage of a test: a screen, the driver, and the app in its window with a home of its own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::ear::Ear;
use crate::page::Page;
use crate::screen::our_windows;

/// The app under test.
pub(crate) const APP: &str = env!("CARGO_BIN_EXE_coachfolio-desktop");
/// The browser that comes with the engine, in the folder of this machine's kind.
const BROWSER: &str = if cfg!(target_arch = "aarch64") {
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
} else {
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
};
/// How long anything may take before the test gives up; two busy cores are slow.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How long a whole test may take: when a page hangs, the test must still end and take its processes with it.
const CURTAIN: Duration = Duration::from_secs(120);

/// Windows take turns: they would slow each other down and compete for the keyboard.
static TURN: Mutex<()> = Mutex::const_new(());

/// What a test has: a turn, a screen, and a coach's home folder that goes when the test ends.
pub(crate) struct Stage {
    screen: Screen,
    home: TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// Waits for its turn, sets the stage and runs a test on it.
pub(crate) async fn play(test: impl AsyncFnOnce(&Stage)) {
    let turn = TURN.lock().await;
    let stage = Stage { screen: Screen::open(), home: tempfile::tempdir().unwrap(), _turn: turn };
    tokio::time::timeout(CURTAIN, test(&stage)).await.expect("the test ends in time");
}

impl Stage {
    /// A place in the coach's home.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Starts the app as the coach would, without anybody driving it.
    pub(crate) fn start_alone(&self) -> Group {
        Group::start(self.dress(&mut Command::new(APP)))
    }

    /// Starts the app in the driver's hands. File dialogs answer themselves with these paths.
    pub(crate) async fn start(&self, answers: &Value) -> Window {
        self.start_in("Adwaita", answers).await
    }

    /// The same on a desktop of that look.
    pub(crate) async fn start_in(&self, look: &str, answers: &Value) -> Window {
        self.drive(look, answers, None).await
    }

    /// The same with somebody who listens, on a session's bus of its own.
    pub(crate) async fn start_heard(&self, answers: &Value) -> (Window, Ear) {
        let mut bus = Command::new("dbus-daemon");
        self.dress(bus.args(["--session", "--nofork", "--print-address"]));
        let (bus, address) = Group::saying(&mut bus);
        let ear = Ear::on(&address);
        let mut window = self.drive("Adwaita", answers, Some(&address)).await;
        window.bus = Some(bus);
        (window, ear)
    }

    async fn drive(&self, look: &str, answers: &Value, bus: Option<&str>) -> Window {
        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        self.dress(&mut driver)
            .arg(format!("--port={port}"))
            .env("GTK_THEME", look)
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("COACHFOLIO_DIALOG_ANSWERS", answers.to_string());
        if let Some(address) = bus {
            driver.env_remove("NO_AT_BRIDGE").env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        let (client, driver) = taken_in_hand(driver, port, APP, &[]).await;
        Window { client, driver, display: self.screen.name.clone(), bus: None }
    }

    /// A browser of the same engine, on a desktop of that look, in the driver's hands as long as what comes beside it lives.
    pub(crate) async fn browse(&self, look: &str) -> (Client, Group) {
        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        self.dress(&mut driver).arg(format!("--port={port}")).env("GTK_THEME", look);
        taken_in_hand(driver, port, BROWSER, &["--automation"]).await
    }

    /// The environment both share: the screen, and a home that holds nothing of the person running the tests.
    fn dress<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for (variable, folder) in
            [("HOME", ""), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(variable, self.place(folder));
        }
        command
            .env("DISPLAY", &self.screen.name)
            .env("NO_AT_BRIDGE", "1")
            .env("GTK_THEME", "Adwaita")
            .env("LANG", "C.UTF-8")
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap().port()
}

/// Starts a driver on this port, and a program in its hands.
async fn taken_in_hand(mut driver: Command, port: u16, program: &str, arguments: &[&str]) -> (Client, Group) {
    let driver = Group::start(&mut driver);
    until("the driver listens", || TcpStream::connect(("127.0.0.1", port)).is_ok()).await;
    let options = json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
    let Value::Object(capabilities) = options else { unreachable!("an object") };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let client = builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await;
    (client.expect("the program starts in the driver's hands"), driver)
}

/// The app's window in the driver's hands.
pub(crate) struct Window {
    /// What drives it.
    pub(crate) client: Client,
    driver: Group,
    display: String,
    /// Where it is heard, when somebody listens.
    bus: Option<Group>,
}

impl Window {
    /// The screen it is on.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    /// Leaves a picture of the window for people, where ImageMagick is there to take it. (The driver's own pictures take
    /// two seconds now and then, and once in a while never come.)
    pub(crate) async fn picture(&self, name: &str) {
        Page(&self.client).settled().await;
        let file = pictures().join(name).with_extension("png");
        let (x, screen) = x11rb::connect(Some(&self.display)).unwrap();
        let Some(window) = our_windows(&x, screen).first().copied() else { return };
        let mut import = Command::new("import");
        import.env("DISPLAY", &self.display).args(["-silent", "-window", &window.to_string()]).arg(file);
        let _ = import.stderr(Stdio::null()).status();
    }

    /// Presses the close button.
    pub(crate) fn ask_to_close(&self) {
        crate::closing::press_close_button(&self.display);
    }

    /// Closes the window as its close button would, and waits until the app is gone.
    pub(crate) async fn close(self) {
        self.ask_to_close();
        self.gone().await;
    }

    /// Waits until the app is gone.
    pub(crate) async fn gone(self) {
        until("the app is gone", || self.driver.child_of(APP).is_none()).await;
    }
}

/// A process and everything it starts, ended together.
pub(crate) struct Group(Child);

impl Group {
    fn start(command: &mut Command) -> Group {
        Group(command.process_group(0).stdout(Stdio::null()).spawn().expect("it starts; see the packages in stack.md"))
    }

    /// Starts something that says where it can be found in its first line.
    fn saying(command: &mut Command) -> (Group, String) {
        let child = command.process_group(0).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut group = Group(child.expect("it starts; `.ci/setup test` installs what is missing"));
        let mut line = String::new();
        BufReader::new(group.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        (group, line.trim().to_owned())
    }

    /// The first process itself.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// The process of this program that the first process started and that still lives.
    fn child_of(&self, program: &str) -> Option<u32> {
        let ours = |id: &u32| {
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            let mut fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace()).into_iter().flatten();
            let (state, parent) = (fields.next(), fields.next());
            state != Some("Z")
                && parent == Some(&self.id().to_string())
                && fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == Path::new(program))
        };
        let ids = fs::read_dir("/proc").unwrap().flatten();
        ids.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).find(ours)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// An X screen: the one that is there, or one of its own.
struct Screen {
    name: String,
    _server: Option<Group>,
}

impl Screen {
    fn open() -> Screen {
        if let Ok(name) = std::env::var("DISPLAY")
            && !name.is_empty()
        {
            return Screen { name, _server: None };
        }
        let mut server = Command::new("Xvfb");
        // The server picks a number that is free and says which.
        server.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
        let (server, number) = Group::saying(&mut server);
        Screen { name: format!(":{number}"), _server: Some(server) }
    }
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Where pictures are left.
pub(crate) fn pictures() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(APP).parent().and_then(Path::parent).unwrap().join("window-pictures");
        fs::create_dir_all(&folder).unwrap();
        folder
    })
}
