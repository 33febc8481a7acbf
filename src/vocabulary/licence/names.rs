//! The names of families of licences, in the languages that have names for them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Codes of families with the names that texts have for them, without accents and case. The longer name
/// of two that begin alike comes first.
pub(super) const NAMED: &[(&str, &[&str])] = &[
    (
        "CC0",
        &[
            "cc zero",
            "cczero",
            "cc 0",
            "cco 10",
            "creative commons zero",
            "creative commons 0",
            "creative commons cc zero",
            "creative commons cczero",
            "creative commons cc 0",
        ],
    ),
    (
        "CC_PDM",
        &[
            "public domain mark",
            "cc pdm",
            "ccpdm",
            "cc pd mark",
            "creative commons public domain mark",
        ],
    ),
    (
        "ODC_PDDL",
        &[
            "odc pddl",
            "odcpddl",
            "pddl",
            "open data commons public domain dedication and licence",
            "open data commons public domain dedication and license",
            "open data commons public domain dedication",
            "public domain dedication and licence",
            "public domain dedication and license",
        ],
    ),
    (
        "ODC_BL",
        &[
            "odc odbl",
            "odc bl",
            "odbl",
            "open data commons open database licence",
            "open data commons open database license",
            "open data commons open database",
            "open database licence",
            "open database license",
        ],
    ),
    (
        "ODC_BY",
        &[
            "odc by",
            "odby",
            "open data commons attribution",
            "open data commons by",
        ],
    ),
    (
        "ETALAB",
        &[
            "licence ouverte open licence",
            "licence ouverte open license",
            "licence ouverte",
            "license ouverte",
            "open licence etalab",
            "open license etalab",
            "etalab licence ouverte",
            "etalab open licence",
            "etalab open license",
            "etalab",
            "lov",
        ],
    ),
    (
        "DLDE_BYNC",
        &[
            "dl de by nc",
            "dl by nc de",
            "datenlizenz deutschland namensnennung nicht kommerziell",
            "data licence germany attribution non commercial",
        ],
    ),
    (
        "DLDE_BY",
        &[
            "dl de by",
            "dl by de",
            "dlde by",
            "datenlizenz deutschland namensnennung",
            "datenlizenz deutschland by",
            "data licence germany attribution",
            "data license germany attribution",
        ],
    ),
    (
        "DLDE_ZERO",
        &[
            "dl de zero",
            "dl zero de",
            "dlde zero",
            "datenlizenz deutschland zero",
            "data licence germany zero",
            "data license germany zero",
        ],
    ),
    (
        "IODL",
        &[
            "iodl",
            "italian open data license",
            "italian open data licence",
        ],
    ),
    (
        "NLOD",
        &[
            "nlod",
            "norsk lisens for offentlige data",
            "norwegian licence for open government data",
            "norwegian license for open government data",
        ],
    ),
    (
        "OGL",
        &[
            "ogl",
            "open government licence",
            "open government license",
            "uk ogl",
            "uk open government licence",
            "uk open government license",
        ],
    ),
    (
        "EUPL",
        &[
            "eupl",
            "european union public licence",
            "european union public license",
        ],
    ),
    (
        "APACHE",
        &[
            "apache software license",
            "apache license",
            "apache licence",
        ],
    ),
    (
        "ISA_OML",
        &["isa open metadata licence", "isa open metadata license"],
    ),
    (
        "UNLISTED",
        &[
            "geonutz",
            "geonutzv",
            "licence mobilites",
            "licence engagee",
            "modellicentie",
            "other open",
            "other closed",
            "other at",
            "other pd",
            "other nc",
        ],
    ),
];

/// Names that say no more than that a licence is one of Creative Commons.
pub(super) const OPEN: [&str; 3] = ["creative commons", "creativecommons", "cc"];

/// The names by their first word, since most words of a text begin none.
pub(super) static BEGINNINGS: LazyLock<HashMap<&str, Vec<(&str, &str)>>> = LazyLock::new(|| {
    let mut beginnings: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    let named = NAMED
        .iter()
        .flat_map(|(code, names)| names.iter().map(move |name| (*code, *name)));
    for (code, name) in named.chain(OPEN.map(|name| ("", name))) {
        let first = name.split(' ').next().unwrap_or(name);
        let begun = beginnings.entry(first).or_default();
        if !code.is_empty() {
            begun.push((code, name));
        }
    }
    beginnings
});
