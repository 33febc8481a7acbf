//! Families of licences, the conditions of Creative Commons, and their codes in the EU's list.

use super::names::{BEGINNINGS, NAMED, OPEN};
use crate::vocabulary::words::{Word, phrase};

/// One condition of a licence of Creative Commons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Attribution,
    NonCommercial,
    NoDerivatives,
    ShareAlike,
}

/// The conditions of a licence of Creative Commons, in the order of [`Condition`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Conditions(u8);

impl Conditions {
    fn and(self, condition: Condition) -> Self {
        Self(self.0 | 1 << condition as u8)
    }

    fn has(self, condition: Condition) -> bool {
        self.0 & 1 << condition as u8 != 0
    }
}

/// A family of licences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Creative Commons with conditions; without any, the text has not said which.
    Cc(Conditions),
    /// Any other, as a row of `NAMED`.
    Named(&'static str),
}

/// Names of the conditions of Creative Commons in the languages that have them: attribution, no
/// commercial use, no derivatives, share alike.
const CONDITIONS: [(Condition, &[&str]); 4] = [
    (
        Condition::Attribution,
        &[
            "by",
            "attribution",
            "attribuzione",
            "atribucion",
            "reconocimiento",
            "namensnennung",
            "naamsvermelding",
            "paternite",
            "atribuicao",
            "attribution alone",
        ],
    ),
    (
        Condition::NonCommercial,
        &[
            "nc",
            "noncommercial",
            "non commercial",
            "pas d utilisation commerciale",
            "pas d usage commercial",
            "utilisation non commerciale",
            "nicht kommerziell",
            "nicht kommerzielle nutzung",
            "keine kommerzielle nutzung",
            "no comercial",
            "nocomercial",
            "non commerciale",
            "niet commercieel",
            "nietcommercieel",
        ],
    ),
    (
        Condition::NoDerivatives,
        &[
            "nd",
            "noderivs",
            "noderivatives",
            "no derivatives",
            "no derivs",
            "no derivative works",
            "pas de modification",
            "pas de modifications",
            "pas d oeuvre derivee",
            "keine bearbeitung",
            "keine bearbeitungen",
            "sin obra derivada",
            "sin obras derivadas",
            "sinobraderivada",
            "non opere derivate",
            "geen afgeleide werken",
            "geenafgeleidewerken",
        ],
    ),
    (
        Condition::ShareAlike,
        &[
            "sa",
            "sharealike",
            "share alike",
            "partage dans les memes conditions",
            "partage des conditions initiales a l identique",
            "partage a l identique",
            "partage a l identique des conditions initiales",
            "weitergabe unter gleichen bedingungen",
            "condividi allo stesso modo",
            "compartir igual",
            "compartirigual",
            "gelijk delen",
            "gelijkdelen",
        ],
    ),
];

impl Family {
    /// The family whose name begins at a place, and where the name ends.
    pub(super) fn at(words: &[Word], at: usize) -> Option<(Self, usize)> {
        let first = words.get(at)?;
        let begins = BEGINNINGS.get(first.text.as_str())?;
        let named = begins.iter().filter_map(|(code, name)| {
            let end = phrase(words, at, name)?;
            Some((Self::Named(code), end))
        });
        if let Some(longest) = named.max_by_key(|(_, end)| *end) {
            return Some(longest);
        }
        let end = OPEN.iter().find_map(|name| phrase(words, at, name))?;
        Some((Self::Cc(Conditions::default()), end))
    }

    /// What further words of the name add, and where they end.
    pub(super) fn more(self, words: &[Word], at: usize) -> Option<(Self, usize)> {
        match self {
            Self::Cc(conditions) => {
                let said = CONDITIONS.iter().flat_map(|(which, names)| {
                    let ends = names.iter().filter_map(|name| phrase(words, at, name));
                    ends.map(|end| (*which, end))
                });
                if let Some((which, end)) = said.max_by_key(|(_, end)| *end) {
                    return Some((Self::Cc(conditions.and(which)), end));
                }
                // "Creative Commons (CC BY)" says one thing twice.
                let again = phrase(words, at, "cc")?;
                self.is_open().then_some((self, again))
            }
            Self::Named(code) => {
                let (_, names) = NAMED.iter().find(|(known, _)| *known == code)?;
                let ends = names.iter().filter_map(|name| phrase(words, at, name));
                ends.max().map(|end| (self, end))
            }
        }
    }

    /// The family that two mentions have in common: the same, or one that only says "Creative Commons".
    pub(super) fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one),
            (one, other) if other.is_open() && one.is_creative_commons() => Some(one),
            (one, other) if one.is_open() && other.is_creative_commons() => Some(other),
            _ => None,
        }
    }

    /// Whether the text has only said that it is Creative Commons.
    pub(super) fn is_open(self) -> bool {
        self == Self::Cc(Conditions::default())
    }

    fn is_creative_commons(self) -> bool {
        matches!(self, Self::Cc(_) | Self::Named("CC0" | "CC_PDM"))
    }

    /// The EU's code of a version and a jurisdiction (the EU's code of a country).
    pub(super) fn code(self, version: Option<&str>, port: Option<&str>) -> Option<String> {
        // Families of one version need none, and are in force everywhere.
        let only = |code: &str, number: &str| {
            version
                .is_none_or(|version| version == number)
                .then(|| code.to_owned())
        };
        match self {
            Self::Cc(conditions) => conditions.code(version?, port),
            Self::Named("CC0") => only("CC0", "1.0"),
            Self::Named("CC_PDM") => only("CC_PDM_1_0", "1.0"),
            Self::Named("ODC_PDDL") => only("ODC_PDDL", "1.0"),
            Self::Named("ODC_BL") => only("ODC_BL", "1.0"),
            Self::Named("ODC_BY") => only("ODC_BY", "1.0"),
            Self::Named("DLDE_ZERO") => only("DLDE_ZERO_2_0", "2.0"),
            Self::Named("OGL") if port.is_some_and(|port| port != "GBR") => None,
            Self::Named("UNLISTED") => None,
            Self::Named(family) => Some(format!("{family}_{}", version?.replace('.', "_"))),
        }
    }
}

impl Conditions {
    fn code(self, version: &str, port: Option<&str>) -> Option<String> {
        let contradicts = self.has(Condition::NoDerivatives) && self.has(Condition::ShareAlike);
        if !self.has(Condition::Attribution) || contradicts {
            return None;
        }
        let mut code = String::from("CC_BY");
        for (condition, letters) in [
            (Condition::NonCommercial, "NC"),
            (Condition::NoDerivatives, "ND"),
            (Condition::ShareAlike, "SA"),
        ] {
            if self.has(condition) {
                code.push_str(letters);
            }
        }
        code.push('_');
        code.push_str(&version.replace('.', "_"));
        // Version 4.0 was never ported: a country beside it is that of a translation.
        match port {
            Some("igo") => return None,
            Some("NLD") if version != "4.0" => code.push_str("_NL"),
            Some("AUT") if version != "4.0" => code.push_str("_AT"),
            Some(_) if version != "4.0" => return None,
            _ => {}
        }
        Some(code)
    }
}
