internal import CArchive

/// Memory that was used and freed, and that the allocator keeps for later.
package enum FreedMemory {
    /// Gives it back to the system, so that the peak of one step does not add to that of the next (glibc, `malloc_trim`).
    package static func giveBack() {
        _ = malloc_trim(0)
    }

    /// Keeps large blocks apart from the rest for as long as the program runs, so that each goes back to the system when it
    /// is freed: by itself the allocator takes ever larger ones from what it keeps (glibc, `mallopt`, "dynamic mmap
    /// threshold").
    package static func keepLargeApart() {
        _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
    }
}
