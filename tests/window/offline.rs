//! Nothing leaves the computer: what the page is kept from, tried in the window itself.

use std::fs;
use std::net::TcpListener;

use serde_json::{Value, json};

use crate::page::Page;
use crate::stage::{play, until};

/// Tries every way out at once and answers when each has come to an end.
const WAYS_OUT: &str = "
    const [place, done] = arguments;
    const element = (name, set) => new Promise((end) => {
        const made = Object.assign(document.createElement(name), set, { onload: () => end('out'), onerror: () => end('no') });
        document.head.append(made);
    });
    const refused = (promise) => promise.then(() => 'out', () => 'no');
    document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: place }));
    document.head.append(Object.assign(document.createElement('link'), { rel: 'dns-prefetch', href: place }));
    Promise.all([
        refused(fetch(place, { mode: 'no-cors' })),
        new Promise((end) => { const i = new Image(); i.onload = () => end('out'); i.onerror = () => end('no'); i.src = place }),
        element('script', { src: place }),
        element('link', { rel: 'stylesheet', href: place }),
        refused(new Promise((ok, no) => { try { const s = new WebSocket(place.replace('http', 'ws')); s.onopen = ok; s.onerror = no } catch (e) { no(e) } })),
    ]).then(done)";

#[tokio::test]
async fn the_page_finds_no_way_out() {
    play(async |stage| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let place = format!("http://{}/", listener.local_addr().unwrap());
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        let home = window.client.current_url().await.unwrap();
        let ends = window.client.execute_async(WAYS_OUT, vec![json!(place)]).await.unwrap();
        assert_eq!(ends, json!(["no", "no", "no", "no", "no"]));
        let leave = "location.href = arguments[0]; window.open(arguments[0])";
        let _ = window.client.execute(leave, vec![json!(place)]).await;
        // A command's answer comes back through the same page, so whatever the page began is under way by then.
        let [id, none] = page.call("new_id", json!({})).await;
        assert!(id.is_string() && none.is_null());
        assert_eq!(window.client.current_url().await.unwrap(), home);
        assert!(listener.accept().is_err(), "something reached the listener");
    })
    .await;
}

#[tokio::test]
async fn the_page_cannot_ask_tauri_for_more_than_it_needs() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        for command in [
            "plugin:dialog|open",
            "plugin:window|create",
            "plugin:webview|create_webview_window",
            "plugin:path|resolve_directory",
        ] {
            let [ok, no] = page.call(command, json!({})).await;
            assert_eq!(ok, Value::Null, "{command}");
            assert!(
                no.as_str().is_some_and(|no| no.contains("not allowed") || no.contains("not found")),
                "{command}: {no}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn the_kernel_refuses_internet_sockets() {
    play(async |stage| {
        let app = stage.start_alone();
        let filtered = || {
            let status = fs::read_to_string(format!("/proc/{}/status", app.id())).unwrap_or_default();
            status.lines().any(|line| line == "Seccomp:\t2")
        };
        until("the filter is in force", filtered).await;
    })
    .await;
}
