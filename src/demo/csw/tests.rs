use super::answer::answer;
use super::*;

fn asked(query: &str) -> Result<String, Refusal> {
    let question = Question::of_parameters(query)?;
    answer(&question, &SampleData::bundled(), "http://h")
}

const RECORDS: &str = "service=CSW&version=2.0.2&request=GetRecords&resultType=results&outputSchema=http://www.isotc211.org/2005/gmd";

fn matched(query: &str) -> usize {
    let text = asked(&format!("{RECORDS}{query}")).unwrap();
    let (_, behind) = text.split_once("numberOfRecordsMatched=\"").unwrap();
    behind.split_once('"').unwrap().0.parse().unwrap()
}

#[test]
fn bundled_records_are_xml_with_heads() {
    let records = SampleData::bundled().records();
    assert_eq!(records.len(), 30);
    let without =
        |get: fn(&Record) -> &String| records.iter().filter(|it| get(it).is_empty()).count();
    assert_eq!(without(|it| &it.identifier), 1);
    assert_eq!(without(|it| &it.title), 1);
    assert_eq!(without(|it| &it.modified), 0);
    assert!(
        records
            .iter()
            .any(|it| it.xml().starts_with("<mdb:") && it.kind == "series")
    );
}

#[test]
fn pages_end_with_zero() {
    let text = asked(&format!(
        "{RECORDS}&startPosition=25&maxRecords=6&sortBy=apiso:Identifier:A"
    ))
    .unwrap();
    assert!(text.contains("numberOfRecordsReturned=\"6\"") && text.contains("nextRecord=\"0\""));
    let first = asked(RECORDS).unwrap();
    assert!(
        first.contains("numberOfRecordsReturned=\"10\"") && first.contains("nextRecord=\"11\"")
    );
}

#[test]
fn conditions_in_both_languages_choose_the_same() {
    let filter = "&constraintLanguage=FILTER&constraint=<Filter xmlns='http://www.opengis.net/ogc'><And><PropertyIsEqualTo><PropertyName>apiso:Type</PropertyName><Literal>series</Literal></PropertyIsEqualTo><Not><PropertyIsLike wildCard='*'><PropertyName>AnyText</PropertyName><Literal>*campagne*</Literal></PropertyIsLike></Not></And></Filter>";
    let cql = "&constraintLanguage=CQL_TEXT&constraint=apiso:Type = 'series' AND NOT (AnyText LIKE '%25campagne%25')";
    assert_eq!((matched(filter), matched(cql)), (2, 2));
    assert_eq!(
        matched("&constraintLanguage=CQL_TEXT&constraint=apiso:Modified >= '2026-01-01'"),
        4
    );
    for wrong in [
        "apiso:Type = ",
        "Colour = 'red'",
        "(Type = 'a'",
        "Type = 'a' b",
    ] {
        assert!(
            asked(&format!(
                "{RECORDS}&constraintLanguage=CQL_TEXT&constraint={wrong}"
            ))
            .is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn single_records_are_given_by_identifier() {
    let text = asked("service=CSW&request=GetRecordById&outputSchema=http://www.isotc211.org/2005/gmd&id=trait-de-cote").unwrap();
    assert_eq!(text.matches("<gmd:MD_Metadata").count(), 1);
}

#[test]
fn synthetic_records_are_all_different_and_the_same_again() {
    let (one, other) = (
        SampleData::synthetic(500, 7).records(),
        SampleData::synthetic(500, 7).records(),
    );
    let names: std::collections::HashSet<_> = one.iter().map(|it| &it.identifier).collect();
    assert_eq!(names.len(), 500);
    for (one, other) in one.iter().zip(&other) {
        let xml = one.xml();
        assert_eq!(xml, other.xml());
        assert!(xml.contains(&one.identifier) && xml.contains(&one.title));
        assert_eq!(Record::new(&xml).identifier, one.identifier);
    }
}
