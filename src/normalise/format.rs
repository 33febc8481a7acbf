//! Formats and media types of distributions: EU file types, IANA media types, each from the other
//! where one is missing.
//!
//! What is in neither list stays as the label of a node of the class that DCAT-AP demands. Parameters
//! of a media type (`; charset=utf-8`) are no part of it and go to the origin graph.

use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term};

use super::pass::Work;
use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dct};
use crate::vocabulary::{Alignment, Vocabularies};

/// What a format or media type turned out to be, with the value that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    meaning: Meaning,
    written: Option<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    /// A concept.
    Known(NamedNode),
    /// An IRI or a node that is kept as it is.
    Kept(Term),
    /// A text that becomes a label.
    Label(Literal),
}

pub(super) fn formats(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let properties = [dct::FORMAT, dcat::MEDIA_TYPE];
    let Some(mut work) = Work::on(graph, &properties) else {
        return Vec::new();
    };
    let distributions = work.instances(dcat::DISTRIBUTION_CLASS);
    for (subject, [formats, media_types]) in work.take(properties) {
        let mut formats: Vec<Read> = formats
            .into_iter()
            .map(|term| format(&work, vocabularies, term))
            .collect();
        let mut media: Vec<Read> = Vec::new();
        for term in media_types {
            match media_type(&work, vocabularies, &term) {
                Some(meaning) => media.push(Read {
                    meaning,
                    written: Some(term),
                }),
                // "Excel" as a media type says nothing but a format.
                None if formats.is_empty() => formats.push(format(&work, vocabularies, term)),
                None => {
                    let message = "only the original is kept: it is no media type";
                    work.find(
                        Code::FormatUnknown,
                        &subject,
                        dcat::MEDIA_TYPE,
                        message,
                        &term,
                    );
                    work.original(&subject, dcat::MEDIA_TYPE, &term);
                }
            }
        }
        if distributions.contains(&subject) {
            keep_one(&mut work, &subject, dct::FORMAT, &mut formats);
            keep_one(&mut work, &subject, dcat::MEDIA_TYPE, &mut media);
            complete(&work, vocabularies, &mut formats, &mut media);
        }
        for read in formats {
            write(&mut work, &subject, Property::Format, read);
        }
        for read in media {
            write(&mut work, &subject, Property::MediaType, read);
        }
    }
    work.finish()
}

fn format(work: &Work<'_>, vocabularies: &Vocabularies, term: Term) -> Read {
    let concept = work
        .readings(&term)
        .find_map(|text| vocabularies.align(Alignment::Format, bare(text)));
    let meaning = match (concept, &term) {
        (Some(concept), _) => Meaning::Known(concept.into_owned()),
        (None, Term::Literal(text)) => Meaning::Label(text.clone()),
        (None, _) => Meaning::Kept(term.clone()),
    };
    Read {
        meaning,
        written: Some(term),
    }
}

/// The media type that `term` means; none where it cannot be one.
fn media_type(work: &Work<'_>, vocabularies: &Vocabularies, term: &Term) -> Option<Meaning> {
    let concept = work
        .readings(term)
        .find_map(|text| vocabularies.align(Alignment::MediaType, bare(text)));
    if let Some(concept) = concept {
        return Some(Meaning::Known(concept.into_owned()));
    }
    match term {
        Term::Literal(text) => {
            let name = bare(text.value()).to_ascii_lowercase();
            is_media_type(&name).then(|| Meaning::Label(Literal::new_simple_literal(name)))
        }
        other => Some(Meaning::Kept(other.clone())),
    }
}

/// Tells the format from the media type, and the media type from the format, where one is missing
/// and the lists know it. Only what is written at the end counts, so that a second time adds nothing.
fn complete(
    work: &Work<'_>,
    vocabularies: &Vocabularies,
    formats: &mut Vec<Read>,
    media: &mut Vec<Read>,
) {
    let derived = |meaning: Meaning| Read {
        meaning,
        written: None,
    };
    let named = |meaning: &Meaning| match meaning {
        Meaning::Known(concept) => vocabularies
            .concept(concept.as_str())
            .and_then(|c| c.notation.clone()),
        Meaning::Kept(term) => work.text(term).map(|text| bare(text).to_owned()),
        Meaning::Label(text) => Some(text.value().to_owned()),
    };
    if let ([], [read]) = (formats.as_slice(), media.as_slice()) {
        let concept =
            named(&read.meaning).and_then(|name| vocabularies.align(Alignment::Format, &name));
        formats.extend(concept.map(|concept| derived(Meaning::Known(concept.into_owned()))));
    }
    if let ([read], []) = (formats.as_slice(), media.as_slice()) {
        // A format given as a media type is one; else its code says it where it has only one.
        let written = read
            .written
            .as_ref()
            .and_then(|term| work.text(term))
            .map(bare);
        let stated = written.filter(|text| is_media_type(&text.to_ascii_lowercase()));
        let meaning = match (stated, &read.meaning) {
            (Some(text), _) => media_type(
                work,
                vocabularies,
                &Literal::new_simple_literal(text).into(),
            ),
            (None, Meaning::Known(_)) => named(&read.meaning)
                .and_then(|code| vocabularies.align(Alignment::MediaType, &code))
                .map(|concept| Meaning::Known(concept.into_owned())),
            (None, _) => None,
        };
        media.extend(meaning.map(derived));
    }
}

