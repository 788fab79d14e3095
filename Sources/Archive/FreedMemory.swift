internal import CArchive

/// Memory that was used and freed, and that the allocator keeps for later.
package enum FreedMemory {
    /// Gives it back to the system, so that the peak of one step does not add to that of the next (glibc, `malloc_trim`).
    package static func giveBack() {
        _ = malloc_trim(0)
    }

    /// Has threads share their allocator's arenas: with one each, what one thread takes and another frees stays with the
    /// first, and adds to the peak (glibc, `mallopt`).
    package static func keepTogether() {
        _ = mallopt(M_ARENA_MAX, 2)
    }
}
