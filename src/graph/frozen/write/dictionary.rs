//! The dictionary sections, written while terms come by in the order of their keys.

use super::super::error::FrozenError;
use super::super::file::{RESERVED, Section};
use super::super::key::{self, Part};
use super::front::{BLOCK, Blocks};
use super::sections::Sections;
use super::spill::{Pieces, Spill};
use super::tags::Numbered;

/// Bit of a number's code that says: the lexical form is among the exceptions.
const NUMBER_EXCEPTION: u8 = 1 << 7;
/// The same of a date's code.
const DATE_EXCEPTION: u16 = 1 << 15;

/// The sections of the dictionary in their order; each is one stream of the file and another laid aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Blanks,
    Iris,
    Numbers,
    Dates,
    Texts,
    Others,
    Done,
}

/// Writes the dictionary.
pub(in super::super) struct Dictionary<'a> {
    tags: &'a Numbered,
    stage: Stage,
    /// Terms of this stage so far.
    count: u64,
    terms: u32,
    subjects: u32,
    blocks: Blocks,
    /// What belongs to the stage's second section: beginnings of blocks, or codes.
    beside: Pieces,
    exceptions: Exceptions,
    buffer: Vec<u8>,
    new_spill: Box<dyn Fn() -> Spill + 'a>,
}

/// Lexical forms that cannot be written from a value.
struct Exceptions {
    ids: Pieces,
    ends: Pieces,
    bytes: Pieces,
    count: u64,
}

impl<'a> Dictionary<'a> {
    /// Begins the dictionary.
    pub(in super::super) fn begin(
        sections: &mut Sections,
        tags: &'a Numbered,
        new_spill: impl Fn() -> Spill + 'a,
    ) -> Result<Self, FrozenError> {
        sections.begin(Section::Blanks)?;
        Ok(Self {
            tags,
            stage: Stage::Blanks,
            count: 0,
            terms: 0,
            subjects: 0,
            blocks: Blocks::default(),
            beside: Pieces::new(new_spill()),
            exceptions: Exceptions {
                ids: Pieces::new(new_spill()),
                ends: Pieces::new(new_spill()),
                bytes: Pieces::new(new_spill()),
                count: 0,
            },
            buffer: Vec::new(),
            new_spill: Box::new(new_spill),
        })
    }

    /// Writes the term with the next key.
    pub(in super::super) fn push(
        &mut self,
        sections: &mut Sections,
        key: &[u8],
    ) -> Result<(), FrozenError> {
        let part = key::parse(key).ok_or_else(|| FrozenError::malformed(key))?;
        self.push_part(sections, &part)
    }

    /// Writes the next term.
    pub(in super::super) fn push_part(
        &mut self,
        sections: &mut Sections,
        part: &Part<'_>,
    ) -> Result<(), FrozenError> {
        self.advance(sections, stage(part))?;
        match part {
            Part::Blank(hash) => sections.write(hash)?,
            Part::Iri(iri) => self.string(sections, None, iri)?,
            Part::Number(stored, lexical) => {
                sections.write(&stored.raw)?;
                let mut code = stored.code;
                if let Some(lexical) = lexical {
                    code |= NUMBER_EXCEPTION;
                    self.exceptions.push(self.terms, lexical)?;
                }
                self.beside.push(&[code])?;
            }
            Part::Date(stored, lexical) => {
                sections.write(&stored.micros.to_le_bytes())?;
                let mut code = stored.code;
                if let Some(lexical) = lexical {
                    code |= DATE_EXCEPTION;
                    self.exceptions.push(self.terms, lexical)?;
                }
                self.beside.push(&code.to_le_bytes())?;
            }
            Part::Text(value, language) => {
                let tag = self.tags.language(*language);
                self.string(sections, Some(tag), value)?;
            }
            Part::Other(datatype, value) => {
                let tag = self.tags.datatype(datatype);
                self.string(sections, Some(tag), value)?;
            }
        }
        self.count += 1;
        if self.terms + 1 >= u32::MAX - RESERVED {
            return Err(FrozenError::TooManyTerms(u64::from(self.terms) + 1));
        }
        self.terms += 1;
        Ok(())
    }

