internal import CArchive

/// An extended attribute of a file (xattr(7)).
package struct ExtendedAttribute: Hashable, Sendable {
    /// Its name with its namespace, for example `security.capability`.
    package var name: [UInt8]
    /// Its value.
    package var value: [UInt8]

    /// An attribute.
    package init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// The attributes of an open file that mean something in an image: capabilities and the user's own; sorted by name.
    package static func read(from file: Int32) -> [ExtendedAttribute] {
        var list = [CChar](repeating: 0, count: limit)
        let count = flistxattr(file, &list, list.count)
        guard count > 0 else { return [] }
        let names = list[..<count].map { UInt8(bitPattern: $0) }.split(separator: 0).map(Array.init)
        let attributes = names.compactMap { name -> ExtendedAttribute? in
            guard name.starts(with: "user.".utf8) || name.elementsEqual("security.capability".utf8) else { return nil }
            var value = [UInt8](repeating: 0, count: limit)
            let size = fgetxattr(file, name.map { CChar(bitPattern: $0) } + [0], &value, value.count)
            return size < 0 ? nil : ExtendedAttribute(name: name, value: Array(value[..<size]))
        }
        return attributes.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// Linux allows no longer list and no longer value (xattr(7), XATTR_LIST_MAX, XATTR_SIZE_MAX).
    private static let limit = 64 << 10
}