/// Leaves the first that is in the list, else the first; the others go to the origin graph.
fn keep_one(
    work: &mut Work<'_>,
    subject: &NamedOrBlankNode,
    property: oxigraph::model::NamedNodeRef<'static>,
    reads: &mut Vec<Read>,
) {
    if reads.len() < 2 {
        return;
    }
    let known = |read: &Read| matches!(read.meaning, Meaning::Known(_));
    let kept = reads.swap_remove(reads.iter().position(known).unwrap_or(0));
    for other in std::mem::take(reads) {
        let Some(written) = &other.written else {
            continue;
        };
        if other.meaning != kept.meaning {
            let message = "left out: a distribution has one";
            work.find(Code::TooManyValues, subject, property, message, written);
        }
        work.original(subject, property, written);
    }
    reads.push(kept);
}

#[derive(Clone, Copy)]
enum Property {
    Format,
    MediaType,
}

fn write(work: &mut Work<'_>, subject: &NamedOrBlankNode, property: Property, read: Read) {
    let (property, class) = match property {
        Property::Format => (dct::FORMAT, dct::MEDIA_TYPE_OR_EXTENT),
        Property::MediaType => (dcat::MEDIA_TYPE, dct::MEDIA_TYPE),
    };
    let changed = |term: &Term| match &read.meaning {
        Meaning::Known(concept) => term.as_ref() != concept.as_ref().into(),
        Meaning::Kept(_) => false,
        Meaning::Label(_) => true,
    };
    let written = read.written.clone();
    if let Some(term) = written.filter(changed) {
        work.original(subject, property, &term);
    }
    match read.meaning {
        Meaning::Known(concept) => work.put(subject, property, concept),
        Meaning::Kept(term) => work.put(subject, property, term),
        Meaning::Label(text) => {
            if let Some(term) = &read.written {
                let message = "not in the vocabulary: kept as a label";
                work.find(Code::FormatUnknown, subject, property, message, term);
            }
            let node = work.labelled(class, text);
            work.put(subject, property, node);
        }
    }
}

/// A media type without its parameters, and without the IRI that IANA's pages or purl.org give it.
fn bare(text: &str) -> &str {
    let name = text.split_once("//").map_or(text, |(_, address)| {
        [
            "www.iana.org/assignments/media-types/",
            "purl.org/NET/mediatypes/",
        ]
        .into_iter()
        .find_map(|prefix| address.strip_prefix(prefix))
        .unwrap_or(text)
    });
    if name.contains("://") {
        return name;
    }
    name.split(';').next().unwrap_or(name).trim()
}

/// `type/subtype` as RFC 6838 writes it, of a registered top-level type.
fn is_media_type(text: &str) -> bool {
    const TYPES: [&str; 10] = [
        "application",
        "audio",
        "font",
        "haptics",
        "image",
        "message",
        "model",
        "multipart",
        "text",
        "video",
    ];
    let Some((kind, name)) = text.split_once('/') else {
        return false;
    };
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b);
    TYPES.contains(&kind) && (1..=127).contains(&name.len()) && name.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_read_without_parameters_and_addresses() {
        for (written, name) in [
            ("text/csv; charset=utf-8", "text/csv"),
            (
                "http://www.iana.org/assignments/media-types/text/csv",
                "text/csv",
            ),
            (
                "https://www.iana.org/assignments/media-types/application/x;q=1",
                "application/x",
            ),
            ("https://e.org/formats;a", "https://e.org/formats;a"),
            ("CSV", "CSV"),
        ] {
            assert_eq!(bare(written), name);
        }
        assert!(is_media_type("application/vnd.ms-excel"));
        for odd in [
            "rdf/xml",
            "csv",
            "text/",
            "text/a b",
            "application/json, text/csv",
        ] {
            assert!(!is_media_type(odd), "{odd}");
        }
    }
}
