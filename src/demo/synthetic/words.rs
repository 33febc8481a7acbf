//! French texts: titles, names and descriptions, put together from words.

use super::random::Random;

const THINGS: &[&str] = &[
    "arrêts de bus",
    "points de collecte",
    "équipements sportifs",
    "subventions aux associations",
    "zones inondables",
    "stations de mesure",
    "bâtiments publics",
    "arbres d’alignement",
    "permis de construire",
    "voies cyclables",
    "parcelles agricoles",
    "écoles maternelles",
    "bornes de recharge",
    "résultats électoraux",
    "marchés publics",
    "délibérations",
    "espaces verts",
    "parkings relais",
    "sites archéologiques",
    "captages d’eau potable",
    "accidents corporels",
    "comptages routiers",
    "menus des cantines",
    "lieux de mémoire",
    "bibliothèques",
    "réseaux de chaleur",
    "émissions atmosphériques",
    "hébergements touristiques",
    "cours d’eau",
    "plans locaux d’urbanisme",
    "servitudes d’utilité publique",
    "prélèvements",
    "dépenses d’investissement",
    "effectifs scolaires",
    "foyers fiscaux",
    "prénoms déclarés",
    "monuments protégés",
    "orthophotographies",
    "relevés pluviométriques",
    "nappes souterraines",
];
const KINDS: &[&str] = &[
    "Liste des",
    "Localisation des",
    "Inventaire des",
    "Référentiel des",
    "Fréquentation des",
    "Suivi des",
    "Cartographie des",
    "Bilan annuel des",
    "Historique des",
    "Base de données des",
    "Statistiques sur les",
    "Zonage des",
    "Périmètres des",
    "Horaires des",
    "Qualité des",
];
const BODIES: &[&str] = &[
    "Ville de",
    "Commune de",
    "Communauté d’agglomération de",
    "Communauté de communes du pays de",
    "Métropole de",
    "Département de",
    "Syndicat mixte de",
    "Office de tourisme de",
    "Agence d’urbanisme de",
    "Centre hospitalier de",
    "Chambre d’agriculture de",
    "Université de",
    "Direction départementale de",
    "Parc naturel de",
    "Service d’incendie de",
    "Observatoire de",
];
const STARTS: &[&str] = &[
    "Saint-", "Val-", "Mont", "Bel", "Ville", "Cham", "Font", "Roche", "Mar", "Lan", "Ker", "Plou",
    "Aubi", "Cour", "Bois", "Neu", "Grand", "Pont", "Vau", "Cler", "Gui", "Haute", "Mer", "Tour",
];
const MIDDLES: &[&str] = &[
    "be", "cla", "di", "fon", "go", "lo", "ma", "nou", "pré", "ri", "sa", "ti", "vi", "zé", "ni",
    "ver",
];
const ENDS: &[&str] = &[
    "ville",
    "court",
    "gnac",
    "sur-Orle",
    "les-Bains",
    "mont",
    "ac",
    "y",
    "bourg",
    "sac",
    "heim",
    "le-Vieux",
    "en-Plaine",
    "ières",
    "ans",
    "euil",
    "oux",
    "igny",
    "rac",
    "val",
];
const WORDS: &[&str] = &[
    "données",
    "recensement",
    "mise à jour",
    "producteur",
    "territoire",
    "périmètre",
    "collecte",
    "fichier",
    "colonnes",
    "identifiant",
    "coordonnées",
    "projection",
    "Lambert 93",
    "millésime",
    "méthode",
    "indicateur",
    "échelle",
    "commune",
    "département",
    "région",
    "service",
    "gestion",
    "enquête",
    "terrain",
    "contrôle",
    "validation",
    "saisie",
    "export",
    "format",
    "séparateur",
    "encodage",
    "attributs",
    "géométrie",
    "surface",
    "linéaire",
    "ponctuel",
    "réglementation",
    "arrêté",
    "directive",
    "convention",
    "licence",
    "diffusion",
    "usage",
    "limites",
    "précision",
    "source",
    "historique",
    "campagne",
    "capteur",
    "moyenne",
    "total",
    "effectif",
    "budget",
    "exercice",
    "population",
    "logement",
    "transport",
    "énergie",
    "environnement",
    "patrimoine",
    "culture",
    "enseignement",
    "santé",
    "économie",
    "emploi",
    "agriculture",
    "forêt",
    "littoral",
    "annuel",
    "mensuel",
    "provisoire",
    "définitif",
    "communal",
    "national",
    "public",
    "ouvert",
    "complet",
    "partiel",
    "géographique",
    "administratif",
    "technique",
    "principal",
    "secondaire",
    "recense",
    "décrit",
    "fournit",
    "contient",
    "précise",
    "complète",
    "remplace",
    "actualise",
    "selon",
    "depuis",
    "pour",
    "avec",
    "sans",
    "dans",
    "par",
    "chaque",
    "entre",
    "ainsi que",
];
const LINKS: &[&str] = &[
    "de la",
    "du",
    "des",
    "et la",
    "sur le",
    "au titre du",
    "issu du",
    "hors",
];
const TAGS: &[&str] = &[
    "environnement",
    "transport",
    "urbanisme",
    "donnees-ouvertes",
    "eau",
    "energie",
    "culture",
    "patrimoine",
    "tourisme",
    "agriculture",
    "foret",
    "risques",
    "inondation",
    "plu",
    "zonage",
    "geoscientific-information",
    "cadastre",
    "education",
    "sante",
    "budget",
    "subventions",
    "marches-publics",
    "scdl",
    "mobilite",
    "velo",
    "gtfs",
    "stationnement",
    "qualite-de-l-air",
    "biodiversite",
    "natura-2000",
    "inspire",
    "occupation-du-sol",
    "limites-administratives",
    "population",
    "emploi",
    "logement",
    "elections",
    "economie",
    "littoral",
    "mer",
    "geologie",
    "espaces-verts",
    "equipements",
    "sport",
    "voirie",
    "adresses",
    "batiments",
    "bruit",
    "dechets",
    "meteorologiques",
    "geospatiales",
    "statistiques",
    "grand-public",
    "planification",
];

