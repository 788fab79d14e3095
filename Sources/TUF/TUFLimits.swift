/// What is read at most; every cap is checked before anything is allocated.
package struct TUFLimits: Hashable, Sendable {
    /// Bytes of a root.
    package var root = 512_000
    /// Bytes of a timestamp.
    package var timestamp = 16_384
    /// Bytes of a snapshot.
    package var snapshot = 2_000_000
    /// Bytes of targets metadata, delegated ones too.
    package var targets = 5_000_000
    /// Bytes of a target.
    package var target = 64 << 20
    /// New roots that are followed.
    package var rootRotations = 256
    /// Delegated roles that one search visits.
    package var delegations = 32

    /// The limits that the reference clients set.
    package init() {}
}
