//! What records of a kind are called, one or many of them.

use super::number::count;
use super::text::Language;
use crate::record::Kind;

/// `1 jeu de données`, `12 jeux de données`; nothing for kinds that are never counted.
pub(super) fn counted(number: u64, kind: Kind, language: Language) -> String {
    let noun = match (language, number) {
        (Language::Fr, 0 | 1) | (Language::En, 1) => singular(kind, language),
        _ => plural(kind, language),
    };
    format!("{}\u{a0}{noun}", count(number, language))
}

/// What agents are called that are persons.
pub(super) fn persons(number: u64, language: Language) -> &'static str {
    match (language, number) {
        (Language::Fr, 0 | 1) => "personne",
        (Language::Fr, _) => "personnes",
        (Language::En, 1) => "person",
        (Language::En, _) => "persons",
    }
}

/// What one of them is called.
pub(super) fn singular(kind: Kind, language: Language) -> &'static str {
    let (french, english) = match kind {
        Kind::Catalogue => ("catalogue", "catalogue"),
        Kind::Portal => ("portail", "portal"),
        Kind::Dataset => ("jeu de données", "dataset"),
        Kind::Organization => ("organisation", "organisation"),
        Kind::Contact => ("point de contact", "contact point"),
        Kind::Service => ("service de données", "data service"),
        Kind::Series => ("série", "series"),
        Kind::Reuse => ("réutilisation", "reuse"),
        Kind::Discussion => ("discussion", "discussion"),
        Kind::Distribution => ("ressource communautaire", "community resource"),
        Kind::Topic => ("thématique", "topic"),
        Kind::Origin => ("portail d’origine", "source portal"),
    };
    language.either(french, english)
}

/// What several of them are called.
pub(super) fn plural(kind: Kind, language: Language) -> &'static str {
    let (french, english) = match kind {
        Kind::Catalogue => ("catalogues", "catalogues"),
        Kind::Portal => ("portails", "portals"),
        Kind::Dataset => ("jeux de données", "datasets"),
        Kind::Organization => ("organisations", "organisations"),
        Kind::Contact => ("points de contact", "contact points"),
        Kind::Service => ("services de données", "data services"),
        Kind::Series => ("séries", "series"),
        Kind::Reuse => ("réutilisations", "reuses"),
        Kind::Discussion => ("discussions", "discussions"),
        Kind::Distribution => ("ressources communautaires", "community resources"),
        Kind::Topic => ("thématiques", "topics"),
        Kind::Origin => ("portails d’origine", "source portals"),
    };
    language.either(french, english)
}

/// A noun at the head of something.
pub(super) fn capital(noun: &str) -> String {
    let mut chars = noun.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_number() {
        let fr = |number| counted(number, Kind::Dataset, Language::Fr);
        assert_eq!(
            (fr(0).as_str(), fr(1).as_str()),
            ("0\u{a0}jeu de données", "1\u{a0}jeu de données")
        );
        assert_eq!(fr(2), "2\u{a0}jeux de données");
        assert_eq!(counted(0, Kind::Reuse, Language::En), "0\u{a0}reuses");
    }
}
