//! The memory of the process: what it has allocated, and how much a statement may use by default.

use cap::Cap;
use mimalloc::MiMalloc;
use sysinfo::{MemoryRefreshKind, System};

/// mimalloc is faster than the system allocator for many small allocations on several threads. `Cap` counts the bytes;
/// its own limit would abort the process, so there is none.
#[global_allocator]
static ALLOCATOR: Cap<MiMalloc> = Cap::new(MiMalloc, usize::MAX);

/// The bytes that are allocated and not freed.
pub(crate) fn allocated() -> u64 {
    ALLOCATOR.allocated() as u64
}

/// The default memory limit of a statement in bytes: 80 % of the memory of the machine or container, less what is
/// allocated now. `None` if the system does not tell.
pub(crate) fn default_limit() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    let container = system.cgroup_limits().map(|limits| limits.total_memory);
    let machine = system.total_memory();
    let total = container.map_or(machine, |container| container.min(machine));
    (total > 0).then(|| (total / 5 * 4).saturating_sub(allocated()))
}
