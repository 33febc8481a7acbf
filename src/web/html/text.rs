//! The texts of the interface, in French and English: one table, a line a text.
//!
//! Texts are plain: templates escape them like any other value. What the data says is never here.

/// A language that the pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::web) enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

impl Language {
    /// Every language, the first one being what an unknown tag is answered with.
    pub(in crate::web) const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The language of a tag (`fr`, `fr-CA`, `EN`); [`Language::Fr`] for any other.
    #[must_use]
    pub(in crate::web) fn of(tag: &str) -> Self {
        Self::known(tag).unwrap_or(Self::Fr)
    }

    /// The language of a tag, if pages are written in it.
    #[must_use]
    pub(in crate::web) fn known(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(main))
    }

    /// The language tag.
    #[must_use]
    pub(in crate::web) fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub(in crate::web) fn name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// The texts in it.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::Fr => &FRENCH,
            Self::En => &ENGLISH,
        }
    }

    /// The French or the English one of two texts.
    pub(in crate::web) fn either<'a>(self, french: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Fr => french,
            Self::En => english,
        }
    }
}

macro_rules! words {
    ($($name:ident: $french:literal, $english:literal;)*) => {
        /// Every text of the interface in one language.
        #[derive(Debug)]
        pub(super) struct Words {
            $(pub(super) $name: &'static str,)*
        }
        static FRENCH: Words = Words { $($name: $french,)* };
        static ENGLISH: Words = Words { $($name: $english,)* };
    };
}

words! {
    // The frame of every page.
    skip: "Aller au contenu", "Skip to content";
    main_navigation: "Navigation principale", "Main navigation";
    languages: "Langue", "Language";
    nav_catalogue: "Jeux de données", "Datasets";
    nav_sparql: "SPARQL", "SPARQL";
    nav_status: "État", "Status";
    published: "Publication", "Publication";
    metadata_licence: "Licence des métadonnées", "Licence of the metadata";
    raw: "Données de cette page", "Data of this page";
    raw_help: "Les mêmes informations en RDF, pour les programmes :", "The same information as RDF, for programs:";
    address: "Adresse permanente", "Permanent address";
    home: "Accueil", "Home";
    breadcrumb: "Fil d’Ariane", "Breadcrumb";

    // A dataset.
    untitled: "Sans titre", "Untitled";
    description: "Description", "Description";
    no_description: "Le portail d’origine ne donne pas de description.", "The source portal gives no description.";
    shortened: "Texte abrégé : la version complète est dans les données de cette page.", "Shortened: the full text is in the data of this page.";
    high_value: "Jeu de forte valeur (HVD)", "High-value dataset (HVD)";
    publisher: "Producteur", "Publisher";
    issued: "Publié", "Published";
    modified: "Modifié", "Modified";
    frequency: "Fréquence", "Frequency";
    version: "Version", "Version";
    access_rights: "Droits d’accès", "Access rights";
    licence: "Licence", "Licence";
    rights: "Mentions de droits", "Rights";
    themes: "Thèmes", "Themes";
    hvd_categories: "Catégories HVD", "HVD categories";
    languages_of: "Langues", "Languages";
    keywords: "Mots-clés", "Keywords";
    temporal: "Période couverte", "Period covered";
    spatial: "Territoire couvert", "Area covered";
    contacts: "Contact", "Contact";
    landing_page: "Page d’origine", "Landing page";
    documentation: "Documentation", "Documentation";
    identifiers: "Identifiants", "Identifiers";
    conforms_to: "Conforme à", "Conforms to";
    reference_system: "Système de référence", "Reference system";
    representation: "Représentation", "Representation";
    version_notes: "Notes de version", "Version notes";
    lineage: "Généalogie", "Lineage";
    series: "Série", "Series";
    picture: "Aperçu", "Preview";
    sample: "Échantillon", "Sample";
    about: "Informations", "About";
    until: "Fin :", "Until";
    since: "Début :", "From";
    extent: "Emprise", "Extent";

    // Its distributions.
    distributions: "Fichiers et accès", "Files and access";
    no_distribution: "Aucun fichier n’est annoncé par le portail d’origine.", "The source portal announces no file.";
    download: "Télécharger", "Download";
    details: "Détails", "Details";
    open_page: "Consulter", "Open";
    checksum: "Empreinte", "Checksum";
    schema: "Schéma", "Schema";
    service: "Service", "Service";
    further_download: "Autre téléchargement", "Further download";
    further_access: "Autre accès", "Further access";
    unusable_link: "adresse inutilisable", "unusable address";
    in_rdf_only: "ne sont que dans les données de cette page", "are only in the data of this page";

    // Where it comes from.
    provenance: "Provenance", "Provenance";
    harvested_from: "Moissonné sur", "Harvested from";
    first_published: "Entré au catalogue", "Entered the catalogue";
    changed: "Notice modifiée", "Record changed";
    source_record: "Notice d’origine", "Source record";
    see_record: "Voir la notice", "See the record";
    named_graphs: "Ce qu’en disent les graphes nommés", "What the named graphs say of it";
    catalogue_record: "Notice du catalogue", "Catalogue record";
    findings: "Ce que la moisson a remarqué", "What the harvester noticed";
    findings_help: "La notice est publiée telle que corrigée ; voici ce qui a été réparé, écarté ou n’a pas été compris.", "The record is published as corrected; this is what was repaired, set aside or not understood.";
    no_finding: "Rien à signaler sur cette notice.", "Nothing to report on this record.";
    finding_what: "Constat", "Finding";
    finding_field: "Champ", "Field";
    finding_value: "Valeur rencontrée", "Value met";
    severity_info: "information", "information";
    severity_warning: "réparé", "repaired";
    severity_violation: "non conforme", "not conformant";

    came_through: "Moissonné par ce portail depuis", "Harvested by that portal from";
    also_published: "Aussi publié par", "Also published by";
    also_derived: "Aussi déduit d’adresses de fichiers de", "Also derived from addresses of files of";
    derived: "Service déduit", "Derived service";
    derived_help: "Déduit des adresses que donne le portail, qui n’en a pas de notice.", "Derived from addresses that the portal gives: it has no record of it.";
    same_doi: "Même DOI :", "Same DOI:";
    same_address: "Même adresse :", "Same address:";
    same_identifier: "Même identifiant :", "Same identifier:";
    same_by_operator: "Selon les responsables de ce catalogue", "According to those in charge of this catalogue";
    recognised: "reconnu", "recognised";
    first_record: "Première notice", "First record";
    legislation: "Base légale", "Legal basis";
    measures: "Mesures", "Measurements";
    quality: "Qualité mesurée", "Measured quality";

    // Services, reuses, discussions, topics, origins, community resources.
    endpoint: "Adresse du service", "Endpoint";
    endpoint_description: "Description pour les programmes", "Machine-readable description";
    availability: "Disponibilité", "Availability";
    open_service: "Ouvrir le service", "Open the service";
    author: "Auteur", "Author";
    see_reuse: "Voir la réutilisation", "See the reuse";
    discussion: "Discussion", "Discussion";
    all_discussions: "Voir toutes les discussions", "See all discussions";
    open: "ouverte", "open";
    closed: "close", "closed";
    closed_on: "Close", "Closed";
    opened: "Ouverte", "Opened";
    last_message: "Dernier message", "Last message";
    read: "Lire les messages", "Read the messages";
    answer: "Répondre sur le portail", "Answer on the portal";
    see_discussion: "Voir la discussion sur le portail", "See the discussion at the portal";
    no_message: "Aucun message.", "No message.";
    somebody: "Un usager du portail", "A user of the portal";
    discusses: "À propos de", "About";
    topics: "Thématiques", "Topics";
    other_elements: "Autres éléments", "Other elements";
    nothing_listed: "Rien n’est listé ici.", "Nothing is listed here.";
    community: "Ressources communautaires", "Community resources";
    community_help: "Ajoutées par d’autres que le producteur du jeu.", "Added by others than the publisher of the dataset.";
    kind: "Type", "Type";
    granularity: "Granularité", "Granularity";
    harvester: "Moissonneur", "Harvester";
    reached: "disponible", "available";
    unreached: "injoignable", "unreachable";
    visit: "Ouvrir le site", "Open the site";
    all_of_kind: "Liste", "List";

    // Agents, contacts, portals, records.
    part_of: "Fait partie de", "Part of";
    see_also: "Dans un registre", "In a register";
    homepage: "Site", "Website";
    page_at_portal: "Page sur le portail", "Page at the portal";
    datasets: "Jeux de données", "Datasets";
    no_dataset: "Aucun jeu de données.", "No dataset.";
    contact_point: "Point de contact", "Contact point";
    portal: "Portail moissonné", "Harvested portal";
    portals: "Portails moissonnés", "Harvested portals";
    last_run: "Dernière moisson", "Last harvest";
    run_ended: "Fin", "Ended";
    run_running: "en cours", "in progress";
    run_interrupted: "interrompue : reprise à la prochaine moisson", "interrupted: goes on at the next harvest";
    run_done: "complète", "complete";
    run_partial: "incomplète : rien n’a été retiré", "incomplete: nothing was withdrawn";
    run_failed: "échouée", "failed";
    run_suspicious: "suspecte : trop d’absences, rien n’a été retiré", "suspicious: too much was missing, nothing was withdrawn";
    run_state: "Résultat", "Outcome";
    created: "Nouveaux", "Created";
    updated: "Modifiés", "Updated";
    unchanged: "Inchangés", "Unchanged";
    recognised_elsewhere: "Reconnus ailleurs", "Recognised elsewhere";
    withdrawn: "Retirés", "Withdrawn";
    rejected: "Refusés", "Rejected";
    contents: "Contenu", "Contents";

    // Harvests.
    status: "État", "Status";
    status_help: "Les portails moissonnés et leur dernière moisson.", "The harvested portals and their last harvest.";
    harvest: "Moisson", "Harvest";
    harvests: "Moissons", "Harvests";
    all_harvests: "Toutes les moissons", "All harvests";
    no_harvest: "Aucune moisson.", "No harvest yet.";
    unmapped: "Champs sans correspondance", "Fields without a mapping";
    unmapped_about: "Ce que les notices contiennent et que rien ne lit ; le tableau compte les notices.", "What the records hold and nothing reads; the table counts the records.";
    unmapped_field: "Champ", "Field";
    unmapped_records: "Notices", "Records";
    unmapped_example: "Exemple", "Example";
    run_started: "Début", "Started";
    run_mode: "Portée", "Scope";
    mode_full: "complète", "full";
    mode_incremental: "changements seulement", "changes only";
    mode_reconvert: "conversion nouvelle", "described again";
    run_reason: "Raison", "Reason";
    run_notes: "Remarques", "Notes";
    run_program: "Programme", "Program";
    run_job: "État de la tâche", "Job state";
    listed: "Listés", "Listed";
    measured: "Remesurés", "Measured anew";
    absent: "Absents", "Absent";
    never: "jamais", "never";
    run_findings: "Constats par code", "Findings by code";
    run_records: "Notices", "Records";
    run_records_help: "Les notices inchangées ne sont pas listées.", "Records that did not change are not listed.";
    run_record: "Notice", "Record";
    run_fate: "Sort", "Fate";
    fate_created: "créée", "created";
    fate_updated: "modifiée", "updated";
    fate_rejected: "refusée", "rejected";
    fate_skipped: "passée", "skipped";
    fate_absent: "absente", "absent";
    fate_recognised: "reconnue ailleurs", "recognised elsewhere";
    fate_withdrawn: "retirée", "withdrawn";
    more_records: "La liste est tronquée.", "The list is cut off here.";

    // Lists.
    filters: "Filtres actifs", "Active filters";
    theme: "Thème", "Theme";
    origin_portal: "Portail", "Portal";
    remove_filter: "Retirer le filtre", "Remove the filter";
    clear_filters: "Tout retirer", "Clear all";
    nothing_found: "Rien ne correspond.", "Nothing matches.";
    pages: "Pages", "Pages";
    first: "Première page", "First page";
    previous: "Page précédente", "Previous page";
    next: "Page suivante", "Next page";
    last: "Dernière page", "Last page";
    page: "Page", "Page";
    of: "sur", "of";
    formats: "Formats", "Formats";

    // The entrance.
    latest: "Derniers jeux modifiés", "Latest changes";
    browse: "Parcourir le catalogue", "Browse the catalogue";
    for_programs: "Pour les programmes", "For programs";
    sparql_help: "Interroger tout le catalogue en SPARQL 1.1.", "Query the whole catalogue with SPARQL 1.1.";
    catalogue_help: "Le catalogue DCAT-AP, page par page.", "The DCAT-AP catalogue, page by page.";

    // Named graphs.
    named_graph: "Graphe nommé", "Named graph";
    triples: "Triplets", "Triples";
    graph_ask: "L’interroger", "How to ask it";
    graph_run: "Poser cette question", "Ask this";

    // Errors.
    bad_request: "Demande incorrecte", "Bad request";
    bad_request_help: "L’adresse contient un paramètre que ce serveur ne peut pas lire.", "The address has a parameter that this server cannot read.";
    not_found: "Page introuvable", "Page not found";
    not_found_help: "Rien ne porte cette adresse. Elle a pu être mal recopiée ; si elle vient d’un autre site, prévenez-le.", "Nothing has this address. It may have been miscopied; if another site gave it to you, let them know.";
    not_acceptable: "Aucun format ne convient", "No acceptable format";
    not_acceptable_help: "Cette ressource n’existe pas dans le format demandé. Elle existe en :", "This resource does not exist in the format you asked for. It exists as:";
    gone: "Ressource retirée", "Withdrawn";
    gone_help: "Cette ressource a été publiée ici, puis retirée : son portail d’origine ne la donne plus.", "This resource was published here, then withdrawn: its source portal no longer has it.";
    gone_on: "Retirée", "Withdrawn";
    internal: "Erreur du serveur", "Server error";
    internal_help: "Une erreur est survenue. Elle est consignée ; réessayez plus tard.", "Something went wrong. It has been logged; please try again later.";
    unavailable: "Service momentanément indisponible", "Service temporarily unavailable";
    unavailable_help: "Le serveur est trop occupé ou n’est pas prêt. Réessayez dans quelques instants.", "The server is too busy or not ready yet. Please try again in a moment.";
    back_home: "Retour à l’accueil", "Back to the home page";
    browse_instead: "Parcourir les jeux de données", "Browse the datasets";

    // Any other resource.
    resource: "Ressource", "Resource";
    property: "Propriété", "Property";
    value: "Valeur", "Value";
    node_without_name: "nœud anonyme", "blank node";
    no_triple: "Rien n’est dit de cette ressource.", "Nothing is said of this resource.";
    more_in_rdf: "La suite est dans les données de cette page.", "The rest is in the data of this page.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_language_is_the_first() {
        assert_eq!(Language::of("de"), Language::Fr);
        assert_eq!(Language::of(""), Language::Fr);
        assert_eq!(Language::of("EN-gb"), Language::En);
        assert_eq!(Language::known("de"), None);
    }
}
