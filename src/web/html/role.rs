//! What roles and laws are called where no vocabulary of the program says it.

use super::text::Language;

/// The name of a role, from the last part of its IRI; nothing for one that is not known.
pub(super) fn role(iri: &str, language: Language) -> Option<&'static str> {
    let (french, english) = match iri.rsplit(['/', '#']).next().unwrap_or_default() {
        "author" => ("Auteur", "Author"),
        "contributor" => ("Contributeur", "Contributor"),
        "creator" => ("Créateur", "Creator"),
        "custodian" => ("Gestionnaire", "Custodian"),
        "distributor" => ("Distributeur", "Distributor"),
        "originator" => ("À l’origine des données", "Originator"),
        "owner" => ("Propriétaire", "Owner"),
        "principalInvestigator" => ("Responsable scientifique", "Principal investigator"),
        "processor" => ("Chargé du traitement", "Processor"),
        "publisher" => ("Publié d’abord par", "First published by"),
        "resourceProvider" => ("Fournisseur", "Resource provider"),
        "rightsHolder" => ("Titulaire des droits", "Rights holder"),
        "user" => ("Utilisateur", "User"),
        _ => return None,
    };
    Some(language.either(french, english))
}

/// The name of a French law that datasets are published under.
pub(super) fn law(iri: &str, language: Language) -> Option<&'static str> {
    let path = iri.split_once("legifrance.gouv.fr/eli/")?.1;
    let (french, english) = if path.starts_with("loi/2016/10/7/ECFI1524250L") {
        (
            "Loi 2016-1321 pour une République numérique",
            "Law 2016-1321 for a digital republic",
        )
    } else if path.starts_with("decret/2017/3/14/PRMJ1636987D") {
        (
            "Décret 2017-331, service public de la donnée",
            "Decree 2017-331, public service of data",
        )
    } else {
        return None;
    };
    Some(language.either(french, english))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_known_by_property_and_by_code_list() {
        let french = |iri| role(iri, Language::Fr);
        assert_eq!(
            french("http://data.europa.eu/930/custodian"),
            Some("Gestionnaire")
        );
        let listed = "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/owner";
        assert_eq!(french(listed), Some("Propriétaire"));
        assert_eq!(french("https://e.org/admirer"), None);
    }
}
