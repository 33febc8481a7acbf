//! `[recognition]`: which records of different portals are the same, where the operator knows better.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::record::{Base, Kind, PortalId};

/// What the operator says of records that are, or are not, the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recognition {
    /// Whether records are recognised at all.
    pub enabled: bool,
    /// Groups of IRIs that are the same whatever their evidence; the first of each is the canonical one.
    pub same: Vec<Vec<String>>,
    /// Groups of IRIs of which no two are the same whatever their evidence.
    pub apart: Vec<Vec<String>>,
    /// IRIs that are canonical wherever they are the same as others.
    pub canonical: Vec<String>,
    /// Portals whose records are canonical, the first one first.
    pub prefer: Vec<PortalId>,
}

impl Default for Recognition {
    fn default() -> Self {
        Self {
            enabled: true,
            same: Vec::new(),
            apart: Vec::new(),
            canonical: Vec::new(),
            prefer: Vec::new(),
        }
    }
}

impl Recognition {
    /// Checks that every IRI is one that Moisson mints for such a record, and that nothing is both.
    pub(super) fn validate(
        &self,
        base: &Base,
        portals: &BTreeSet<&str>,
    ) -> Result<(), (String, String)> {
        for (key, groups) in [("same", &self.same), ("apart", &self.apart)] {
            for group in groups {
                let kinds = check(base, group).map_err(|message| (key.to_owned(), message))?;
                if group.iter().collect::<BTreeSet<_>>().len() < 2 || kinds.len() > 1 {
                    return Err((
                        key.to_owned(),
                        "a group is two IRIs or more, all of the same kind".to_owned(),
                    ));
                }
            }
        }
        check(base, &self.canonical).map_err(|message| ("canonical".to_owned(), message))?;
        for one in &self.same {
            for other in &self.apart {
                let both: Vec<_> = one.iter().filter(|iri| other.contains(iri)).collect();
                if let [first, second, ..] = both.as_slice() {
                    return Err((
                        "apart".to_owned(),
                        format!("<{first}> and <{second}> are in `same` too"),
                    ));
                }
            }
        }
        match self
            .prefer
            .iter()
            .find(|portal| !portals.contains(portal.as_str()))
        {
            None => Ok(()),
            Some(portal) => Err(("prefer".to_owned(), format!("no portal `{portal}`"))),
        }
    }
}

/// The kinds of record that `iris` are minted for.
fn check(base: &Base, iris: &[String]) -> Result<BTreeSet<Kind>, String> {
    let kind = |iri: &str| {
        let path = base.path(iri)?;
        let (segment, rest) = path.split_once('/')?;
        let kind = Kind::from_segment(segment).ok()?;
        let (portal, key) = rest.split_once('/')?;
        let fits = kind.is_recognised() && !portal.is_empty() && !key.is_empty();
        (fits && !key.contains(['/', '.'])).then_some(kind)
    };
    iris.iter()
        .map(|iri| {
            kind(iri).ok_or_else(|| {
                format!("`{iri}` is no dataset, service or series: `{base}dataset/PORTAL/KEY` is")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn parse(recognition: &str) -> Result<Config, String> {
        let text = format!(
            "base_uri = 'https://e.org/'\n[recognition]\n{recognition}\n[[portal]]\nid='a'\nkind='udata'\nurl='https://a.example/'"
        );
        Config::parse(&text, Path::new("moisson.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn records_are_recognised_unless_it_is_switched_off() {
        assert!(parse("").unwrap().recognition.enabled);
        assert!(!parse("enabled = false").unwrap().recognition.enabled);
        let config = parse(
            "same = [['https://e.org/dataset/a/1', 'https://e.org/dataset/b/1']]\nprefer = ['a']",
        );
        assert_eq!(config.unwrap().recognition.same[0].len(), 2);
    }

    #[test]
    fn a_fault_names_its_key() {
        let pair = "[['https://e.org/dataset/a/1', 'https://e.org/dataset/b/1']]";
        for (text, word) in [
            ("same = [['https://e.org/dataset/a/1']]", "recognition.same"),
            (
                "apart = [['https://e.org/dataset/a/1', 'https://e.org/service/a/1']]",
                "recognition.apart",
            ),
            (
                "canonical = ['https://elsewhere.org/dataset/a/1']",
                "recognition.canonical",
            ),
            (
                "canonical = ['https://e.org/organization/a/1']",
                "recognition.canonical",
            ),
            (
                "canonical = ['https://e.org/dataset/a/1.ttl']",
                "recognition.canonical",
            ),
            ("prefer = ['b']", "no portal `b`"),
            (&format!("same = {pair}\napart = {pair}"), "in `same` too"),
            ("enable = false", "enable"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
