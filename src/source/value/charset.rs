//! What was odd about the encoding of an answer, kept with each record that was cut out of it.
//!
//! A payload is text in UTF-8, and all that describing sees: that its bytes were in another encoding than
//! they were said to be in has to stand in it. JSON gets a member of ours in front, XML a processing
//! instruction. What was sent as it is said to be stays to the byte.

use serde::Deserialize;

use crate::finding::Finding;
use crate::source::contract::RawRecord;

/// The member, and the target of the instruction.
pub(in crate::source) const NAME: &str = "moisson-charset";

/// A record with what was odd about the encoding of the answer that it comes from.
pub(in crate::source) fn marked(record: &str, odd: &[Finding]) -> String {
    if odd.is_empty() {
        return record.to_owned();
    }
    // Findings are texts and closed lists: there is nothing that JSON could not say.
    let said = serde_json::to_string(odd).unwrap_or_default();
    let record = record.trim_start();
    if let Some(rest) = record.strip_prefix('{') {
        let comma = if rest.trim_start().starts_with('}') {
            ""
        } else {
            ","
        };
        format!("{{\"{NAME}\":{said}{comma}{rest}")
    } else if record.starts_with('<') {
        let said = said.replace("?>", "?\\u003e");
        format!("<?{NAME} {said}?>{record}")
    } else {
        record.to_owned()
    }
}

/// Marks a record that was read already.
pub(in crate::source) fn mark(record: &mut RawRecord, odd: &[Finding]) {
    if !odd.is_empty()
        && let Ok(text) = std::str::from_utf8(&record.payload)
    {
        record.payload = marked(text, odd).into_bytes();
    }
}

/// What was told of a record's encoding, and the record; what is said of it in JSON stays there, as a
/// member that nobody else reads.
pub(in crate::source) fn told(payload: &[u8]) -> (Vec<Finding>, &[u8]) {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "moisson-charset", default)]
        odd: Vec<Finding>,
    }
    let instruction = payload
        .strip_prefix(b"<?")
        .and_then(|rest| rest.strip_prefix(NAME.as_bytes()));
    if let Some(rest) = instruction
        && let Some(end) = memchr::memmem::find(rest, b"?>")
        && let Some((said, record)) = rest.split_at_checked(end)
    {
        let odd = serde_json::from_slice(said).unwrap_or_default();
        return (odd, record.get(2..).unwrap_or_default());
    }
    let is_json = payload.starts_with(b"{");
    if is_json && memchr::memmem::find(payload, NAME.as_bytes()).is_some() {
        let head: Option<Head> = serde_json::from_slice(payload).ok();
        return (head.map_or_else(Vec::new, |head| head.odd), payload);
    }
    (Vec::new(), payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    #[test]
    fn what_was_odd_comes_back_with_the_record() {
        let odd = vec![Finding::new(
            Code::TextCleaned,
            "",
            "read as something else",
            "a?>\"b",
        )];
        for record in ["{\"a\": 1}", "{ }", "<a>é</a>", "  {\"a\":{}}"] {
            let marked = marked(record, &odd);
            let (told, rest) = told(marked.as_bytes());
            assert_eq!(told, odd, "{marked}");
            if record.starts_with('<') {
                assert_eq!(rest, record.as_bytes());
            } else {
                let mut value: serde_json::Value = serde_json::from_slice(rest).unwrap();
                value.as_object_mut().unwrap().remove(NAME).unwrap();
                let sent: serde_json::Value = serde_json::from_str(record).unwrap();
                assert_eq!(value, sent);
            }
        }
    }

    #[test]
    fn a_record_as_it_should_be_stays_as_it_is() {
        for record in ["{\"a\": 1}", "<a/>", "<s> <p> <o> .", "12"] {
            assert_eq!(marked(record, &[]), record);
            assert_eq!(told(record.as_bytes()), (vec![], record.as_bytes()));
        }
        // A portal that knows the name cannot break anything.
        assert_eq!(told(b"{\"moisson-charset\": 1}").0, []);
        assert_eq!(told(b"<?moisson-charset x?><a/>"), (vec![], &b"<a/>"[..]));
    }
}
