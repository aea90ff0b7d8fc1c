//! What is there and what is missing: gaps and hours.

use domain::Evidence;
use domain::gaps::{Gaps, Standing, gaps};
use domain::hours::{Hours, hours};
use domain::rhythm::{Rhythm, rhythm};
use domain::views::Profile;

use crate::failure::Failure;
use crate::open_vault::OpenVault;

impl OpenVault {
    /// What each competency asks for, what is there, and what is missing.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn gaps(&self) -> Result<Gaps, Failure> {
        self.gaps_of(|_| true)
    }

    /// The same for a part of the evidence.
    pub(crate) fn gaps_of(&self, counts: impl Fn(&Evidence) -> bool) -> Result<Gaps, Failure> {
        let profile = self.profile_view()?;
        let rhythms = self.rhythms(&profile)?;
        let standing = Standing {
            today: self.clock.today(),
            tier: self.hours_of(&profile)?.tier,
            review_months: profile.review_months,
            rhythms: &rhythms,
        };
        let mut evidence = self.vault.evidence()?;
        evidence.retain(counts);
        Ok(gaps(&self.framework, &evidence, standing))
    }

    /// Hours of coaching and the tier they reach.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn hours(&self) -> Result<Hours, Failure> {
        self.hours_of(&self.profile_view()?)
    }

    fn hours_of(&self, profile: &Profile) -> Result<Hours, Failure> {
        Ok(hours(&self.framework, &self.vault.sessions()?, profile, self.clock.today()))
    }

    fn rhythms(&self, profile: &Profile) -> Result<Vec<Rhythm>, Failure> {
        let supervisions = self.vault.supervisions()?;
        let today = self.clock.today();
        Ok(self.framework.rhythms.iter().map(|of| rhythm(of, &supervisions, profile, today)).collect())
    }

    /// The profile as sums need it. A course that is accredited by the Personalised Care Institute settles the training
    /// as well as the route named in the profile does.
    fn profile_view(&self) -> Result<Profile, Failure> {
        let mut profile = Profile::of(self.profile()?.as_ref());
        if !profile.trained {
            let learning = vault::Filter { kind: Some("learning".to_owned()), ..Default::default() };
            let accredited = |record: &domain::Record| record.yes("pci_accredited") == Some(true);
            profile.trained = self.vault.records(&learning)?.iter().any(accredited);
        }
        Ok(profile)
    }
}
