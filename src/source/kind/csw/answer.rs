//! What a catalogue service answers: records, or a report of what it would not do.
//!
//! Records are cut out of the answer as they stand there, however deep in its envelope and each in a
//! wrapper of its own or not (as in OAI-PMH), with the namespaces that the envelope declares for it, so
//! that each is a document of its own. A record that is no XML is cut out like the
//! others and turned down when it is described: the page is not lost with it. An answer that ends before
//! its own end tag is cut off and tells nothing.
//!
//! OGC 07-006r1 (CSW 2.0.2), clause 10.8; OGC 06-121r3 (OWS Common), clause 8, for exceptions.

use std::collections::HashSet;

use super::scan::{Does, Pair, ScanError, Tag, Tags, unescape};
use super::schema::Family;
use crate::finding::Finding;
use crate::salvage::charset;

/// The deepest element around records: SOAP envelopes are three deep.
const DEEPEST: usize = 8;

/// Why an answer is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::source) enum Unusable {
    /// It cannot be gone through.
    NotXml(String),
    /// It is something else.
    Shape(String),
}

impl From<ScanError> for Unusable {
    fn from(error: ScanError) -> Self {
        Self::NotXml(error.to_string())
    }
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exception {
    /// `exceptionCode`s, and the parameters that they are about.
    pub(super) code: String,
    /// What it says, on one line.
    pub(super) text: String,
}

/// What has been answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Records, or none.
    Results(Results),
    /// A refusal.
    Exception(Exception),
}

/// A page of records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Results {
    /// `numberOfRecordsMatched`
    pub(super) matched: Option<u64>,
    /// `nextRecord`: 0 says that there is none.
    pub(super) next: Option<u64>,
    /// The records, in their order.
    pub(super) records: Vec<String>,
    /// What was odd about the encoding of the answer.
    pub(super) odd: Vec<Finding>,
}

/// Reads an answer, or a file that holds a record or several; `sent` is the charset that was said where it
/// was sent.
pub(super) fn read(body: &[u8], sent: Option<&str>) -> Result<Answer, Unusable> {
    let decoded = charset::text(body, sent);
    let mut answer = read_text(&decoded.text)?;
    if let Answer::Results(results) = &mut answer {
        results.odd = decoded.findings;
    }
    Ok(answer)
}

fn read_text(text: &str) -> Result<Answer, Unusable> {
    if !text.trim_start().starts_with('<') {
        return Err(Unusable::NotXml("it does not begin with a tag".to_owned()));
    }
    let mut tags = Tags::of(text);
    let mut around: Vec<Tag<'_>> = Vec::new();
    let mut name = "nothing";
    while let Some(tag) = tags.next()? {
        match tag.local() {
            _ if tag.does == Does::Close => {
                around.pop_if(|open| open.name == tag.name);
                if around.is_empty() {
                    name = tag.local();
                }
            }
            "ExceptionReport" | "ServiceExceptionReport" => {
                return exception(text, tag).map(Answer::Exception);
            }
            "SearchResults" => {
                let number = |name: &str| tag.attribute(name)?.trim().parse().ok();
                let (matched, next) = (number("numberOfRecordsMatched"), number("nextRecord"));
                around.push(tag);
                return Ok(Answer::Results(Results {
                    matched,
                    next,
                    records: children(text, &around)?,
                    odd: Vec::new(),
                }));
            }
            "GetRecordByIdResponse" => {
                around.push(tag);
                return Ok(plain(children(text, &around)?));
            }
            _ if Family::of(&tag).is_some() => {
                // A file of one record, or a list of them in whatever is around.
                around.truncate(1);
                let records = if around.is_empty() {
                    vec![cut(text, tag, end(text, tag, None)?, &around)]
                } else {
                    children(text, &around)?
                };
                return Ok(plain(records));
            }
            name if name.eq_ignore_ascii_case("html") => {
                return Err(Unusable::NotXml("it is a page of HTML".to_owned()));
            }
            _ if tag.does == Does::Both => name = tag.local(),
            _ if around.len() < DEEPEST => around.push(tag),
            _ => break,
        }
    }
    match name {
        "GetRecordsResponse" => Ok(Answer::Results(Results::default())),
        _ => Err(Unusable::Shape(format!(
            "it is `{name}` and has no record in it"
        ))),
    }
}

fn plain(records: Vec<String>) -> Answer {
    Answer::Results(Results {
        records,
        ..Results::default()
    })
}

