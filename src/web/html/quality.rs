//! What was measured of something, as a small table: scores as bars, the rest as numbers and words.

use askama::Template;
use askama::filters::HtmlSafe;
use oxigraph::model::Triple;

use super::date::Date;
use super::label::Said;
use super::number::count;
use super::page::Page;
use super::text::Language;
use crate::dcat::view::{Measurement, MetricView, QualityView};

/// The name of the metric that sums up the others: the portal's score.
const SCORE: &str = "score";

/// Measurements, ready for their template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/quality.html")]
pub(super) struct Measured {
    heading: &'static str,
    score: Option<Row>,
    rows: Vec<Row>,
}

impl HtmlSafe for Measured {}

/// One measurement.
#[derive(Debug, Clone)]
struct Row {
    name: Said,
    definition: String,
    /// A share from 0 to 1, as HTML's `meter` takes it.
    share: Option<String>,
    shown: String,
    class: &'static str,
}

impl Measured {
    /// Nothing where nothing was measured.
    pub(super) fn of(quality: &QualityView, metrics: &[Triple], page: &Page<'_>) -> Option<Self> {
        let metrics = MetricView::all(metrics);
        let (mut score, mut rows) = (None, Vec::new());
        for one in &quality.measurements {
            let metric = metrics.iter().find(|metric| metric.iri == one.metric);
            let row = Row::of(one, metric, page.language);
            if one.name() == SCORE {
                score = Some(row);
            } else {
                rows.push(row);
            }
        }
        rows.sort_by(|one, other| one.name.text.cmp(&other.name.text));
        (score.is_some() || !rows.is_empty()).then_some(Self {
            heading: if score.is_some() {
                page.words().quality
            } else {
                page.words().measures
            },
            score,
            rows,
        })
    }
}

impl Row {
    fn of(one: &Measurement, metric: Option<&MetricView>, language: Language) -> Self {
        let name = metric
            .map(|metric| Said::of(&metric.names, language))
            .unwrap_or_default()
            .or(one.name());
        let expected = metric.and_then(|metric| metric.datatype.as_deref());
        let number: Option<f64> = one.value.parse().ok();
        let whole: Option<u64> = one.value.parse().ok();
        let (share, shown, class) = match (one.value.as_str(), whole, number) {
            ("true", ..) => (None, language.either("oui", "yes").to_owned(), "good"),
            ("false", ..) => (None, language.either("non", "no").to_owned(), "warn"),
            (_, Some(whole), _) if !is_fraction(expected) => (None, count(whole, language), ""),
            (_, _, Some(number)) if (0.0..=1.0).contains(&number) => {
                (Some(one.value.clone()), percent(number, language), "")
            }
            _ => (None, Date::of(&one.value, language).shown, ""),
        };
        Self {
            name,
            definition: metric
                .map(|metric| metric.definitions.get(language.tag()).to_owned())
                .unwrap_or_default(),
            share,
            shown,
            class,
        }
    }
}

/// Whether values of this datatype have a fraction.
fn is_fraction(datatype: Option<&str>) -> bool {
    datatype.is_some_and(|iri| {
        ["#decimal", "#double", "#float"]
            .iter()
            .any(|end| iri.ends_with(end))
    })
}

fn percent(share: f64, language: Language) -> String {
    format!("{:.0}{}%", share * 100.0, language.either("\u{202f}", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: &str, datatype: &str) -> (Option<String>, String) {
        let metric = MetricView {
            datatype: Some(format!("http://www.w3.org/2001/XMLSchema#{datatype}")),
            ..MetricView::default()
        };
        let one = Measurement {
            metric: "https://e.org/vocabulary/metric#x".to_owned(),
            value: value.to_owned(),
        };
        let row = Row::of(&one, Some(&metric), Language::Fr);
        (row.share, row.shown)
    }

    #[test]
    fn shares_are_bars_and_counts_are_numbers() {
        assert_eq!(
            row("0.62", "decimal"),
            (Some("0.62".to_owned()), "62\u{202f}%".to_owned())
        );
        assert_eq!(
            row("1", "decimal"),
            (Some("1".to_owned()), "100\u{202f}%".to_owned())
        );
        assert_eq!(row("1", "integer"), (None, "1".to_owned()));
        assert_eq!(row("12345", "integer"), (None, "12\u{202f}345".to_owned()));
        assert_eq!(row("false", "boolean"), (None, "non".to_owned()));
        assert_eq!(row("<b>", "string"), (None, "<b>".to_owned()));
        assert_eq!(row("2026-04-14T01:00:00Z", "dateTime").1, "14 avril 2026");
    }
}
