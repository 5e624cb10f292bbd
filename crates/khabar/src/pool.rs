//! Working on many inputs at once and giving the results back in the order of the inputs.
//!
//! At most a window of inputs is in flight, so that memory stays bounded when one is slow and the ones behind it are quick.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Bytes of stack for each worker; only what is touched takes memory.
const STACK: usize = 16 << 20;

/// How many inputs may be in flight for each worker.
const WINDOW: usize = 16;

/// Puts every input through a worker on one of `jobs` threads and hands the results to `sink` in the order of the inputs.
///
/// `worker` makes each thread's worker, which may keep state from one input to the next. The run ends early when `sink`
/// returns an error, which is handed back. A worker that panics ends the run with its panic.
pub(crate) fn ordered<I, O, E, W>(
    jobs: usize,
    inputs: impl Iterator<Item = I> + Send,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(O) -> Result<(), E>,
) -> io::Result<Result<(), E>>
where
    I: Send,
    O: Send,
    W: FnMut(I) -> O,
{
    let queue = Queue {
        state: Mutex::new(State {
            inputs: Some(inputs),
            taken: 0,
            given: 0,
            done: BTreeMap::new(),
            end: None,
        }),
        room: Condvar::new(),
        ready: Condvar::new(),
        window: jobs * WINDOW,
    };
    thread::scope(|scope| {
        // The workers run dry when this closure is left early: by the sink's error, by its panic, by a failed spawn.
        let stop = StopOnDrop(&queue);
        for n in 0..jobs {
            let name = format!("reader-{n}");
            thread::Builder::new().name(name).stack_size(STACK).spawn_scoped(scope, || {
                let _stop = StopOnDrop(&queue);
                let mut work = worker();
                while let Some((number, input)) = queue.take() {
                    queue.finish(number, work(input));
                }
            })?;
        }
        while let Some(result) = queue.next() {
            if let Err(error) = sink(result) {
                drop(stop);
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    })
}

struct State<Inputs, O> {
    /// The inputs that no worker has taken yet; `None` once they have run out or the run is stopped.
    inputs: Option<Inputs>,
    taken: usize,
    given: usize,
    done: BTreeMap<usize, O>,
    /// How many results there will be, once the inputs have run out.
    end: Option<usize>,
}

struct Queue<Inputs, O> {
    state: Mutex<State<Inputs, O>>,
    room: Condvar,
    ready: Condvar,
    window: usize,
}

impl<Inputs: Iterator, O> Queue<Inputs, O> {
    fn lock(&self) -> MutexGuard<'_, State<Inputs, O>> {
        // A panic while the lock is held can only come from the input iterator; the counts are then still true.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next input, waiting while too many documents are in flight.
    fn take(&self) -> Option<(usize, Inputs::Item)> {
        let mut state = self.lock();
        while state.inputs.is_some() && state.taken - state.given >= self.window {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(input) = state.inputs.as_mut().and_then(Iterator::next) {
            state.taken += 1;
            return Some((state.taken - 1, input));
        }
        state.inputs = None;
        let taken = state.taken;
        state.end.get_or_insert(taken);
        drop(state);
        self.ready.notify_all();
        self.room.notify_all();
        None
    }

    fn finish(&self, number: usize, result: O) {
        self.lock().done.insert(number, result);
        self.ready.notify_all();
    }

    /// Waits for the next result in order; `None` when there are no more.
    fn next(&self) -> Option<O> {
        let mut state = self.lock();
        loop {
            let number = state.given;
            if let Some(result) = state.done.remove(&number) {
                state.given += 1;
                drop(state);
                self.room.notify_one();
                return Some(result);
            }
            if state.end == Some(number) {
                return None;
            }
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Hands out no more inputs; after a panic also no more results, since one of them will never come.
    fn stop(&self) {
        let mut state = self.lock();
        state.inputs = None;
        if thread::panicking() {
            state.end = Some(state.given);
            state.done.clear();
        }
        drop(state);
        self.room.notify_all();
        self.ready.notify_all();
    }
}

struct StopOnDrop<'q, Inputs: Iterator, O>(&'q Queue<Inputs, O>);

impl<Inputs: Iterator, O> Drop for StopOnDrop<'_, Inputs, O> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(jobs: usize, count: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let worker = || {
            |n: usize| {
                // Later inputs finish first, so that the order of the results is put to the test.
                thread::sleep(std::time::Duration::from_micros(((count - n) % 7) as u64 * 50));
                n
            }
        };
        let end = ordered(jobs, 0..count, worker, |result| {
            out.push(result);
            Ok::<(), ()>(())
        });
        end.unwrap().unwrap();
        out
    }

    #[test]
    fn results_come_in_order() {
        for jobs in [1, 2, 5] {
            assert_eq!(run(jobs, 200), (0..200).collect::<Vec<_>>(), "{jobs} jobs");
        }
        assert!(run(2, 0).is_empty());
    }

    #[test]
    fn a_failing_sink_ends_an_endless_run() {
        let mut seen = 0;
        let end = ordered(
            2,
            0..,
            || |n: u64| n,
            |n| {
                seen += 1;
                if n == 50 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!(end.unwrap(), Err("full"));
        assert_eq!(seen, 51);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panicking_worker_ends_the_run() {
        let worker = || |n: u64| if n == 20 { panic!("input 20") } else { n };
        let _ = ordered(2, 0.., worker, |_| Ok::<(), ()>(()));
    }
}
