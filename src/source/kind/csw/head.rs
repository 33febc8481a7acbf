//! What a crawl must know of a record before it is described: its identifier and its date.
//!
//! Read tag by tag, so that a record which is no XML is still known by name: it then counts as listed,
//! is turned down under its own identifier, and nobody takes it for gone.
//!
//! | record | identifier | date |
//! |---|---|---|
//! | ISO 19139 | `fileIdentifier` | `dateStamp` |
//! | ISO 19115-3 | `metadataIdentifier` | `dateInfo` of type `revision`, else the latest |
//! | csw:Record | the first `dc:identifier` | `dct:modified`, else `dc:date` |
//! | RDF | of the catalogue record, else of the resource: `dct:identifier`, else its IRI | `dct:modified` of the catalogue record |

use super::scan::{Does, Tag, Tags, local, unescape};

/// Deeper elements are not looked at.
const DEEPEST: usize = 12;

/// A record with so many open elements is gone through no further.
const ENDLESS: usize = 1_000;

/// What is known of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Its identifier, or nothing.
    pub(super) identifier: String,
    /// When its description was changed, as it says.
    pub(super) modified: Option<String>,
}

/// A value that may be what is looked for: the more, the less it is worth.
#[derive(Default)]
struct Best(Option<(u8, String)>);

impl Best {
    fn offer(&mut self, worth: u8, value: &str) {
        let value = unescape(value);
        let value = value.trim();
        let is_better = self.0.as_ref().is_none_or(|(held, _)| worth < *held);
        if is_better && !value.is_empty() {
            self.0 = Some((worth, value.to_owned()));
        }
    }

    fn is_settled(&self) -> bool {
        self.0.as_ref().is_some_and(|(worth, _)| *worth == 0)
    }

    fn take(self) -> Option<String> {
        self.0.map(|(_, value)| value)
    }
}

#[derive(Default)]
struct Reading {
    identifier: Best,
    modified: Best,
    /// The date of the `dateInfo` that is open, and the latest of all.
    date: String,
    latest: String,
}

/// Reads the head of a record.
pub(super) fn read(record: &str) -> Head {
    let mut reading = Reading::default();
    let mut tags = Tags::of(record);
    let mut path: Vec<&str> = Vec::new();
    // A record that cannot be gone through is known by what came before.
    while let Ok(Some(tag)) = tags.next() {
        match tag.does {
            Does::Close => leave(&mut path, tag.name),
            Does::Open if path.len() < DEEPEST => {
                path.push(tag.name);
                reading.element(&path, tag);
                reading.text(&path, text(record, tag.end));
            }
            Does::Open if path.len() < ENDLESS => path.push(tag.name),
            Does::Open => break,
            Does::Both if path.len() >= DEEPEST => {}
            Does::Both => {
                path.push(tag.name);
                reading.element(&path, tag);
                path.pop();
            }
        }
        if reading.identifier.is_settled() && reading.modified.is_settled() {
            break;
        }
    }
    let latest = std::mem::take(&mut reading.latest);
    reading.modified.offer(9, &latest);
    Head {
        identifier: reading.identifier.take().unwrap_or_default(),
        modified: reading.modified.take(),
    }
}

/// Goes up to the element that an end tag closes; an end tag too many closes nothing.
fn leave(path: &mut Vec<&str>, name: &str) {
    if let Some(depth) = path.iter().rposition(|open| *open == name) {
        path.truncate(depth);
    }
}

/// The text behind a tag, up to the next one.
fn text(record: &str, from: usize) -> &str {
    let rest = record.get(from..).unwrap_or_default();
    match rest.trim_start().strip_prefix("<![CDATA[") {
        Some(data) => data.split_once("]]>").map_or("", |(data, _)| data),
        None => rest.split_once('<').map_or("", |(text, _)| text),
    }
}

impl Reading {
    /// What attributes say.
    fn element(&mut self, path: &[&str], tag: Tag<'_>) {
        let about = || tag.attribute("about").unwrap_or_default();
        match locals(path).as_slice() {
            ["RDF", "CatalogRecord"] => self.identifier.offer(1, &about()),
            [
                "RDF",
                "Dataset" | "DatasetSeries" | "DataService" | "Catalog",
            ] => {
                self.identifier.offer(3, &about());
            }
            [_, "dateInfo", ..]
                if tag.local() == "CI_DateTypeCode"
                    && tag.attribute("codeListValue").as_deref() == Some("revision") =>
            {
                let date = std::mem::take(&mut self.date);
                self.modified.offer(0, &date);
            }
            _ => {}
        }
    }