    /// The end of the identifiers that subjects can have: those of blank nodes and IRIs.
    pub(in super::super) fn subjects(&self) -> u32 {
        if self.stage <= Stage::Iris {
            self.terms
        } else {
            self.subjects
        }
    }

    /// Ends the dictionary; returns the number of terms.
    pub(in super::super) fn end(mut self, sections: &mut Sections) -> Result<u32, FrozenError> {
        self.advance(sections, Stage::Done)?;
        let (languages, count) = self.tags.languages();
        sections.whole(Section::Languages, &languages, count)?;
        let (datatypes, count) = self.tags.datatypes();
        sections.whole(Section::Datatypes, &datatypes, count)?;
        let count = self.exceptions.count;
        sections.spilled(Section::ExceptionIds, &self.exceptions.ids.done()?, count)?;
        sections.spilled(Section::ExceptionEnds, &self.exceptions.ends.done()?, count)?;
        sections.spilled(
            Section::ExceptionBytes,
            &self.exceptions.bytes.done()?,
            count,
        )?;
        Ok(self.terms)
    }

    fn string(
        &mut self,
        sections: &mut Sections,
        tag: Option<usize>,
        value: &[u8],
    ) -> Result<(), FrozenError> {
        if let Some(block) = self.blocks.encode(tag, value, &mut self.buffer) {
            self.beside.push(&block.to_le_bytes())?;
        }
        sections.write(&self.buffer)
    }

    /// Ends stages until the wanted one.
    fn advance(&mut self, sections: &mut Sections, stage: Stage) -> Result<(), FrozenError> {
        while self.stage < stage {
            sections.end(self.count);
            let beside = std::mem::replace(&mut self.beside, Pieces::new((self.new_spill)()));
            let blocks = std::mem::take(&mut self.blocks).count.div_ceil(BLOCK);
            let count = std::mem::take(&mut self.count);
            let (kind, count, next, stage) = match self.stage {
                Stage::Blanks => (None, 0, Some(Section::IriBytes), Stage::Iris),
                Stage::Iris => {
                    self.subjects = self.terms;
                    let next = Some(Section::NumberValues);
                    (Some(Section::IriBlocks), blocks, next, Stage::Numbers)
                }
                Stage::Numbers => {
                    let next = Some(Section::DateValues);
                    (Some(Section::NumberCodes), count, next, Stage::Dates)
                }
                Stage::Dates => {
                    let next = Some(Section::TextBytes);
                    (Some(Section::DateCodes), count, next, Stage::Texts)
                }
                Stage::Texts => {
                    let next = Some(Section::OtherBytes);
                    (Some(Section::TextBlocks), blocks, next, Stage::Others)
                }
                Stage::Others | Stage::Done => {
                    (Some(Section::OtherBlocks), blocks, None, Stage::Done)
                }
            };
            if let Some(kind) = kind {
                sections.spilled(kind, &beside.done()?, count)?;
            }
            if let Some(kind) = next {
                sections.begin(kind)?;
            }
            self.stage = stage;
        }
        Ok(())
    }
}

impl Exceptions {
    fn push(&mut self, id: u32, lexical: &[u8]) -> Result<(), FrozenError> {
        self.ids.push(&id.to_le_bytes())?;
        self.bytes.push(lexical)?;
        self.ends.push(&self.bytes.len().to_le_bytes())?;
        self.count += 1;
        Ok(())
    }
}

fn stage(part: &Part<'_>) -> Stage {
    match part {
        Part::Blank(_) => Stage::Blanks,
        Part::Iri(_) => Stage::Iris,
        Part::Number(..) => Stage::Numbers,
        Part::Date(..) => Stage::Dates,
        Part::Text(..) => Stage::Texts,
        Part::Other(..) => Stage::Others,
    }
}
