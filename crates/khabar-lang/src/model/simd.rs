//! Running a kernel with the widest vectors that the processor has.
//!
//! The kernels are plain loops which the compiler turns into vector instructions. Programs are built for the oldest
//! processors, though, so a kernel is compiled several times and the right version is chosen when it runs. All versions give the
//! same numbers: the sums are of integers, and floating-point operations keep their order.

pub(super) use pulp::NullaryFnOnce;

/// Runs a kernel. A kernel is a type rather than a closure, because its `call`, and all that it calls, must be inlined to
/// be compiled along with it, and a closure cannot ask for that.
pub(super) fn dispatch<K: NullaryFnOnce>(kernel: K) -> K::Output {
    pulp::Arch::new().dispatch(kernel)
}
