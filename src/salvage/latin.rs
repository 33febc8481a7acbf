//! The characters of one byte that texts in Western Europe are still written in.

/// The characters of windows-1252 from 0x80 to 0x9F; the other half of the table is that of Unicode.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// A byte of windows-1252, which is also what is meant by Latin-1.
#[must_use]
pub fn windows1252(byte: u8) -> char {
    byte.checked_sub(0x80)
        .and_then(|index| WINDOWS.get(usize::from(index)).copied())
        .unwrap_or(char::from(byte))
}

/// A byte of Latin-9 (ISO 8859-15): the euro sign and some letters in other places than in Latin-1.
#[must_use]
pub fn latin9(byte: u8) -> char {
    match byte {
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        other => char::from(other),
    }
}
