internal import Cryptography
internal import StrictCBOR

extension NotaryEnvelope {
    /// The tag of COSE_Sign1 (RFC 9052 §4.2).
    private static let sign1Tag: UInt64 = 18

    /// Reads COSE_Sign1_Tagged (COSE Sign1 Signature Envelope).
    init(cose bytes: [UInt8]) throws(NotaryError) {
        guard case .tag(Self.sign1Tag, .array(let parts)) = try Self.item(bytes, "the envelope"), parts.count == 4
        else { throw .malformed("not a tagged COSE_Sign1 of four parts") }
        guard case .bytes(let protected) = parts[0], case .map(let unprotected) = parts[1],
            case .bytes(let payload) = parts[2], case .bytes(let signature) = parts[3]
        else { throw .malformed("the parts of the COSE_Sign1 are not of their types") }
        guard case .map(let signed) = try Self.item(protected, "the protected header") else {
            throw .malformed("the protected header is no map")
        }
        // RFC 9052 §3: no label in both.
        if let twice = unprotected.first(where: { pair in signed.contains { $0.key == pair.key } }) {
            throw .malformed("the label \(twice.key.label) is both protected and not")
        }
        let structure: CBORValue = .array(["Signature1", .bytes(protected), .bytes([]), .bytes(payload)])
        try self.init(
            format: .cose,
            payload: payload,
            signedBytes: structure.encoding,
            signature: signature,
            header: try NotaryHeader(cose: signed),
            unsigned: try NotaryUnsignedAttributes(cose: unprotected, signed)
        )
    }

    private static func item(_ bytes: [UInt8], _ what: String) throws(NotaryError) -> CBORValue {
        do throws(CBORError) {
            return try CBORValue(parsing: bytes)
        } catch {
            throw .malformed("\(what) is not strict CBOR: \(error)")
        }
    }
}

/// The labels that COSE gives numbers (RFC 9052 §3.1, RFC 9360 §2).
private enum COSELabel {
    static let algorithm: CBORValue = 1
    static let critical: CBORValue = 2
    static let contentType: CBORValue = 3
    static let certificateChain: CBORValue = 33
}

extension NotaryHeader {
    init(cose pairs: [CBORPair]) throws(NotaryError) {
        let map = CBORValue.map(pairs)
        guard let algorithm = map[COSELabel.algorithm] else { throw .malformed("no algorithm is named") }
        let known = WebAlgorithm.allCases.first { $0.coseNumber.map { CBORValue($0) } == algorithm }
        self.init(algorithm: known?.rawValue ?? algorithm.label)
        if let type = map[COSELabel.contentType] { contentType = type.label }
        if let scheme = map[.text(CBORText(NotaryLabel.signingScheme))] {
            guard let text = scheme.string else { throw .malformed("the signing scheme is no text") }
            signingScheme = text
        }
        signingTime = try Self.time(NotaryLabel.signingTime, map)
        authenticSigningTime = try Self.time(NotaryLabel.authenticSigningTime, map)
        expiry = try Self.time(NotaryLabel.expiry, map)
        if let list = map[COSELabel.critical] {
            guard let labels = list.elements, !labels.isEmpty,
                labels.allSatisfy({ $0.string != nil || $0.int64 != nil })
            else { throw .malformed("crit is no list of labels") }
            critical = labels.map(\.label)
        }
        attributes = pairs.map {
            Attribute(label: $0.key.label, value: Self.time($0.value)?.description ?? $0.value.label)
        }
    }

    private static func time(_ label: String, _ map: CBORValue) throws(NotaryError) -> Timestamp? {
        guard let value = map[.text(CBORText(label))] else { return nil }
        guard let time = time(value) else { throw .malformed("\(label) is no time") }
        return time
    }

    /// An epoch-based time (RFC 8949 §3.4.2).
    private static func time(_ value: CBORValue) -> Timestamp? {
        guard case .tag(1, let number) = value else { return nil }
        if let seconds = number.int64 { return Timestamp(seconds: seconds) }
        guard case .float(let seconds) = number, seconds.magnitude < 0x1p53 else { return nil }
        let whole = seconds.rounded(.down)
        return Timestamp(seconds: Int64(whole), nanoseconds: min(999_999_999, Int32((seconds - whole) * 1e9)))
    }
}

extension NotaryUnsignedAttributes {
    init(cose unprotected: [CBORPair], _ protected: [CBORPair]) throws(NotaryError) {
        let map = CBORValue.map(unprotected)
        // RFC 9360 §2: one certificate stands by itself. It may be protected as well.
        switch map[COSELabel.certificateChain] ?? CBORValue.map(protected)[COSELabel.certificateChain] {
        case .bytes(let der): certificates = [der]
        case .array(let list):
            for value in list {
                guard let der = value.byteString else { throw .malformed("a certificate is no byte string") }
                certificates.append(der)
            }
        default: throw .malformed("no certificate chain came with it")
        }
        if let stamp = map[.text(CBORText(NotaryLabel.timestampSignature))] {
            guard let token = stamp.byteString else { throw .malformed("the timestamp is no byte string") }
            timestampToken = token
        }
        signingAgent = map[.text(CBORText(NotaryLabel.signingAgent))]?.string
    }
}

extension CBORValue {
    /// As a label or value is shown: texts and numbers as they are, everything else by its kind.
    fileprivate var label: String {
        switch self {
        case .text(let text): text.text
        case .unsigned(let number): "\(number)"
        case .negative(let number): number == .max ? "-18446744073709551616" : "-\(number + 1)"
        case .bool(let value): "\(value)"
        case .null: "null"
        case .bytes(let bytes): "h'\(Hexadecimal.encode(bytes.prefix(256)))'"
        case .array(let elements): "[\(elements.prefix(64).map(\.shallowLabel).joined(separator: ", "))]"
        case .map(let pairs): "a map of \(pairs.count)"
        case .tag(let number, _): "tag \(number)"
        case .simple(let number): "simple(\(number))"
        case .float(let number): "\(number)"
        }
    }

    /// As an element of a list is shown.
    private var shallowLabel: String {
        if case .array(let elements) = self { "a list of \(elements.count)" } else { label }
    }
}
