//! The memory of the process: what it holds, and how much a statement may use by default.

use memory_stats::memory_stats;
use mimalloc::MiMalloc;
use sysinfo::{MemoryRefreshKind, System};

/// mimalloc is faster than the system allocator for many small allocations on several threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The bytes of the process that are resident in memory; 0 if the system does not tell. Takes a few microseconds.
pub(crate) fn resident() -> u64 {
    memory_stats().map_or(0, |stats| stats.physical_mem as u64)
}

/// The default memory limit of a statement in bytes: 80 % of the memory of the machine or container, less what is
/// resident now. `None` if the system does not tell.
pub(crate) fn default_limit() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    let container = system.cgroup_limits().map(|limits| limits.total_memory);
    let machine = system.total_memory();
    let total = container.map_or(machine, |container| container.min(machine));
    (total > 0).then(|| (total / 5 * 4).saturating_sub(resident()))
}
