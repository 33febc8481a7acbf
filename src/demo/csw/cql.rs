//! CQL texts: comparisons joined by AND, OR, NOT and parentheses.

use super::Refusal;
use super::condition::{Comparison, Condition};

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Condition, Refusal> {
    let mut words = words(text)?.into_iter().rev().collect::<Vec<_>>();
    let condition = any(&mut words)?;
    match words.pop() {
        None => Ok(condition),
        Some(word) => Err(wrong(&word)),
    }
}

fn wrong(word: &str) -> Refusal {
    Refusal::new("Constraint", format!("CQL is not understood at `{word}`"))
}

/// Names, operators and parentheses as they are; literals with a quote before them.
fn words(text: &str) -> Result<Vec<String>, Refusal> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => {
                let (literal, length) = literal(rest).ok_or_else(|| wrong(rest))?;
                words.push(format!("'{literal}"));
                rest = rest.get(length..).unwrap_or_default().trim_start();
                continue;
            }
            '(' | ')' => 1,
            '<' | '>' | '=' => rest.find(|c| !"<>=".contains(c)).unwrap_or(rest.len()),
            _ => rest
                .find(|c: char| c.is_whitespace() || "()<>='".contains(c))
                .unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at_checked(length).ok_or_else(|| wrong(rest))?;
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    Ok(words)
}

/// A literal, in which a quote is written twice, and how long it is.
fn literal(text: &str) -> Option<(String, usize)> {
    let mut at = 1;
    loop {
        let close = at + text.get(at..)?.find('\'')?;
        if text.get(close + 1..)?.starts_with('\'') {
            at = close + 2;
        } else {
            return Some((text.get(1..close)?.replace("''", "'"), close + 1));
        }
    }
}

fn is(words: &[String], wanted: &str) -> bool {
    words
        .last()
        .is_some_and(|word| word.eq_ignore_ascii_case(wanted))
}

fn any(words: &mut Vec<String>) -> Result<Condition, Refusal> {
    let mut all = vec![every(words)?];
    while is(words, "OR") {
        words.pop();
        all.push(every(words)?);
    }
    Ok(Condition::Or(all))
}

fn every(words: &mut Vec<String>) -> Result<Condition, Refusal> {
    let mut all = vec![one(words)?];
    while is(words, "AND") {
        words.pop();
        all.push(one(words)?);
    }
    Ok(Condition::And(all))
}

fn one(words: &mut Vec<String>) -> Result<Condition, Refusal> {
    let mut next = || words.pop().ok_or_else(|| wrong("the end"));
    let name = next()?;
    if name == "(" {
        let within = any(words)?;
        return match words.pop().as_deref() {
            Some(")") => Ok(within),
            _ => Err(wrong("(")),
        };
    }
    if name.eq_ignore_ascii_case("NOT") {
        return Ok(Condition::Not(Box::new(one(words)?)));
    }
    let (operator, literal) = (next()?, next()?);
    let comparison = match operator.to_uppercase().as_str() {
        "=" => Comparison::Equal,
        ">=" => Comparison::AtLeast,
        "<=" => Comparison::AtMost,
        ">" => Comparison::Above,
        "LIKE" => Comparison::Like,
        _ => return Err(wrong(&operator)),
    };
    match literal.strip_prefix('\'') {
        Some(literal) => Ok(Condition::Is(name, comparison, literal.to_owned())),
        None => Err(wrong(&literal)),
    }
}
