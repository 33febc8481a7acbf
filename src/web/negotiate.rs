//! Content negotiation, one function for HTML, RDF and SPARQL results (RFC 9110 §12.5).
//!
//! Quality values, `q=0`, wildcards and specificity are honoured, `charset=utf-8` and a JSON-LD
//! `profile` are read, parts that are malformed are ignored. Ties go to the server's order.

use thiserror::Error;

/// A representation that the server can make.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a, T> {
    /// Its media type in lower case; it may have a `profile` parameter.
    pub media_type: &'a str,
    /// What it stands for.
    pub value: T,
}

/// Nothing on offer is accepted.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("none of the media types on offer is acceptable")]
pub struct NotAcceptable;

/// The offer that `accept` likes best; the first offer when it is absent, empty or nonsense throughout.
///
/// # Errors
/// [`NotAcceptable`] when the header is understood and excludes every offer, or there is no offer.
pub fn negotiate<T: Copy>(
    accept: Option<&str>,
    offers: &[Offer<'_, T>],
) -> Result<T, NotAcceptable> {
    let first = offers.first().map(|offer| offer.value).ok_or(NotAcceptable);
    let ranges: Vec<Range> = split(accept.unwrap_or_default(), ',')
        .filter_map(Range::parse)
        .collect();
    if ranges.is_empty() {
        return first;
    }
    let mut best: Option<(u16, T)> = None;
    for offer in offers {
        let quality = quality(&ranges, offer.media_type);
        if quality > best.map_or(0, |(quality, _)| quality) {
            best = Some((quality, offer.value));
        }
    }
    best.map(|(_, value)| value).ok_or(NotAcceptable)
}

/// Whether `accept` names `media_type` itself, and not only by a wildcard.
#[must_use]
pub fn names(accept: Option<&str>, media_type: &str) -> bool {
    split(accept.unwrap_or_default(), ',')
        .filter_map(Range::parse)
        .any(|range| {
            range.quality > 0 && matches!(range.specificity(&Type::parse(media_type)), Some(2..))
        })
}

/// The position in `available` of the language that `header` (`Accept-Language`) likes best, by the
/// look-up of RFC 4647 §3.4; 0, the server's default, when it likes none.
#[must_use]
pub fn language(header: Option<&str>, available: &[String]) -> usize {
    let mut ranges: Vec<(String, u16)> = split(header.unwrap_or_default(), ',')
        .filter_map(|part| {
            let mut pieces = part.split(';');
            let tag = pieces.next()?.trim().to_ascii_lowercase();
            let fits = !tag.is_empty()
                && tag
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'*'));
            let quality = match pieces.next() {
                Some(parameter) => parse_quality(parameter.trim().strip_prefix("q=")?)?,
                None => 1000,
            };
            fits.then_some((tag, quality))
        })
        .collect();
    ranges.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
    let refused = |language: &str| {
        ranges
            .iter()
            .any(|(tag, quality)| *quality == 0 && tag == language)
    };
    for (tag, quality) in &ranges {
        if *quality == 0 {
            break;
        }
        let found = available.iter().position(|language| {
            let language = language.to_ascii_lowercase();
            let matches = tag == "*"
                || *tag == language
                || is_prefix(&language, tag)
                || is_prefix(tag, &language);
            matches && !refused(&language)
        });
        if let Some(position) = found {
            return position;
        }
    }
    0
}

/// Whether `tag` is `prefix` with further subtags.
fn is_prefix(prefix: &str, tag: &str) -> bool {
    tag.strip_prefix(prefix)
        .is_some_and(|rest| rest.starts_with('-'))
}

/// A media type in parts, lower case.
struct Type {
    main: String,
    sub: String,
    profile: Option<String>,
}

impl Type {
    fn parse(text: &str) -> Self {
        let mut pieces = split(text, ';');
        let (main, sub) = pieces
            .next()
            .and_then(|name| name.split_once('/'))
            .unwrap_or_default();
        let profile = pieces.find_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("profile")
                .then(|| unquoted(value))
        });
        Self {
            main: main.trim().to_ascii_lowercase(),
            sub: sub.trim().to_ascii_lowercase(),
            profile,
        }
    }
}

