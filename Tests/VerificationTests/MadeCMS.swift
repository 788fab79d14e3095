import Cryptography
import Signing
import TestSupport

/// A commit's CMS signature put together part by part as gitsign makes it, so that each part can be another than it
/// ought to be.
struct MadeCMS {
    /// The key and certificate that sign.
    let credential: SigningCredential
    /// The certificate that the signer is said to have.
    var named: [UInt8]
    /// The certificates that come along.
    var certificates: [[UInt8]]
    /// The digest that the signed attributes state.
    var digest: Digest
    /// How often the signer is listed.
    var signers = 1
    /// The log's entry, in protobuf's binary form; none when nil.
    var entry: [UInt8]?
    private let signature: [UInt8]
    private let signedAttributes: [[UInt8]]

    /// A signature over a payload that holds, logged by the instance.
    init(_ payload: [UInt8], _ sigstore: inout VirtualSigstore, stating digest: Digest? = nil) throws {
        let credential = try sigstore.credential()
        let stated = digest ?? Digest(hashing: payload)
        let attributes = [
            Self.attribute([1, 2, 840, 113549, 1, 9, 3], DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 7, 1])),
            Self.attribute([1, 2, 840, 113549, 1, 9, 4], DERBuilder.octetString(stated.bytes)),
        ]
        let signed = DERBuilder.set(of: attributes)
        let bundle = try sigstore.authority.signBlob(signed, with: credential, at: sigstore.time)
        guard case .message(_, let signature) = bundle.content, let certificate = credential.certificate
        else { throw CryptographyError.malformed(object: "made signature") }
        self.credential = credential
        self.signature = signature
        self.digest = stated
        signedAttributes = attributes
        named = certificate
        certificates = [certificate]
        entry = bundle.entries.first.map(Self.wire)
    }

    /// The armoured signature.
    func armour() throws -> [UInt8] {
        let fields = try Certificate(der: named).fields
        var unsigned: [UInt8] = []
        if let entry {
            let attribute = Self.attribute([1, 3, 6, 1, 4, 1, 57264, 3, 1], DERBuilder.octetString(entry))
            unsigned = DERBuilder.context(1, attribute)
        }
        let signer = DERBuilder.sequence(
            DERBuilder.integer(1),
            DERBuilder.sequence(Array(fields.issuer), DERBuilder.value(tag: 0x02, Array(fields.serial))),
            Self.sha256,
            DERBuilder.context(0, Array(DERBuilder.set(of: signedAttributes).dropFirst(2))),
            credential.key.signatureAlgorithm,
            DERBuilder.octetString(signature),
            unsigned
        )
        let data = DERBuilder.sequence(
            DERBuilder.integer(1),
            DERBuilder.set(of: [Self.sha256]),
            DERBuilder.sequence(DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 7, 1])),
            certificates.isEmpty ? [] : DERBuilder.context(0, certificates.flatMap { $0 }),
            DERBuilder.set(of: Array(repeating: signer, count: signers))
        )
        let content = DERBuilder.sequence(
            DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 7, 2]),
            DERBuilder.context(0, data)
        )
        return Array(PEMBlock(label: "SIGNED MESSAGE", content: content).text.utf8)
    }

    private static func attribute(_ identifier: [UInt64], _ value: [UInt8]) -> [UInt8] {
        DERBuilder.sequence(DERBuilder.objectIdentifier(identifier), DERBuilder.set(of: [value]))
    }

    private static let sha256 = DERBuilder.sequence(DERBuilder.objectIdentifier([2, 16, 840, 1, 101, 3, 4, 2, 1]))

    /// An entry without its body, as gitsign writes it.
    private static func wire(_ entry: LoggedEntry) -> [UInt8] {
        var bytes = field(1, number: UInt64(entry.logIndex))
        bytes += field(2, field(1, entry.logID))
        bytes += field(3, field(1, Array(entry.body.kind.utf8)) + field(2, Array(entry.body.version.utf8)))
        bytes += field(4, number: UInt64(entry.integratedTime ?? 0))
        if let promise = entry.promise { bytes += field(5, field(1, promise)) }
        return bytes
    }

    private static func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        [number << 3 | 2] + varint(UInt64(content.count)) + content
    }

    private static func field(_ number: UInt8, number value: UInt64) -> [UInt8] {
        [number << 3] + varint(value)
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