/// The records in the innermost of the elements `around`, each as a document, whatever wrappers they are
/// in. What stands beside records, or is called like a wrapper of one and has none, is given as it is:
/// it is turned down by name, and counted.
fn children(text: &str, around: &[Tag<'_>]) -> Result<Vec<String>, Unusable> {
    let mut found = Vec::new();
    let Some(container) = around.last() else {
        return Ok(found);
    };
    if container.does == Does::Both {
        return Ok(found);
    }
    // Elements without records in them, by the number of records before them.
    let mut others: Vec<(usize, &str, String)> = Vec::new();
    let (mut wrappers, mut is_list) = (
        HashSet::new(),
        matches!(container.local(), "SearchResults" | "GetRecordByIdResponse"),
    );
    let mut tags = Tags::from(text, container.end);
    while let Some(tag) = tags.next()? {
        match tag.does {
            Does::Close if tag.name == container.name => {
                let outer = around.split_last().map_or(around, |(_, outer)| outer);
                closed(text, outer, tag.end)?;
                let is_told = |name: &str| is_list || wrappers.contains(name);
                for (place, _, other) in others.into_iter().rev().filter(|it| is_told(it.1)) {
                    found.insert(place, other);
                }
                return Ok(found);
            }
            // An end tag too many.
            Does::Close => {}
            Does::Open | Does::Both => {
                let end = end(text, tag, Some(container.name))?;
                let inner = [around, &[tag]].concat();
                if Family::of(&tag).is_some() {
                    is_list = true;
                    found.push(cut(text, tag, end, around));
                } else if around.len() < DEEPEST
                    && has_record(text, tag, end)
                    && let Ok(below) = children(text, &inner)
                {
                    wrappers.insert(tag.name);
                    found.extend(below);
                } else {
                    others.push((found.len(), tag.name, cut(text, tag, end, around)));
                }
                tags = Tags::from(text, end);
            }
        }
    }
    Err(ScanError::CutOff.into())
}

/// Whether a record begins in an element that ends at `end`.
fn has_record(text: &str, tag: Tag<'_>, end: usize) -> bool {
    let mut inner = Tags::from(text.get(..end).unwrap_or(text), tag.end);
    while let Ok(Some(tag)) = inner.next() {
        if tag.does != Does::Close && Family::of(&tag).is_some() {
            return true;
        }
    }
    false
}

/// Whether the elements around the records are closed.
fn closed(text: &str, around: &[Tag<'_>], from: usize) -> Result<(), ScanError> {
    let mut tags = Tags::from(text, from);
    for open in around.iter().rev() {
        loop {
            match tags.next()? {
                Some(tag) if tag.does == Does::Close && tag.name == open.name => break,
                Some(_) => {}
                None => return Err(ScanError::CutOff),
            }
        }
    }
    Ok(())
}

/// Finds the end of an element by its own name alone, since what is in it may not fit together. One that
/// is not closed before `container` is, ends where the next one of its name begins.
fn end(text: &str, tag: Tag<'_>, container: Option<&str>) -> Result<usize, ScanError> {
    if tag.does != Does::Open {
        return Ok(tag.end);
    }
    let mut tags = Tags::from(text, tag.end);
    let (mut depth, mut next) = (1_usize, None);
    while let Some(inner) = tags.next()? {
        if inner.name == tag.name {
            match inner.does {
                Does::Open => {
                    depth += 1;
                    next.get_or_insert(inner.start);
                }
                Does::Close => depth -= 1,
                Does::Both => {}
            }
            if depth == 0 {
                return Ok(inner.end);
            }
        } else if inner.does == Does::Close && Some(inner.name) == container {
            return Ok(next.unwrap_or(inner.start));
        }
    }
    Err(ScanError::CutOff)
}

/// An element with the namespaces that it takes from around it: those alone that it uses, so that its
/// bytes stay the same when the envelope changes.
fn cut(text: &str, tag: Tag<'_>, end: usize, around: &[Tag<'_>]) -> String {
    let element = text.get(tag.start..end).unwrap_or_default();
    let name_end = 1 + tag.name.len();
    let (head, tail) = element.split_at_checked(name_end).unwrap_or((element, ""));
    let own: Vec<&str> = tag.declarations().map(|pair| pair.name).collect();
    let mut inherited: Vec<Pair<'_>> = Vec::new();
    for outer in around.iter().rev() {
        for pair in outer.declarations() {
            let is_shadowed =
                own.contains(&pair.name) || inherited.iter().any(|inner| inner.name == pair.name);
            if !is_shadowed && is_used(element, pair) {
                inherited.push(pair);
            }
        }
    }
    inherited.sort_unstable_by_key(|pair| pair.name);
    let mut record = head.to_owned();
    for Pair { name, value, quote } in inherited {
        record.push(' ');
        record.push_str(name);
        record.push('=');
        record.push(quote);
        record.push_str(value);
        record.push(quote);
    }
    record.push_str(tail);
    record
}

fn is_used(element: &str, declaration: Pair<'_>) -> bool {
    match declaration.name.strip_prefix("xmlns:") {
        // In values too (`xsi:type="gml:…"`).
        Some(prefix) => element.contains(&format!("{prefix}:")),
        None => !declaration.value.is_empty(),
    }
}

/// Reads a report of exceptions.
fn exception(text: &str, report: Tag<'_>) -> Result<Exception, Unusable> {
    let mut tags = Tags::from(text, report.end);
    let (mut codes, mut texts): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut at = None;
    while let Some(tag) = tags.next()? {
        let is_text = matches!(tag.local(), "ExceptionText" | "ServiceException");
        match (tag.does, at) {
            (Does::Close, Some(start)) if is_text => {
                let said = text.get(start..tag.start).unwrap_or_default();
                let said = said.trim().trim_start_matches("<![CDATA[");
                texts.push(line(&unescape(said.trim_end_matches("]]>"))));
                at = None;
            }
            (Does::Open, None) if is_text => at = Some(tag.end),
            _ => {}
        }
        if matches!(tag.local(), "Exception" | "ServiceException") && tag.does != Does::Close {
            for name in ["exceptionCode", "code", "locator"] {
                codes.extend(tag.attribute(name).filter(|code| !code.is_empty()));
            }
        }
    }
    texts.retain(|text| !text.is_empty());
    Ok(Exception {
        code: codes.join(" "),
        text: texts.join("; "),
    })
}

/// At most so many characters of what a server says of a refusal: some send a stack trace.
const SAID: usize = 500;

fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(SAID).collect()
}

impl std::fmt::Display for Exception {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.code.as_str(), self.text.as_str()) {
            ("", "") => f.write_str("an exception without a word"),
            (code, "") => f.write_str(code),
            ("", text) => f.write_str(text),
            (code, text) => write!(f, "{code}: {text}"),
        }
    }
}

#[cfg(test)]
mod tests;
