//! Threads for pages that nobody vouches for.
//!
//! HTML nests, and code that walks it recursively needs stack in proportion; a thread's usual 2 MB are not enough for
//! hostile pages, and a stack overflow cannot be caught. A page may also be slow rather than deep, and a thread cannot be
//! stopped from outside. So a [`Guarded`] keeps one worker with a large stack, waits for it only so long, and starts
//! another when it has to leave one behind.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;

use khabar_record::Article;

use crate::error::{PageError, PageErrorKind};
use crate::{PageOptions, RawInput, read_input};

/// The stack of a worker, in bytes. Only what is touched takes memory.
pub const WORKER_STACK: usize = 64 << 20;

/// Reads pages on a thread of its own, with a large stack and a time limit. One for each thread that feeds it.
#[derive(Debug)]
pub struct Guarded {
    options: PageOptions,
    worker: Option<Worker>,
}

#[derive(Debug)]
struct Worker {
    jobs: Sender<RawInput>,
    results: Receiver<Result<Article, PageError>>,
}

impl Guarded {
    /// Makes a guarded reader; its thread starts with the first page.
    pub fn new(options: PageOptions) -> Self {
        Self { options, worker: None }
    }

    /// Reads one input, as [`read_input`] does.
    ///
    /// # Errors
    /// Those of [`read_input`], and one for a page that takes longer than the limit.
    pub fn read(&mut self, input: RawInput) -> Result<Article, PageError> {
        let name = input.source_name();
        let internal = |why: &str| PageError::new(&name, PageErrorKind::Internal(why.to_owned()));
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => Worker::start(self.options.clone()).map_err(|e| internal(&e.to_string()))?,
        };
        if worker.jobs.send(input).is_err() {
            return Err(internal("the worker has ended"));
        }
        let time = self.options.limits.time;
        match worker.results.recv_timeout(time) {
            Ok(result) => {
                self.worker = Some(worker);
                result
            }
            // The worker is left to finish alone; dropping our end of its channel ends it after that.
            Err(RecvTimeoutError::Timeout) => {
                Err(PageError::new(&name, PageErrorKind::TimeLimit(time)))
            }
            Err(RecvTimeoutError::Disconnected) => Err(internal("the worker has ended")),
        }
    }
}

impl Worker {
    fn start(options: PageOptions) -> std::io::Result<Self> {
        let (jobs, todo) = channel::<RawInput>();
        let (done, results) = channel();
        thread::Builder::new().name("page".to_owned()).stack_size(WORKER_STACK).spawn(
            move || {
                for input in todo {
                    let result = catch_unwind(AssertUnwindSafe(|| read_input(&input, &options)));
                    let result = result.unwrap_or_else(|_| {
                        let why = "the page made the reader panic".to_owned();
                        Err(PageError::new(input.source_name(), PageErrorKind::Internal(why)))
                    });
                    if done.send(result).is_err() {
                        break;
                    }
                }
            },
        )?;
        Ok(Self { jobs, results })
    }
}