/// A media range of an `Accept` header.
struct Range {
    media: Type,
    /// In thousandths.
    quality: u16,
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let media = Type::parse(text);
        let is_token = |text: &str| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
            !text.is_empty() && text.bytes().all(plain)
        };
        if !is_token(&media.main)
            || !is_token(&media.sub)
            || (media.main == "*" && media.sub != "*")
        {
            return None;
        }
        let mut quality = 1000;
        for parameter in split(text, ';').skip(1) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "q" => {
                    quality = parse_quality(value.trim())?;
                    // What follows `q` are extensions, not parameters of the media type.
                    break;
                }
                // Everything is written in UTF-8 here.
                "charset"
                    if !matches!(
                        unquoted(value).to_ascii_lowercase().as_str(),
                        "utf-8" | "utf8" | "*"
                    ) =>
                {
                    return None;
                }
                _ => {}
            }
        }
        Some(Self { media, quality })
    }

    /// How closely the range names an offer, if it does: `*/*` 0, `type/*` 1, `type/subtype` 2, and 3
    /// with the same profile. A profile that the offer does not state is a wish, as RFC 6906 has it.
    fn specificity(&self, offer: &Type) -> Option<u8> {
        if self.media.main == "*" {
            return Some(0);
        }
        if self.media.main != offer.main {
            // XHTML alone means these pages too; what is said of HTML itself goes before.
            let is_xhtml = self.media.main == "application" && self.media.sub == "xhtml+xml";
            return (is_xhtml && offer.main == "text" && offer.sub == "html").then_some(1);
        }
        if self.media.sub == "*" {
            return Some(1);
        }
        if self.media.sub != offer.sub {
            return None;
        }
        match (&self.media.profile, &offer.profile) {
            (Some(wanted), Some(offered))
                if wanted.split_whitespace().any(|one| one == offered) =>
            {
                Some(3)
            }
            (Some(_), Some(_)) => None,
            _ => Some(2),
        }
    }
}

/// The quality of an offer: that of the most specific range that names it, the better of two equals.
fn quality(ranges: &[Range], media_type: &str) -> u16 {
    let offer = Type::parse(media_type);
    let matching = ranges
        .iter()
        .filter_map(|range| Some((range.specificity(&offer)?, range.quality)));
    matching.max().map_or(0, |(_, quality)| quality)
}

