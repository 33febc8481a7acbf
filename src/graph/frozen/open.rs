//! An open graph file.

use std::ops::Range;
use std::path::{Path, PathBuf};

use oxigraph::model::{BlankNodeRef, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use vmap::Map;

use super::Id;
use super::dictionary::Ranges;
use super::error::FrozenError;
use super::file::{Entry, Header, Meta, RESERVED, SECTIONS, Section, read_head};
use super::front::BLOCK;
use super::pairs::Order;
use super::partition::{PARTITION, Partition};

/// A graph file, mapped into memory.
#[derive(Debug)]
pub struct Frozen {
    path: PathBuf,
    map: Map,
    header: Header,
    entries: [Entry; SECTIONS.len()],
    meta: Meta,
    ranges: Ranges,
    partitions: Vec<Partition>,
    graphs: Vec<Id>,
    pub(super) languages: Vec<String>,
    pub(super) datatypes: Vec<NamedNode>,
}

impl Frozen {
    /// Opens a graph file, and checks what is cheap to check.
    ///
    /// # Errors
    /// The file system's; a file that is none, of another version or visibly damaged.
    pub fn open(path: &Path) -> Result<Self, FrozenError> {
        // No empty file can be mapped.
        let about = std::fs::metadata(path).map_err(FrozenError::file(path))?;
        if about.len() == 0 {
            return Err(FrozenError::Damaged {
                path: path.to_owned(),
                reason: "it is empty".to_owned(),
            });
        }
        let (map, _) =
            vmap::Options::<Map>::new()
                .open(path)
                .map_err(|error| FrozenError::File {
                    path: path.to_owned(),
                    source: std::io::Error::other(error.to_string()),
                })?;
        let (header, entries) = read_head(path, &map)?;
        let mut file = Self {
            path: path.to_owned(),
            map,
            header,
            entries,
            meta: Meta::default(),
            ranges: Ranges::default(),
            partitions: Vec::new(),
            graphs: Vec::new(),
            languages: Vec::new(),
            datatypes: Vec::new(),
        };
        file.meta = serde_json::from_slice(file.section(Section::Meta))
            .map_err(|error| file.damaged(error.to_string()))?;
        file.ranges = file.read_ranges()?;
        file.languages = file.read_names(Section::Languages)?;
        let datatypes = file.read_names(Section::Datatypes)?;
        file.datatypes = datatypes
            .into_iter()
            .map(NamedNode::new_unchecked)
            .collect();
        file.partitions = file.read_partitions()?;
        file.graphs = file
            .partitions
            .iter()
            .filter_map(|partition| partition.graph)
            .collect();
        file.graphs.dedup();
        Ok(file)
    }

    /// The file's place.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the file is of.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The sequence of the ledger that it shows.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.header.sequence
    }

    /// How many quads it has.
    #[must_use]
    pub fn quad_count(&self) -> u64 {
        self.header.quads
    }

    /// Its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.header.length
    }

    /// How many terms it has; identifiers from here on are those of a query.
    #[must_use]
    pub fn terms(&self) -> Id {
        self.ranges.others.end
    }

    /// Which identifiers are of which kind of term.
    #[must_use]
    pub fn ranges(&self) -> &Ranges {
        &self.ranges
    }

    /// All partitions, by graph (the default graph first) and predicate.
    #[must_use]
    pub fn partitions(&self) -> &[Partition] {
        &self.partitions
    }

    /// The statements of a graph with a predicate.
    #[must_use]
    pub fn partition(&self, graph: Option<Id>, predicate: Id) -> Option<&Partition> {
        let key = |partition: &Partition| (partition.graph, partition.predicate);
        let at = self
            .partitions
            .binary_search_by_key(&(graph, predicate), key)
            .ok()?;
        self.partitions.get(at)
    }

    /// The partitions of a graph, by predicate.
    #[must_use]
    pub fn in_graph(&self, graph: Option<Id>) -> &[Partition] {
        let start = self.partitions.partition_point(|p| p.graph < graph);
        let end = self.partitions.partition_point(|p| p.graph <= graph);
        self.partitions.get(start..end).unwrap_or_default()
    }

    /// How many statements a named graph has.
    #[must_use]
    pub fn count_in(&self, graph: &NamedNode) -> u64 {
        let Some(id) = self.known(&Term::from(graph.clone())) else {
            return 0;
        };
        let partitions = self.in_graph(Some(id)).iter();
        partitions.map(|partition| partition.pairs).sum()
    }

    /// The partitions of all named graphs.
    #[must_use]
    pub fn in_named_graphs(&self) -> &[Partition] {
        let start = self.partitions.partition_point(|p| p.graph.is_none());
        self.partitions.get(start..).unwrap_or_default()
    }

    /// The named graphs, ascending.
    #[must_use]
    pub fn graphs(&self) -> &[Id] {
        &self.graphs
    }

    /// Subjects with their objects.
    #[must_use]
    pub fn by_subject(&self, partition: &Partition) -> Order<'_> {
        let all = self.cast(Section::Pairs);
        Order::new(
            all,
            partition.by_subject,
            partition.pairs,
            partition.subjects,
        )
        .unwrap_or_default()
    }

    /// Objects with their subjects.
    #[must_use]
    pub fn by_object(&self, partition: &Partition) -> Order<'_> {
        let all = self.cast(Section::Pairs);
        Order::new(all, partition.by_object, partition.pairs, partition.objects).unwrap_or_default()
    }

    /// The partitions that a subject has statements in, as indexes of [`Self::partitions`].
    #[must_use]
    pub fn shape(&self, subject: Id) -> &[u32] {
        let find = || {
            let at = self
                .cast::<u32>(Section::ShapeSubjects)
                .binary_search(&subject)
                .ok()?;
            let set = usize::try_from(*self.cast::<u32>(Section::ShapeSets).get(at)?).ok()?;
            let ends: &[u32] = self.cast(Section::SetEnds);
            let start = match set.checked_sub(1) {
                Some(before) => *ends.get(before)?,
                None => 0,
            };
            let range = usize::try_from(start).ok()?..usize::try_from(*ends.get(set)?).ok()?;
            self.cast::<u32>(Section::SetMembers).get(range)
        };
        find().unwrap_or_default()
    }

    /// Every quad, by graph, predicate, subject and object.
    pub fn quads(&self) -> impl Iterator<Item = Result<Quad, FrozenError>> + '_ {
        self.partitions.iter().flat_map(move |partition| {
            let mut reader = self.reader();
            let head = self.names(partition);
            self.by_subject(partition)
                .pairs()
                .map(move |(subject, object)| {
                    let (graph, predicate) = match &head {
                        Ok(head) => head.clone(),
                        Err(reason) => return Err(self.damaged(reason.clone())),
                    };
                    let subject = match reader.term(subject)? {
                        Term::NamedNode(node) => NamedOrBlankNode::from(node),
                        Term::BlankNode(node) => node.into(),
                        Term::Literal(_) => return Err(self.damaged("a subject is a literal")),
                    };
                    Ok(Quad::new(subject, predicate, self.term(object)?, graph))
                })
        })
    }

    fn names(&self, partition: &Partition) -> Result<(GraphName, NamedNode), String> {
        let node = |id| match self.term(id) {
            Ok(Term::NamedNode(node)) => Ok(node),
            _ => Err(format!("{id} is no IRI")),
        };
        let graph = match partition.graph {
            Some(graph) => node(graph)?.into(),
            None => GraphName::DefaultGraph,
        };
        Ok((graph, node(partition.predicate)?))
    }

    /// The identifier of a term of a query: the labels of blank nodes are those that answers show.
    pub(super) fn known(&self, term: &Term) -> Option<Id> {
        match term {
            Term::BlankNode(node) => self.known_blank(node.as_ref()),
            term => self.id(term.as_ref()),
        }
    }

    fn known_blank(&self, node: BlankNodeRef<'_>) -> Option<Id> {
        let digits = node.as_str().strip_prefix('b')?;
        let id: Id = digits.parse().ok()?;
        (self.ranges.blanks.contains(&id) && id.to_string() == digits).then_some(id)
    }

    /// Reads the whole file and compares every checksum.
    ///
    /// # Errors
    /// [`FrozenError::Damaged`] with the first section that has changed.
    pub fn verify(&self) -> Result<(), FrozenError> {
        for (section, entry) in SECTIONS.iter().zip(&self.entries) {
            if crc32fast::hash(self.section(*section)) != entry.crc {
                return Err(
                    self.damaged(format!("the checksum of its section {section:?} is wrong"))
                );
            }
        }
        Ok(())
    }

    /// The bytes of a section.
    pub(super) fn section(&self, section: Section) -> &[u8] {
        let entry = self.entries.get(section.index());
        let range = entry.and_then(Entry::range);
        range
            .and_then(|range| self.map.get(range))
            .unwrap_or_default()
    }

    /// A section as numbers.
    #[inline]
    pub(super) fn cast<T: bytemuck::AnyBitPattern>(&self, section: Section) -> &[T] {
        bytemuck::try_cast_slice(self.section(section)).unwrap_or_default()
    }

    /// What a section counts.
    pub(super) fn count(&self, section: Section) -> u64 {
        self.entries
            .get(section.index())
            .map_or(0, |entry| entry.count)
    }

    /// An error that names the file.
    pub(super) fn damaged(&self, reason: impl Into<String>) -> FrozenError {
        FrozenError::Damaged {
            path: self.path.clone(),
            reason: reason.into(),
        }
    }

    fn length(&self, section: Section) -> u64 {
        self.entries
            .get(section.index())
            .map_or(0, |entry| entry.length)
    }

    fn read_ranges(&self) -> Result<Ranges, FrozenError> {
        let mut start = 0u64;
        let mut next = |counted: Section,
                        widths: &[(Section, u64)]|
         -> Result<Range<Id>, FrozenError> {
            let count = self.count(counted);
            let fits = widths
                .iter()
                .all(|(section, width)| count.checked_mul(*width) == Some(self.length(*section)));
            let end = start
                .checked_add(count)
                .filter(|end| *end < u64::from(Id::MAX - RESERVED));
            let range = match (
                u32::try_from(start),
                end.and_then(|end| u32::try_from(end).ok()),
            ) {
                (Ok(start), Some(end)) if fits => start..end,
                _ => {
                    return Err(self.damaged(format!("its section {counted:?} has a wrong length")));
                }
            };
            start = u64::from(range.end);
            Ok(range)
        };
        let ranges = Ranges {
            blanks: next(Section::Blanks, &[(Section::Blanks, 16)])?,
            iris: next(Section::IriBytes, &[])?,
            numbers: next(
                Section::NumberValues,
                &[(Section::NumberValues, 16), (Section::NumberCodes, 1)],
            )?,
            dates: next(
                Section::DateValues,
                &[(Section::DateValues, 8), (Section::DateCodes, 2)],
            )?,
            texts: next(Section::TextBytes, &[])?,
            others: next(Section::OtherBytes, &[])?,
        };
        for (blocks, bytes) in [
            (Section::IriBlocks, Section::IriBytes),
            (Section::TextBlocks, Section::TextBytes),
            (Section::OtherBlocks, Section::OtherBytes),
        ] {
            let block = u64::try_from(BLOCK).unwrap_or(1);
            if self.length(blocks) != self.count(bytes).div_ceil(block) * 8 {
                return Err(self.damaged(format!("its section {blocks:?} has a wrong length")));
            }
        }
        if u64::from(ranges.others.end) != self.header.terms {
            return Err(self.damaged("its sections do not have as many terms as it states"));
        }
        Ok(ranges)
    }

    fn read_names(&self, section: Section) -> Result<Vec<String>, FrozenError> {
        let text = std::str::from_utf8(self.section(section))
            .map_err(|error| self.damaged(error.to_string()))?;
        Ok(text.split_terminator('\n').map(str::to_owned).collect())
    }

    fn read_partitions(&self) -> Result<Vec<Partition>, FrozenError> {
        let all: &[u32] = self.cast(Section::Pairs);
        let (chunks, rest) = self.section(Section::Partitions).as_chunks::<PARTITION>();
        let mut partitions = Vec::with_capacity(chunks.len());
        let mut quads = 0u64;
        for chunk in chunks {
            let partition = Partition::from_bytes(chunk).filter(|p| {
                Order::new(all, p.by_subject, p.pairs, p.subjects).is_some()
                    && Order::new(all, p.by_object, p.pairs, p.objects).is_some()
            });
            let partition =
                partition.ok_or_else(|| self.damaged("a partition lies outside its section"))?;
            quads = quads.saturating_add(partition.pairs);
            partitions.push(partition);
        }
        let is_sorted = partitions.is_sorted_by_key(|p| (p.graph, p.predicate));
        if !rest.is_empty() || !is_sorted || quads != self.header.quads {
            return Err(self.damaged("its directory of partitions is wrong"));
        }
        Ok(partitions)
    }
}
