//! Which records are asked for: the configured constraint, the configured types, what changed since a day,
//! and what is behind an identifier.
//!
//! Where the configuration has a CQL text, all of it is written in CQL, else as an OGC Filter 1.1 (OGC
//! 04-095). The configured Filter is put into ours as it is written, with its own namespaces.

use super::scan::{Does, Tags, escape};

/// What records must meet, all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Constraint {
    /// As configured: a Filter or a CQL text.
    pub(super) configured: Option<String>,
    /// One of these types (`dataset`, `series`, `service`…); any where there is none.
    pub(super) types: Vec<String>,
    /// Whether a condition that every record meets is put where there is none: some servers give nothing else.
    pub(super) is_always: bool,
    /// The day from which on the description must have been changed.
    pub(super) since: Option<String>,
}

/// A constraint as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    /// An `ogc:Filter` element.
    Filter(String),
    /// A CQL text.
    Cql(String),
}

/// The names of what is asked for: those of the ISO profile, or of Dublin Core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Queryables {
    /// The type of what a record describes.
    pub(super) kind: &'static str,
    /// When the description was changed.
    pub(super) modified: &'static str,
    /// The record's identifier: nothing else is different for every record and never changes.
    pub(super) identifier: &'static str,
}

impl Queryables {
    /// Those that go with a type of records.
    pub(super) fn of(type_name: &str) -> Self {
        if type_name == "csw:Record" {
            return Self {
                kind: "dc:type",
                modified: "dct:modified",
                identifier: "dc:identifier",
            };
        }
        Self {
            kind: "apiso:Type",
            modified: "apiso:Modified",
            identifier: "apiso:Identifier",
        }
    }
}

impl Constraint {
    /// Whether all records are asked for, without a condition.
    pub(super) fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The constraint as it is sent, for what is behind an identifier where one is given; none where all
    /// records are asked for.
    pub(super) fn write(&self, names: Queryables, after: Option<&str>) -> Option<Written> {
        match &self.configured {
            Some(text) if !text.trim_start().starts_with('<') => {
                Some(Written::Cql(self.cql(text, names, after)))
            }
            _ => self.filter(names, after).map(Written::Filter),
        }
    }

    fn cql(&self, configured: &str, names: Queryables, after: Option<&str>) -> String {
        let mut parts = vec![format!("({})", configured.trim())];
        if !self.types.is_empty() {
            let kinds: Vec<_> = self
                .types
                .iter()
                .map(|kind| format!("{} = '{}'", names.kind, kind.replace('\'', "''")))
                .collect();
            parts.push(format!("({})", kinds.join(" OR ")));
        }
        if let Some(since) = &self.since {
            parts.push(format!("{} >= '{since}'", names.modified));
        }
        if let Some(after) = after {
            let after = after.replace('\'', "''");
            parts.push(format!("{} > '{after}'", names.identifier));
        }
        match parts.as_slice() {
            [_] => configured.trim().to_owned(),
            _ => parts.join(" AND "),
        }
    }

    fn filter(&self, names: Queryables, after: Option<&str>) -> Option<String> {
        let configured = self.configured.as_deref().and_then(inner);
        let mut parts: Vec<String> = configured
            .iter()
            .map(|filter| filter.content.to_owned())
            .collect();
        let kinds: Vec<_> = self
            .types
            .iter()
            .map(|kind| compare("PropertyIsEqualTo", names.kind, kind))
            .collect();
        match kinds.as_slice() {
            [] => {}
            [one] => parts.push(one.clone()),
            several => parts.push(format!("<ogc:Or>{}</ogc:Or>", several.concat())),
        }
        if let Some(since) = &self.since {
            let comparison = "PropertyIsGreaterThanOrEqualTo";
            parts.push(compare(comparison, names.modified, since));
        }
        if let Some(after) = after {
            parts.push(compare("PropertyIsGreaterThan", names.identifier, after));
        }
        if parts.is_empty() && self.is_always {
            parts.push(EVERYTHING.to_owned());
        }
        let content = match parts.as_slice() {
            [] => return None,
            [one] => one.clone(),
            several => format!("<ogc:And>{}</ogc:And>", several.concat()),
        };
        let declared = configured.map_or("", |filter| filter.attributes);
        let own = if declared.contains("xmlns:ogc") {
            ""
        } else {
            " xmlns:ogc=\"http://www.opengis.net/ogc\""
        };
        let space = if declared.is_empty() { "" } else { " " };
        Some(format!(
            "<ogc:Filter{own}{space}{declared}>{content}</ogc:Filter>"
        ))
    }
}

/// What every record meets.
const EVERYTHING: &str = "<ogc:PropertyIsLike wildCard=\"*\" singleChar=\"?\" escapeChar=\"\\\"><ogc:PropertyName>csw:AnyText</ogc:PropertyName><ogc:Literal>*</ogc:Literal></ogc:PropertyIsLike>";

fn compare(comparison: &str, name: &str, value: &str) -> String {
    let value = escape(value);
    format!(
        "<ogc:{comparison}><ogc:PropertyName>{name}</ogc:PropertyName><ogc:Literal>{value}</ogc:Literal></ogc:{comparison}>"
    )
}

