//! Whom a setting concerns, in the words of `agents.csv`.

use super::fields::Fields;
use super::names::Names;
use crate::domain::ids::{ContractIx, SiteIx};
use crate::domain::workforce::Agent;
use crate::workspace::place::Place;
use crate::workspace::words::{id, known, text};

/// The agents who have one of the values of each list that is given; everybody where none is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Whom {
    pub(crate) agents: Vec<(Place, String)>,
    pub(crate) levels: Vec<(Place, String)>,
    pub(crate) skills: Vec<(Place, String)>,
    sites: Vec<SiteIx>,
    contracts: Vec<ContractIx>,
}

impl Whom {
    /// `{ levels = ["senior"], skills = ["orders"], sites = […], contracts = […], agents = […] }`.
    pub(super) fn read(fields: Fields<'_>, names: &Names) -> Self {
        let named = |key: &'static str, what: &str, among: &[String]| -> Vec<usize> {
            fields.words(key, known(what, among)).into_iter().map(|(_, at)| at).collect()
        };
        for (key, item) in [
            ("agents", "agent"),
            ("levels", "level"),
            ("skills", "skill"),
            ("sites", "site"),
            ("contracts", "contract"),
        ] {
            fields.refuse_empty(key, item, None);
        }
        let whom = Self {
            agents: fields.words("agents", id),
            levels: fields.words("levels", text),
            skills: fields.words("skills", id),
            sites: named("sites", "site", &names.sites).into_iter().map(SiteIx).collect(),
            contracts: named("contracts", "contract", &names.contracts).into_iter().map(ContractIx).collect(),
        };
        fields.finish();
        whom
    }

    /// Whether an agent is meant.
    pub(crate) fn means(&self, agent: &Agent) -> bool {
        let names = |words: &[(Place, String)], word: &str| words.iter().any(|(_, known)| known == word);
        let is = |words: &[(Place, String)], word: &str| words.is_empty() || names(words, word);
        is(&self.agents, agent.id.as_str())
            && is(&self.levels, &agent.level)
            && (self.skills.is_empty() || agent.skills.iter().any(|held| names(&self.skills, held.as_str())))
            && (self.sites.is_empty() || self.sites.contains(&agent.site))
            && (self.contracts.is_empty() || self.contracts.contains(&agent.contract))
    }
}
