//! Front-coded strings: blocks of sixteen, each string without what it shares with the one before.

use std::cmp::Ordering;

/// Strings in a block.
pub(super) const BLOCK: usize = 16;

/// How strings are tagged, and so ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tags {
    /// Not at all.
    None,
    /// By language, which decides between equal strings.
    After,
    /// By datatype, which decides before the strings.
    Before,
}

/// A section of front-coded strings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Front<'a> {
    pub(super) blocks: &'a [u64],
    pub(super) bytes: &'a [u8],
    pub(super) count: usize,
    pub(super) tags: Tags,
}

/// Appends a number as LEB128.
pub(super) fn write_varint(mut number: u64, bytes: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

#[inline]
fn varint(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0usize;
    let mut shift = 0;
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
        if shift > 63 {
            return None;
        }
    }
}

impl<'a> Front<'a> {
    /// A walk over the strings; cheap for ascending indexes.
    pub(super) fn walk(self) -> Walk<'a> {
        Walk {
            front: self,
            next: 0,
            at: 0,
            text: Vec::new(),
            tag: 0,
        }
    }

    /// The index of a string.
    pub(super) fn find(self, text: &[u8], tag: usize) -> Option<usize> {
        let mut walk = self.walk();
        let (mut low, mut high) = (0, self.count.div_ceil(BLOCK));
        // The last block that begins with the string or before it.
        while low < high {
            let middle = usize::midpoint(low, high);
            match walk.compare(middle * BLOCK, text, tag)? {
                Ordering::Greater => high = middle,
                _ => low = middle + 1,
            }
        }
        let first = low.checked_sub(1)? * BLOCK;
        for index in first..(first + BLOCK).min(self.count) {
            match walk.compare(index, text, tag)? {
                Ordering::Less => {}
                Ordering::Equal => return Some(index),
                Ordering::Greater => return None,
            }
        }
        None
    }
}

/// A place in a section of strings.
#[derive(Debug, Clone)]
pub(super) struct Walk<'a> {
    front: Front<'a>,
    /// The index of the string after the one in `text`.
    next: usize,
    at: usize,
    text: Vec<u8>,
    tag: usize,
}

impl Walk<'_> {
    /// The string at an index, and its tag.
    #[inline]
    pub(super) fn seek(&mut self, index: usize) -> Option<(&[u8], usize)> {
        if index + 1 != self.next {
            if index >= self.front.count {
                return None;
            }
            let block = index / BLOCK;
            if index < self.next || block * BLOCK > self.next || self.next == 0 {
                self.next = block * BLOCK;
                self.at = usize::try_from(*self.front.blocks.get(block)?).ok()?;
                self.text.clear();
            }
            while self.next <= index {
                self.step()?;
            }
        }
        Some((&self.text, self.tag))
    }

    #[inline]
    fn step(&mut self) -> Option<()> {
        let bytes = self.front.bytes;
        if self.front.tags != Tags::None {
            self.tag = varint(bytes, &mut self.at)?;
        }
        let shared = varint(bytes, &mut self.at)?;
        let length = varint(bytes, &mut self.at)?;
        let end = self.at.checked_add(length)?;
        let suffix = bytes.get(self.at..end)?;
        if shared > self.text.len() {
            return None;
        }
        self.text.truncate(shared);
        self.text.extend_from_slice(suffix);
        self.at = end;
        self.next += 1;
        Some(())
    }

    /// How the string at an index compares to another one.
    fn compare(&mut self, index: usize, text: &[u8], tag: usize) -> Option<Ordering> {
        let tags = self.front.tags;
        let (found, its) = self.seek(index)?;
        Some(match tags {
            Tags::None => found.cmp(text),
            Tags::After => found.cmp(text).then(its.cmp(&tag)),
            Tags::Before => its.cmp(&tag).then_with(|| found.cmp(text)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(strings: &[(&str, u64)], tags: Tags) -> (Vec<u64>, Vec<u8>) {
        let (mut blocks, mut bytes, mut last) = (Vec::new(), Vec::new(), "");
        for (index, (text, tag)) in strings.iter().enumerate() {
            if index % BLOCK == 0 {
                blocks.push(bytes.len() as u64);
                last = "";
            }
            let shared = last
                .bytes()
                .zip(text.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            if tags != Tags::None {
                write_varint(*tag, &mut bytes);
            }
            write_varint(shared as u64, &mut bytes);
            write_varint((text.len() - shared) as u64, &mut bytes);
            bytes.extend_from_slice(&text.as_bytes()[shared..]);
            last = text;
        }
        (blocks, bytes)
    }

    #[test]
    fn strings_are_found_where_they_are_and_nowhere_else() {
        let words: Vec<String> = (0..100)
            .map(|n| format!("http://e/{:03}{}", n * 2, "x".repeat(n)))
            .collect();
        let strings: Vec<(&str, u64)> = words.iter().map(|word| (word.as_str(), 300)).collect();
        for tags in [Tags::None, Tags::After, Tags::Before] {
            let (blocks, bytes) = coded(&strings, tags);
            let front = Front {
                blocks: &blocks,
                bytes: &bytes,
                count: strings.len(),
                tags,
            };
            let mut walk = front.walk();
            let tag = if tags == Tags::None { 0 } else { 300 };
            for (index, (text, _)) in strings.iter().enumerate() {
                assert_eq!(front.find(text.as_bytes(), tag), Some(index));
                assert_eq!(walk.seek(index), Some((text.as_bytes(), tag)));
                assert_eq!(front.find(&text.as_bytes()[..text.len() - 1], tag), None);
            }
            for index in [99, 0, 50, 33, 34, 48, 16, 15, 99] {
                assert_eq!(walk.seek(index).unwrap().0, strings[index].0.as_bytes());
            }
            assert_eq!(walk.seek(100), None);
            assert_eq!(front.find(b"", tag), None);
        }
    }
}