/// A configured Filter.
struct Inner<'a> {
    attributes: &'a str,
    content: &'a str,
}

/// What a Filter holds. That it is one has been checked with the configuration.
fn inner(filter: &str) -> Option<Inner<'_>> {
    let mut tags = Tags::of(filter);
    let root = tags.next().ok()??;
    let end = filter.rfind("</")?;
    (root.does == Does::Open).then_some(Inner {
        attributes: root.attributes.trim(),
        content: filter.get(root.end..end)?.trim(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    fn written(configured: Option<&str>, types: &[&str], since: Option<&str>) -> Option<Written> {
        let constraint = Constraint {
            configured: configured.map(str::to_owned),
            types: types.iter().map(|kind| (*kind).to_owned()).collect(),
            is_always: false,
            since: since.map(str::to_owned),
        };
        constraint.write(Queryables::of("gmd:MD_Metadata"), None)
    }

    #[test]
    fn without_a_condition_there_is_no_constraint() {
        assert_eq!(written(None, &[], None), None);
    }

    #[test]
    fn a_condition_that_all_meet_stands_where_there_is_none() {
        let always = Constraint {
            is_always: true,
            ..Constraint::default()
        };
        let names = Queryables::of("gmd:MD_Metadata");
        let Some(Written::Filter(filter)) = always.write(names, None) else {
            panic!("no filter");
        };
        assert!(parse(&filter).is_ok(), "{filter}");
        assert!(filter.contains("AnyText"), "{filter}");
        let since = Constraint {
            since: Some("2024-01-01".to_owned()),
            ..always
        };
        let Some(Written::Filter(filter)) = since.write(names, None) else {
            panic!("no filter");
        };
        assert!(!filter.contains("AnyText"), "{filter}");
    }

    #[test]
    fn conditions_become_one_filter_that_is_xml() {
        let own = "<Filter xmlns=\"http://www.opengis.net/ogc\" xmlns:q='urn:q'><PropertyIsLike><PropertyName>q:any</PropertyName></PropertyIsLike></Filter>";
        for (configured, types, since, holds) in [
            (
                Some(own),
                &[][..],
                None,
                &["<PropertyIsLike>", "xmlns:q='urn:q'"][..],
            ),
            (
                Some(own),
                &["dataset", "a<b"],
                Some("2024-01-01"),
                &[
                    "<ogc:And><PropertyIsLike>",
                    "<ogc:Or>",
                    "a&lt;b",
                    "apiso:Modified",
                    ">2024-01-01<",
                ],
            ),
            (
                None,
                &["service"],
                None,
                &["<ogc:PropertyIsEqualTo><ogc:PropertyName>apiso:Type"],
            ),
            (
                Some(
                    "<ogc:Filter xmlns:ogc=\"http://www.opengis.net/ogc\"><ogc:Not/></ogc:Filter>",
                ),
                &[],
                None,
                &["<ogc:Not/>"],
            ),
        ] {
            let Some(Written::Filter(filter)) = written(configured, types, since) else {
                panic!("{configured:?}")
            };
            let document = parse(&filter).unwrap();
            assert!(
                document
                    .root_element()
                    .has_tag_name(("http://www.opengis.net/ogc", "Filter"))
            );
            for part in holds {
                assert!(filter.contains(part), "{part}: {filter}");
            }
        }
    }

    #[test]
    fn what_is_behind_an_identifier_is_one_more_condition() {
        let constraint = |configured: Option<&str>| Constraint {
            configured: configured.map(str::to_owned),
            since: Some("2024-01-01".to_owned()),
            ..Constraint::default()
        };
        let names = Queryables::of("gmd:MD_Metadata");
        let Some(Written::Filter(filter)) = constraint(None).write(names, Some("l'un<2")) else {
            panic!("a filter")
        };
        assert!(parse(&filter).is_ok());
        assert!(filter.contains("<ogc:PropertyIsGreaterThan><ogc:PropertyName>apiso:Identifier"));
        assert!(filter.contains("l'un&lt;2") || filter.contains("l&apos;un&lt;2"));
        assert_eq!(
            constraint(Some("a = 'b' OR c = 'd'")).write(names, Some("l'un<2")),
            Some(Written::Cql(
                "(a = 'b' OR c = 'd') AND apiso:Modified >= '2024-01-01' AND apiso:Identifier > 'l''un<2'"
                    .to_owned()
            ))
        );
    }

    #[test]
    fn a_text_in_cql_stays_one() {
        let cql = "apiso:Title LIKE '%eau%' OR AnyText = 'mer'";
        assert_eq!(
            written(Some(cql), &[], None),
            Some(Written::Cql(cql.to_owned()))
        );
        assert_eq!(
            written(Some(cql), &["dataset", "l'un"], Some("2024-01-01")),
            Some(Written::Cql(format!(
                "({cql}) AND (apiso:Type = 'dataset' OR apiso:Type = 'l''un') AND apiso:Modified >= '2024-01-01'"
            )))
        );
    }
}
