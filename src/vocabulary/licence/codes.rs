//! Codes of portals for licences that the EU's list does not have: what each is called, and where it is.

/// What a portal's code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    /// Its title, as the lists of udata and CKAN have it.
    pub title: &'static str,
    /// Its address, where those lists have one.
    pub address: Option<&'static str>,
}

const OPEN_LICENCE: Option<&str> =
    Some("https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf");

const CODES: &[(&str, &str, Option<&str>)] = &[
    ("fr-lo", "Licence Ouverte / Open Licence", OPEN_LICENCE),
    ("lov1", "Licence Ouverte / Open Licence", OPEN_LICENCE),
    (
        "cc-by",
        "Creative Commons Attribution",
        Some("http://www.opendefinition.org/licenses/cc-by"),
    ),
    (
        "cc-by-sa",
        "Creative Commons Attribution Share-Alike",
        Some("http://www.opendefinition.org/licenses/cc-by-sa"),
    ),
    (
        "mobility-licence",
        "Licence Mobilités",
        Some("https://wiki.lafabriquedesmobilites.fr/wiki/Licence_Mobilit%C3%A9s"),
    ),
    ("other-open", "Other (Open)", None),
    ("other-pd", "Other (Public Domain)", None),
    ("other-at", "Other (Attribution)", None),
    ("other-nc", "Other (Non-Commercial)", None),
    ("other-closed", "Other (Not Open)", None),
];

/// What portals write when no licence was chosen, in lower case.
const NONE: &[&str] = &[
    "notspecified",
    "not specified",
    "not-specified",
    "licence not specified",
    "license not specified",
    "licence non spécifiée",
    "non spécifiée",
    "non specifiee",
    "unspecified",
    "unknown",
    "none",
    "-",
];

/// What a code stands for; none where it is no code of these lists.
pub(in super::super) fn coded(code: &str) -> Option<Coded> {
    let code = code.trim().to_lowercase();
    let (_, title, address) = CODES.iter().find(|(known, ..)| *known == code)?;
    Some(Coded {
        title,
        address: *address,
    })
}

/// Whether a text says that no licence was chosen.
pub(in super::super) fn says_none(text: &str) -> bool {
    NONE.contains(&text.trim().to_lowercase().as_str())
}
