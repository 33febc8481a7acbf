//! Small answers to queries, kept in memory: a dashboard asks the same again and again.
//!
//! An answer is kept by its entity tag, in which are the query, the syntax and the sequence of the
//! catalogue, so that none is given that a worker would not give. What is not asked for any more makes
//! room for what is.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::workers;

/// The most bytes of one answer.
const LARGEST: usize = 256 << 10;

/// What an answer takes beside its bytes.
const OVERHEAD: u64 = 256;

/// The answers that are kept.
#[derive(Clone)]
pub(super) struct Answers {
    kept: Option<Arc<Cache<String, Kept, Bytewise>>>,
}

/// One answer.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) content_type: &'static str,
    pub(super) bytes: Bytes,
    /// Whether there are more rows than these.
    pub(super) cut: bool,
}

#[derive(Clone)]
struct Bytewise;

impl Weighter<String, Kept> for Bytewise {
    fn weight(&self, key: &String, kept: &Kept) -> u64 {
        let bytes = u64::try_from(key.len() + kept.bytes.len()).unwrap_or(u64::MAX);
        bytes.saturating_add(OVERHEAD)
    }
}

impl Answers {
    /// At most so many bytes of answers.
    pub(super) fn new(most: u64) -> Self {
        let typical = usize::try_from(most / 4096)
            .unwrap_or(usize::MAX)
            .clamp(16, 1 << 20);
        Self {
            kept: (most > 0).then(|| Arc::new(Cache::with_weighter(typical, most, Bytewise))),
        }
    }

    /// The answer with an entity tag.
    pub(super) fn get(&self, tag: &str) -> Option<Kept> {
        self.kept.as_ref()?.get(tag)
    }

    /// Keeps an answer, if it is small.
    pub(super) fn keep(&self, tag: String, kept: Kept) {
        if let Some(cache) = &self.kept
            && kept.bytes.len() <= LARGEST
        {
            cache.insert(tag, kept);
        }
    }
}

/// An answer on its way, kept if it comes to a clean end and is small.
pub(super) struct Keeping {
    answer: workers::Body,
    content_type: &'static str,
    /// What has come, while it is small, and the tag.
    come: Option<(Vec<u8>, String)>,
    answers: Answers,
}

impl Keeping {
    /// Passes an answer on, to be kept by its entity tag.
    pub(super) fn new(answers: Answers, answer: workers::Answer, tag: &str) -> Self {
        Self {
            answer: answer.body,
            content_type: answer.content_type,
            come: answers.kept.is_some().then(|| (Vec::new(), tag.to_owned())),
            answers,
        }
    }
}

impl Stream for Keeping {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.answer).poll_next(context);
        match &polled {
            Poll::Ready(Some(Ok(bytes))) => {
                if let Some((come, _)) = &mut self.come {
                    if come.len() + bytes.len() > LARGEST {
                        self.come = None;
                    } else {
                        come.extend_from_slice(bytes);
                    }
                }
            }
            Poll::Ready(Some(Err(_))) => self.come = None,
            Poll::Ready(None) => {
                if let Some((come, tag)) = self.come.take() {
                    let kept = Kept {
                        content_type: self.content_type,
                        bytes: come.into(),
                        cut: false,
                    };
                    self.answers.keep(tag, kept);
                }
            }
            Poll::Pending => {}
        }
        polled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(length: usize) -> Kept {
        Kept {
            content_type: "text/csv",
            bytes: vec![0; length].into(),
            cut: false,
        }
    }

    #[test]
    fn no_more_is_kept_than_may_be() {
        let answers = Answers::new(1 << 20);
        for number in 0..100 {
            answers.keep(number.to_string(), kept(100_000));
        }
        let cache = answers.kept.as_ref().unwrap();
        assert!(cache.weight() <= 1 << 20);
        assert!(cache.len() > 5);
        assert!(answers.get("none").is_none());
    }

    #[test]
    fn nothing_is_kept_where_there_is_no_room_for_it() {
        let answers = Answers::new(0);
        answers.keep("a".to_owned(), kept(1));
        assert!(answers.get("a").is_none());
    }
}