    /// What texts say.
    fn text(&mut self, path: &[&str], text: &str) {
        match locals(path).as_slice() {
            [_, "fileIdentifier"]
            | [_, "fileIdentifier", _]
            | [_, "metadataIdentifier", _, "code"]
            | [_, "metadataIdentifier", _, "code", _]
            | ["Record" | "SummaryRecord" | "BriefRecord", "identifier"]
            | ["RDF", "CatalogRecord", "identifier"] => self.identifier.offer(0, text),
            [_, "dateStamp"]
            | [_, "dateStamp", _]
            | ["Record" | "SummaryRecord" | "BriefRecord", "modified"]
            | ["RDF", "CatalogRecord", "modified"] => self.modified.offer(0, text),
            ["Record" | "SummaryRecord" | "BriefRecord", "date"] => self.modified.offer(2, text),
            [_, "dateInfo", _, "date", ..] => {
                let date = text.trim();
                if !date.is_empty() {
                    date.clone_into(&mut self.date);
                    if *date > *self.latest {
                        date.clone_into(&mut self.latest);
                    }
                }
            }
            [
                "RDF",
                "Dataset" | "DatasetSeries" | "DataService",
                "identifier",
            ] => {
                self.identifier.offer(2, text);
            }
            _ => {}
        }
    }
}

fn locals<'a>(path: &[&'a str]) -> Vec<&'a str> {
    path.iter().map(|name| local(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(record: &str) -> (String, Option<String>) {
        let Head {
            identifier,
            modified,
        } = read(record);
        (identifier, modified)
    }

    #[test]
    fn records_of_every_kind_are_known_by_name_and_date() {
        for (record, identifier, modified) in [
            (
                "<g:MD_Metadata><g:fileIdentifier><c:CharacterString> a &amp; b </c:CharacterString></g:fileIdentifier><g:parentIdentifier><c:CharacterString>p</c:CharacterString></g:parentIdentifier><g:dateStamp><c:DateTime>2024-05-06T07:08:09</c:DateTime></g:dateStamp></g:MD_Metadata>",
                "a & b",
                Some("2024-05-06T07:08:09"),
            ),
            (
                "<MD_Metadata><fileIdentifier><Anchor href='x'><![CDATA[a]]></Anchor></fileIdentifier><dateStamp/></MD_Metadata>",
                "a",
                None,
            ),
            (
                "<m:MD_Metadata><m:metadataIdentifier><mcc:MD_Identifier><mcc:authority><x><code>no</code></x></mcc:authority><mcc:code><gco:CharacterString>u</gco:CharacterString></mcc:code></mcc:MD_Identifier></m:metadataIdentifier>
                 <m:dateInfo><cit:CI_Date><cit:date><gco:DateTime>2020-01-01</gco:DateTime></cit:date><cit:dateType><cit:CI_DateTypeCode codeListValue='revision'/></cit:dateType></cit:CI_Date></m:dateInfo>
                 <m:dateInfo><cit:CI_Date><cit:date><gco:DateTime>2021-01-01</gco:DateTime></cit:date><cit:dateType><cit:CI_DateTypeCode codeListValue='nextUpdate'/></cit:dateType></cit:CI_Date></m:dateInfo></m:MD_Metadata>",
                "u",
                Some("2020-01-01"),
            ),
            (
                "<m:MD_Metadata><m:dateInfo><cit:CI_Date><cit:date><gco:Date>2021-01-01</gco:Date></cit:date><cit:dateType><cit:CI_DateTypeCode codeListValue='creation'/></cit:dateType></cit:CI_Date></m:dateInfo></m:MD_Metadata>",
                "",
                Some("2021-01-01"),
            ),
            (
                "<csw:Record><dc:identifier scheme='x'>one</dc:identifier><dc:identifier>two</dc:identifier><dc:date>2020</dc:date><dct:modified>2021</dct:modified></csw:Record>",
                "one",
                Some("2021"),
            ),
            (
                "<rdf:RDF><dcat:Dataset rdf:about='urn:d'><dct:identifier>d</dct:identifier></dcat:Dataset><dcat:CatalogRecord rdf:about='urn:r'><dct:modified>2022</dct:modified></dcat:CatalogRecord></rdf:RDF>",
                "urn:r",
                Some("2022"),
            ),
            ("<gmd:MD_Metadata/>", "", None),
        ] {
            assert_eq!(
                heads(record),
                (identifier.to_owned(), modified.map(str::to_owned)),
                "{record}"
            );
        }
    }

    #[test]
    fn a_broken_record_is_known_by_name() {
        let broken = "<g:MD_Metadata></g:oops><g:fileIdentifier><c:S>a</g:fileIdentifier><g:x> & < </g:y></g:x><g:dateStamp><c:D>2024</c:D></g:dateStamp><cut";
        assert_eq!(heads(broken), ("a".to_owned(), Some("2024".to_owned())));
    }
}