/// `0`, `0.5`, `1.000` as thousandths; further digits are dropped.
fn parse_quality(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole: u16 = match whole {
        "0" => 0,
        "1" => 1,
        _ => return None,
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{fraction:0<3}").get(..3)?.parse::<u16>().ok()?;
    Some(whole * 1000 + thousandths).filter(|quality| *quality <= 1000)
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .unwrap_or(value)
        .replace('\\', "")
}

/// Splits at `separator` outside quoted strings.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let mut escaped = false;
    text.split(move |c| {
        if escaped {
            escaped = false;
        } else if quoted && c == '\\' {
            escaped = true;
        } else if c == '"' {
            quoted = !quoted;
        }
        c == separator && !quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OFFERS: &[Offer<'static, &str>] = &[
        Offer {
            media_type: "text/turtle",
            value: "ttl",
        },
        Offer {
            media_type: "application/ld+json",
            value: "jsonld",
        },
        Offer {
            media_type: "application/rdf+xml",
            value: "rdf",
        },
        Offer {
            media_type: "text/html",
            value: "html",
        },
    ];

    fn chosen(accept: &str) -> Result<&'static str, NotAcceptable> {
        negotiate(Some(accept), OFFERS)
    }

    #[test]
    fn the_best_of_what_is_accepted_is_chosen() {
        for (accept, expected) in [
            ("", "ttl"),
            ("*/*", "ttl"),
            ("text/*", "ttl"),
            ("text/*;q=0.3, text/html", "html"),
            ("application/*", "jsonld"),
            (
                "application/ld+json;q=0.5, application/rdf+xml;q=0.6",
                "rdf",
            ),
            ("APPLICATION/RDF+XML", "rdf"),
            ("text/turtle;q=0, */*", "jsonld"),
            ("text/turtle;charset=UTF-8", "ttl"),
            ("application/rdf+xml; charset=\"utf-8\"", "rdf"),
            (
                "application/ld+json;profile=\"http://www.w3.org/ns/json-ld#compacted\"",
                "jsonld",
            ),
            (
                "application/ld+json;profile=\"a,b\";q=0.1, text/html;q=0.2",
                "html",
            ),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "html",
            ),
            ("nonsense, text/html;q=0.4", "html"),
            ("text/html;q=nonsense, application/rdf+xml;q=0.1", "rdf"),
            ("nonsense", "ttl"),
            (",,,", "ttl"),
            ("text/html;q=1.001", "ttl"),
            ("*", "ttl"),
            ("application/xhtml+xml", "html"),
            ("application/xhtml+xml, text/html;q=0, */*;q=0.1", "ttl"),
            ("text/turtle, application/rdf+xml", "ttl"),
            ("application/rdf+xml, text/turtle", "ttl"),
        ] {
            assert_eq!(chosen(accept), Ok(expected), "{accept}");
        }
        assert_eq!(negotiate(None, OFFERS), Ok("ttl"));
    }

    #[test]
    fn nothing_that_is_not_accepted_is_returned() {
        for accept in [
            "image/png",
            "text/plain",
            "*/*;q=0",
            "text/turtle;q=0.0",
            "text/turtle;q=0, image/*",
        ] {
            assert_eq!(chosen(accept), Err(NotAcceptable), "{accept}");
        }
        assert_eq!(negotiate::<u8>(None, &[]), Err(NotAcceptable));
    }

    #[test]
    fn a_wildcard_names_nothing() {
        assert!(names(Some("text/html;q=0.1, */*"), "text/html"));
        assert!(!names(Some("*/*"), "text/html"));
        assert!(!names(Some("text/html;q=0"), "text/html"));
        assert!(!names(None, "text/html"));
    }

    #[test]
    fn languages_are_looked_up_by_prefix_and_quality() {
        let available = ["fr".to_owned(), "en".to_owned(), "pt-BR".to_owned()];
        for (header, expected) in [
            (None, 0),
            (Some(""), 0),
            (Some("en-GB,en;q=0.9,fr;q=0.8"), 1),
            (Some("de, en;q=0.5"), 1),
            (Some("pt"), 2),
            (Some("PT-br"), 2),
            (Some("*"), 0),
            (Some("fr;q=0, *"), 1),
            (Some("de"), 0),
            (Some("en;q=x"), 0),
        ] {
            assert_eq!(language(header, &available), expected, "{header:?}");
        }
        assert_eq!(language(Some("en"), &[]), 0);
    }

    proptest! {
        #[test]
        fn any_header_is_survived(accept in "\\PC{0,60}") {
            let _ = chosen(&accept);
            let _ = language(Some(&accept), &["fr".to_owned()]);
        }

        #[test]
        fn only_what_the_client_accepts_is_returned(
            ranges in prop::collection::vec((0usize..7, 0u16..=10), 1..6),
        ) {
            const RANGES: &[&str] = &["text/turtle", "application/ld+json", "application/rdf+xml", "text/html", "text/*", "application/*", "*/*"];
            let header: Vec<String> =
                ranges.iter().map(|(range, q)| format!("{};q={}.{}", RANGES[*range], q / 10, q % 10)).collect();
            // The quality that the header gives an offer, worked out the plain way.
            let quality = |offer: &Offer<'_, &str>| {
                let wild = format!("{}/*", offer.media_type.split('/').next().unwrap());
                [offer.media_type, wild.as_str(), "*/*"].iter().find_map(|name| {
                    ranges.iter().filter(|(range, _)| RANGES[*range] == *name).map(|(_, q)| *q).max()
                }).unwrap_or(0)
            };
            let best = OFFERS.iter().map(quality).max().unwrap();
            // Refused is what has quality 0.
            let got = chosen(&header.join(", ")).ok();
            let offer = OFFERS.iter().find(|offer| Some(offer.value) == got);
            prop_assert_eq!(offer.map_or(0, quality), best);
            prop_assert_eq!(offer.is_some(), best > 0);
        }
    }
}