/// A place that exists nowhere.
pub(super) fn place(random: &mut Random) -> String {
    let (start, end) = (random.pick(STARTS), random.pick(ENDS));
    let middle = if random.chance(0.7) {
        random.pick(MIDDLES)
    } else {
        ""
    };
    format!("{start}{middle}{end}")
}

/// The name of a public body.
pub(super) fn body(random: &mut Random) -> String {
    format!("{} {}", random.pick(BODIES), place(random))
}

/// The title of a dataset.
pub(super) fn title(random: &mut Random) -> String {
    let (kind, thing, place) = (random.pick(KINDS), random.pick(THINGS), place(random));
    if random.chance(0.4) {
        return format!("{kind} {thing} — {place} — {}", random.between(2008, 2026));
    }
    format!("{kind} {thing} de {place}")
}

/// The title of a file.
pub(super) fn file(random: &mut Random) -> String {
    let (thing, year) = (random.pick(THINGS), random.between(2008, 2026));
    match random.below(3) {
        0 => format!("{thing}-{year}-{}", random.hex(4)),
        1 => format!("Export des {thing} ({year})"),
        _ => format!("{} — {}", random.pick(THINGS), place(random)),
    }
}

/// Prose in Markdown of about so many bytes.
pub(super) fn prose(random: &mut Random, length: u32) -> String {
    let length = usize::try_from(length).unwrap_or_default();
    let mut text = String::with_capacity(length + 200);
    while text.len() < length {
        sentence(random, &mut text);
        text.push_str(match random.below(8) {
            0 => "\n\n",
            1 if text.len() > 400 => "\n\n- ",
            _ => " ",
        });
    }
    text.trim_end_matches([' ', '\n', '-']).to_owned()
}

fn sentence(random: &mut Random, text: &mut String) {
    match random.below(10) {
        0 => {
            let (word, domain) = (random.pick(WORDS), domain(random));
            text.extend([format!(
                "Voir [la page « {word} »](https://{domain}/{}).",
                random.hex(6)
            )]);
            return;
        }
        1 => text.push_str("Ce jeu de données "),
        2 => text.extend([format!("**{}** : ", random.pick(WORDS))]),
        3 => text.extend([format!("En {}, ", random.between(1998, 2026))]),
        _ => text.push_str(random.pick(&["Le ", "La ", "Chaque ", "Pour ", "Un "])),
    }
    for _ in 0..random.between(4, 11) {
        text.push_str(random.pick(WORDS));
        text.push(' ');
        text.push_str(random.pick(LINKS));
        text.push(' ');
    }
    let place = place(random);
    text.extend([format!("{place} ({} unités).", random.below(90_000))]);
}

/// A host name under `.example`.
pub(super) fn domain(random: &mut Random) -> String {
    format!(
        "{}.{}.example",
        random.pick(&["www", "data", "opendata", "catalogue", "sig"]),
        slug(&place(random))
    )
}

/// Some keywords.
pub(super) fn tags(random: &mut Random) -> Vec<String> {
    (0..random.between(2, 11))
        .map(|_| random.pick(TAGS).to_owned())
        .collect()
}

/// A text as part of an address.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'â' => slug.push('a'),
            'é' | 'è' | 'ê' => slug.push('e'),
            'î' => slug.push('i'),
            'ô' => slug.push('o'),
            'ç' => slug.push('c'),
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            _ if !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_matches('-').to_owned()
}
