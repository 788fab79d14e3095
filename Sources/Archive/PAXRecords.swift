/// The records of an extended header (POSIX.1-2001 pax): `length key=value\n`, the length counting itself.
struct PAXRecords {
    private(set) var path: [UInt8]?
    private(set) var linkPath: [UInt8]?
    private(set) var size: Int64?
    /// Whether the header describes holes, in one of GNU's newer forms.
    private(set) var isSparse = false
    /// Whether a name holds a zero octet.
    private(set) var hasZero = false
    /// Whether a size is below zero or beyond what can be counted.
    private(set) var isSizeOutOfRange = false
    /// Whether the whole has the form that the standard gives.
    private(set) var isWellFormed = true

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let record = Self.record(&rest) else {
                isWellFormed = false
                return
            }
            add(record.key, record.value)
        }
    }

    private static func record(_ rest: inout ArraySlice<UInt8>) -> (key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
        guard let blank = rest.prefix(20).firstIndex(of: 0x20), blank > rest.startIndex,
            let length = decimal(rest[..<blank]), length > blank - rest.startIndex + 1, length <= rest.count
        else { return nil }
        let record = rest[(blank + 1)..<(rest.startIndex + length)]
        guard record.last == 0x0A, let sign = record.firstIndex(of: UInt8(ascii: "=")), sign > record.startIndex
        else { return nil }
        rest = rest.dropFirst(length)
        return (record[..<sign], record[(sign + 1)...].dropLast())
    }

    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit), value < 1 << 40 else { return nil }
            value = value * 10 + Int(digit & 0x0F)
        }
        return value
    }

    private mutating func add(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if key.contains(0) { hasZero = true }
        switch key {
        case _ where key.elementsEqual("path".utf8):
            path = Array(value)
            if value.contains(0) { hasZero = true }
        case _ where key.elementsEqual("linkpath".utf8):
            linkPath = Array(value)
            if value.contains(0) { hasZero = true }
        case _ where key.elementsEqual("uname".utf8) || key.elementsEqual("gname".utf8):
            if value.contains(0) { hasZero = true }
        case _ where key.elementsEqual("size".utf8):
            size = Int64(exactly: Self.decimal(value) ?? -1)
            if size == nil || size ?? -1 < 0 { (size, isSizeOutOfRange) = (nil, true) }
        case _ where key.starts(with: "GNU.sparse.".utf8): isSparse = true
        default: break
        }
    }
}
