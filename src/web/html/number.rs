//! Counts and sizes as people read them: `12 345`, `1,3 Mo`; `12,345`, `1.3 MB`.
//!
//! Sizes are in powers of 1000, as portals and operating systems give them.

use super::text::Language;

/// A whole number with its thousands set apart: narrow spaces in French, commas in English.
pub(super) fn count(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let separator = match language {
        Language::Fr => '\u{202f}',
        Language::En => ',',
    };
    let mut out = String::with_capacity(digits.len() + 8);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A number of bytes in the largest unit that leaves at least one before the point, with one decimal
/// below ten.
pub(super) fn size(bytes: u64, language: Language) -> String {
    let units = match language {
        Language::Fr => ["ko", "Mo", "Go", "To", "Po", "Eo"],
        Language::En => ["kB", "MB", "GB", "TB", "PB", "EB"],
    };
    // In integers and rounded once: no float can show 1000 kB for 1 MB.
    let exact = u128::from(bytes);
    let mut scale = 1_u128;
    let mut chosen = language.either("octets", "bytes");
    for unit in units {
        if (exact + scale / 2) / scale < 1000 {
            break;
        }
        scale *= 1000;
        chosen = unit;
    }
    if bytes == 1 {
        chosen = language.either("octet", "byte");
    }
    let tenths = (exact * 10 + scale / 2) / scale;
    let number = if scale > 1 && tenths < 100 && !tenths.is_multiple_of(10) {
        format!(
            "{}{}{}",
            tenths / 10,
            language.either(",", "."),
            tenths % 10
        )
    } else {
        ((exact + scale / 2) / scale).to_string()
    };
    format!("{number}\u{a0}{chosen}")
}

/// `et 12 autres`, `and 12 more`.
pub(super) fn more(number: u64, language: Language) -> String {
    let counted = count(number, language);
    match (language, number) {
        (Language::Fr, 0 | 1) => format!("et {counted} autre"),
        (Language::Fr, _) => format!("et {counted} autres"),
        (Language::En, _) => format!("and {counted} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(count(0, Language::En), "0");
        assert_eq!(count(999, Language::En), "999");
        assert_eq!(count(74_200, Language::En), "74,200");
        assert_eq!(count(1_074_200, Language::Fr), "1\u{202f}074\u{202f}200");
        assert_eq!(count(u64::MAX, Language::En), "18,446,744,073,709,551,615");
    }

    #[test]
    fn sizes_are_in_units_of_the_language() {
        for (bytes, french, english) in [
            (0, "0 octets", "0 bytes"),
            (1, "1 octet", "1 byte"),
            (999, "999 octets", "999 bytes"),
            (1000, "1 ko", "1 kB"),
            (1024, "1 ko", "1 kB"),
            (1260, "1,3 ko", "1.3 kB"),
            (24_605, "25 ko", "25 kB"),
            (999_499, "999 ko", "999 kB"),
            (999_999, "1 Mo", "1 MB"),
            (1_300_000, "1,3 Mo", "1.3 MB"),
            (9_960_000, "10 Mo", "10 MB"),
            (2_400_000_000, "2,4 Go", "2.4 GB"),
            (u64::MAX, "18 Eo", "18 EB"),
        ] {
            assert_eq!(size(bytes, Language::Fr).replace('\u{a0}', " "), french);
            assert_eq!(size(bytes, Language::En).replace('\u{a0}', " "), english);
        }
    }

    #[test]
    fn words_agree_with_their_number() {
        assert_eq!(more(1, Language::Fr), "et 1 autre");
        assert_eq!(more(2, Language::Fr), "et 2 autres");
    }
}
