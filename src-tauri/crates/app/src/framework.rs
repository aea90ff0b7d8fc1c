//! The framework of a vault: the built-in one, or one that was installed from a file.

use domain::Framework;

use crate::failure::{Code, Failure, Problem};
use crate::installed::{self, check_framework};
use crate::vault::OpenVault;

impl OpenVault {
    /// Checks a framework file and makes it this vault's own.
    ///
    /// # Errors
    /// Every problem of the file; claims that name a competency the new framework does not have are problems too, so
    /// that no claim is silently lost.
    pub fn install_framework(&mut self, text: &str) -> Result<&Framework, Failure> {
        let framework = check_framework(text)?;
        let mut lost = self.vault.evidence().competencies()?;
        lost.retain(|number| framework.competency(number).is_none());
        if !lost.is_empty() {
            let problem = |number: String| Problem {
                file: None,
                line: None,
                field: "competencies".to_owned(),
                message: format!("records of this vault claim {number}, which the file does not have"),
            };
            let failure = Failure::new("This framework leaves out competencies that your records claim.");
            return Err(Failure { problems: lost.into_iter().map(problem).collect(), ..failure }
                .code(Code::Problems)
                .hint("Add them to the file, or move those claims to other competencies first."));
        }
        self.vault
            .transact(|writer| -> Result<(), Failure> { Ok(writer.installed().put(installed::FRAMEWORK, text)?) })?;
        self.framework = framework;
        self.framework_problems.clear();
        Ok(&self.framework)
    }

    /// Why the vault's own framework could not be used and the built-in one stands in; nothing when all is well.
    #[must_use]
    pub fn framework_problems(&self) -> &[Problem] {
        &self.framework_problems
    }

    /// The vault's framework.
    #[must_use]
    pub fn framework(&self) -> &Framework {
        &self.framework
    }
}
