//! What the page says, in English and in French, and its examples.

/// What the page says, in one language.
pub(super) struct Texts {
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) label: &'static str,
    pub(super) run: &'static str,
    pub(super) examples: &'static str,
    pub(super) answer: &'static str,
    pub(super) none: &'static str,
    pub(super) cut: &'static str,
    pub(super) download: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
}

pub(super) const ENGLISH: Texts = Texts {
    title: "SPARQL query",
    intro: "Ask the whole catalogue. Programs send their queries to this same address.",
    label: "Query",
    run: "Run",
    examples: "Examples",
    answer: "Result",
    none: "No result.",
    cut: "Only the first rows are shown here. The files have them all:",
    download: "As a file:",
    yes: "Yes",
    no: "No",
};

pub(super) const FRENCH: Texts = Texts {
    title: "Requête SPARQL",
    intro: "Interrogez tout le catalogue. Les programmes envoient leurs requêtes à cette même adresse.",
    label: "Requête",
    run: "Lancer",
    examples: "Exemples",
    answer: "Résultat",
    none: "Aucun résultat.",
    cut: "Seules les premières lignes sont affichées. Les fichiers les ont toutes :",
    download: "En fichier :",
    yes: "Oui",
    no: "Non",
};

/// Titles in English and in French, with their queries.
pub(super) const EXAMPLES: &[(&str, &str, &str)] = &[
    (
        "Latest datasets",
        "Derniers jeux de données",
        include_str!("../../../../queries/latest.rq"),
    ),
    (
        "Datasets by publisher",
        "Jeux de données par producteur",
        include_str!("../../../../queries/publishers.rq"),
    ),
    (
        "Formats",
        "Formats",
        include_str!("../../../../queries/formats.rq"),
    ),
    (
        "Search a title",
        "Chercher dans les titres",
        include_str!("../../../../queries/search.rq"),
    ),
    (
        "One dataset as a graph",
        "Un jeu de données en graphe",
        include_str!("../../../../queries/describe.rq"),
    ),
];
