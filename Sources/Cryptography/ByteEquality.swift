extension StringProtocol {
    /// Whether both texts are the same bytes.
    ///
    /// `==` on strings follows Unicode's canonical equivalence, under which a Kelvin sign equals a K: never right for
    /// identities, digests, paths and keys.
    public func hasSameBytes(as other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
