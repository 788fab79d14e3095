extension StringProtocol {
    /// Whether both texts are the same bytes.
    ///
    /// `==` on strings follows Unicode's canonical equivalence, under which a Kelvin sign equals a K: never right for
    /// identities, digests, paths and keys.
    public func hasSameBytes(as other: some StringProtocol) -> Bool {
        let known = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                left.count == right.count && left.elementsEqual(right)
            }
        }
        if case .some(.some(let isSame)) = known { return isSame }
        return utf8.elementsEqual(other.utf8)
    }
}
