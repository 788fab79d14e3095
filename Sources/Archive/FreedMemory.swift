internal import CArchive

/// Memory that was used and freed, and that the allocator keeps for later.
package enum FreedMemory {
    /// Gives it back to the system, so that the peak of one step does not add to that of the next (glibc, `malloc_trim`).
    package static func giveBack() {
        _ = malloc_trim(0)
    }
}
