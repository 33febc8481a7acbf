//! Alignments: which concept a portal's text means.
//!
//! Each alignment is one file of `vocabularies/match` (header `text,concept`) together with the
//! IRIs of the concepts of its scheme, which mean themselves. An alignment never guesses: a text is
//! in the file, or has a structure that says as much (see [`Vocabularies::align`](super::Vocabularies)),
//! or it is unknown. Licence texts that leave the version open ("CC BY") are unknown on
//! purpose, the concepts that look like them are labelled 4.0. Only the theme alignment may give
//! several concepts for one text, since one INSPIRE theme belongs to several EU data themes.

use foldhash::{HashMap, HashMapExt as _};
use oxigraph::model::NamedNode;

use super::text::lookup_key;

/// What a portal's text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// Formats, extensions and media types → EU file types (`dct:format`).
    Format,
    /// Media types, and formats that have only one → IANA media types (`dcat:mediaType`).
    MediaType,
    /// Licence ids, titles and IRIs → EU licences.
    Licence,
    /// Update frequencies of udata, ISO 19115, Dublin Core, ISO 8601 and free text → EU frequencies.
    Frequency,
    /// ISO 639 codes, locales and names → EU languages.
    Language,
    /// Access types of udata, INSPIRE and free text → EU access rights.
    AccessRight,
    /// Why access is limited, in udata's words → INSPIRE limitations on public access.
    AccessLimitation,
    /// INSPIRE's conditions applying to access and use: none apply, or they are unknown.
    AccessCondition,
    /// Labels and tags of high-value dataset categories, on all three levels.
    HvdCategory,
    /// Labels and IRIs of EU themes, INSPIRE themes and ISO topic categories → EU data themes.
    Theme,
    /// Labels and codes of INSPIRE themes.
    InspireTheme,
    /// ISO 3166-1 codes and names → EU countries.
    Country,
    /// How long data are planned to be available, in the EU's and dcat-ap.de's words.
    Availability,
    /// Names of hash functions → SPDX checksum algorithms.
    Checksum,
}

impl Alignment {
    /// All alignments.
    pub const ALL: [Self; 14] = [
        Self::Format,
        Self::MediaType,
        Self::Licence,
        Self::Frequency,
        Self::Language,
        Self::AccessRight,
        Self::AccessLimitation,
        Self::AccessCondition,
        Self::HvdCategory,
        Self::Theme,
        Self::InspireTheme,
        Self::Country,
        Self::Availability,
        Self::Checksum,
    ];

    /// The scheme whose concepts the alignment gives.
    #[must_use]
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Format => "http://publications.europa.eu/resource/authority/file-type",
            Self::MediaType => "http://www.iana.org/assignments/media-types",
            Self::Licence => "http://publications.europa.eu/resource/authority/licence",
            Self::Frequency => "http://publications.europa.eu/resource/authority/frequency",
            Self::Language => "http://publications.europa.eu/resource/authority/language",
            Self::AccessRight => "http://publications.europa.eu/resource/authority/access-right",
            Self::AccessLimitation => {
                "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess"
            }
            Self::AccessCondition => {
                "http://inspire.ec.europa.eu/metadata-codelist/ConditionsApplyingToAccessAndUse"
            }
            Self::HvdCategory => "http://data.europa.eu/bna/asd487ae75",
            Self::Theme => "http://publications.europa.eu/resource/authority/data-theme",
            Self::InspireTheme => "http://inspire.ec.europa.eu/theme",
            Self::Country => "http://publications.europa.eu/resource/authority/country",
            Self::Availability => {
                "http://publications.europa.eu/resource/authority/planned-availability"
            }
            Self::Checksum => "http://spdx.org/rdf/terms",
        }
    }

    /// Where the IRIs of other lists begin that have the same codes, in the form of a key.
    fn others(self) -> &'static [&'static str] {
        match self {
            Self::Frequency => &[
                "https://dcat-ap.ch/vocabulary/frequency/",
                "https://inspire.ec.europa.eu/metadata-codelist/maintenancefrequency/",
                "https://inspire.ec.europa.eu/metadata-codelist/maintenancefrequencycode/",
                "https://purl.org/cld/freq/",
            ],
            Self::Language => &[
                "https://id.loc.gov/vocabulary/iso639-1/",
                "https://id.loc.gov/vocabulary/iso639-2/",
                "https://lexvo.org/id/iso639-1/",
                "https://lexvo.org/id/iso639-2/",
                "https://lexvo.org/id/iso639-3/",
                "https://www.lexvo.org/id/iso639-1/",
                "https://www.lexvo.org/id/iso639-3/",
                "https://lexvo.org/page/iso639-3/",
                "https://iso639-3.sil.org/code/",
                "https://psi.oasis-open.org/iso/639/#",
            ],
            Self::Country => &["https://lexvo.org/id/iso3166/"],
            Self::Availability => &[
                "https://dcat-ap.de/def/plannedavailability/",
                "https://www.dcat-ap.de/def/plannedavailability/",
                "https://data.europa.eu/r5r/availability/",
            ],
            Self::Theme => &[
                "https://publications.europa.eu/resource/dataset/data-theme/",
                "https://opendata.swiss/themes/",
            ],
            _ => &[],
        }
    }
}

/// One alignment, ready to be asked.
#[derive(Debug)]
pub(super) struct Table {
    /// The key of the scheme with its final slash, as IRIs below it begin.
    below_scheme: String,
    /// Where the IRIs of other lists with the same codes begin.
    others: &'static [&'static str],
    concepts: HashMap<Box<str>, Vec<NamedNode>>,
}

impl Table {
    pub(super) fn new(alignment: Alignment) -> Self {
        Self {
            below_scheme: format!("{}/", lookup_key(alignment.scheme())),
            others: alignment.others(),
            concepts: HashMap::new(),
        }
    }

    pub(super) fn insert(&mut self, text: &str, concept: NamedNode) {
        let concepts = self.concepts.entry(lookup_key(text).into()).or_default();
        if !concepts.contains(&concept) {
            concepts.push(concept);
        }
    }

    /// The concepts that `text` means; none where it is unknown.
    ///
    /// Spellings that no list can enumerate are understood as well: an IRI below the scheme, or a list
    /// with the same codes, whose code is a known text (`…/language/GER`, `…/iso639-1/de`); a code list
    /// of ISO with its name before the code (`codelists.xml#MD_MaintenanceFrequencyCode_annually`);
    /// parameters after a media type (`text/csv; charset=utf-8`); punctuation around a text.
    pub(super) fn find(&self, text: &str) -> &[NamedNode] {
        let key = lookup_key(text);
        let code = key.strip_prefix(&self.below_scheme);
        let other = self.others.iter().find_map(|list| key.strip_prefix(list));
        let of_iso = key
            .rsplit_once("codelists.xml#")
            .map(|(_, code)| code.rsplit('_').next().unwrap_or(code));
        let bare = key.split_once(';').map(|(before, _)| before.trim_end());
        let edges = [
            '.', ',', ';', ':', '"', '«', '»', '“', '”', '(', ')', '[', ']', ' ',
        ];
        let inside = (!key.starts_with('.')).then(|| key.trim_matches(edges));
        [Some(key.as_ref()), code, other, of_iso, bare, inside]
            .into_iter()
            .flatten()
            .find_map(|candidate| self.concepts.get(candidate))
            .map_or(&[], Vec::as_slice)
    }
}
