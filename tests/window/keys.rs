//! The page on which what opens the portfolio is made anew.

use crate::journey::{PASSPHRASE, begin, start, unlock};
use crate::page::{Page, says};
use crate::pages::look;
use crate::stage::play;

#[tokio::test]
async fn a_new_recovery_key_and_a_new_passphrase_are_made_on_a_page_of_their_own() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();
        let window = start(stage).await;
        window.client.set_window_size(1280, 800).await.unwrap();
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        begin(&page).await;
        page.go("Passphrase").await;
        page.says("Change the passphrase").await;
        look(&window, "passphrase", &mut wrong).await;
        page.fill("Your passphrase", "another four small words").await;
        page.press("Make a new recovery key").await;
        page.at("//*[@id = 'now-for-key' and @aria-invalid]").await;
        look(&window, "passphrase-wrong", &mut wrong).await;
        page.fill("Your passphrase", PASSPHRASE).await;
        page.press("Make a new recovery key").await;
        page.says("The key you had before no longer opens your portfolio.").await;
        look(&window, "recovery-key-new", &mut wrong).await;
        page.tick("I have written it down").await;
        page.press("Go on").await;
        page.fill("Passphrase now", PASSPHRASE).await;
        page.fill("New passphrase", "lantern basalt meadow thirty").await;
        page.fill("The new passphrase again", "lantern basalt meadow thirty").await;
        page.press("Change the passphrase").await;
        page.says("The passphrase is changed.").await;
        assert_eq!(wrong, Vec::<String>::new());
        page.go("Lock").await;
        unlock(&page, "lantern basalt meadow thirty").await;
        page.at(&format!("//main//h1[{}]", says("Today"))).await;
    })
    .await;
}
