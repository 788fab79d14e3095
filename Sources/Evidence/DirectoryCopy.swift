internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// A copy of one image in a folder as containers/image writes it (`dir:`): `manifest.json`, blobs by their hexadecimal
/// digits, and `signature-1`, `signature-2` and so on.
struct DirectoryCopy: Arrangement {
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { inArchive ? "dir-archive" : "dir" }

    func owns(_ path: [UInt8]) -> Bool {
        guard let relative = relative(path), !relative.contains(UInt8(ascii: "/")) else { return false }
        return relative.elementsEqual("manifest.json".utf8) || relative.elementsEqual("version".utf8)
            || relative.starts(with: "signature-".utf8) || digest(named: path) != nil
    }

    /// `<hex>`, and `<hex>.manifest.json` for the manifests of an index.
    func digest(named path: [UInt8]) -> Digest? {
        guard let relative = relative(path) else { return nil }
        let name = String(decoding: relative, as: UTF8.self)
        let hex = name.hasSuffix(Self.manifestSuffix) ? String(name.dropLast(Self.manifestSuffix.count)) : name
        return try? Digest(parsing: "sha256:\(hex)")
    }

    private static let manifestSuffix = ".manifest.json"

    func place(of digest: Digest) -> String { digest.hex }

    /// Folders whose `manifest.json` is one object; docker's archives have a list there.
    static func find(in scan: EvidenceScan) -> [DirectoryCopy] {
        scan.members.compactMap { member in
            let parts = MemberPath.split(member.path)
            guard parts.name.elementsEqual("manifest.json".utf8), let measurement = member.measurement,
                measurement.looksLikeDocument,
                measurement.retained?.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{")
            else { return nil }
            return DirectoryCopy(root: parts.folder)
        }
    }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        guard let manifest = graph.store.other("manifest.json"), let measurement = manifest.measurement else { return }
        graph.draft.add(graph.location(of: measurement.digest, manifest))
        graph.pending.append(PendingDocument(member: manifest, mediaType: nil, depth: 0))
        try graph.readPending()
        for member in graph.store.sortedOthers {
            guard let name = relative(member.path), name.starts(with: "signature-".utf8) else { continue }
            try graph.readSignatureFile(member, of: measurement.digest)
        }
        try graph.readOrphans()
        try graph.extractSignatures()
    }
}

extension GraphReader {
    /// How a signature file of Sigstore begins; others are OpenPGP messages (containers/image, `signature-protocols`).
    private static let sigstoreMark = Array("\0sigstore-json\n".utf8)

    /// Reads a `signature-N` file beside a copied image.
    mutating func readSignatureFile(_ member: EvidenceMember, of image: Digest) throws {
        guard let measurement = member.measurement else { return }
        draft.add(
            ArtifactRecord(digest: measurement.digest, size: measurement.size, mediaType: nil, role: .signatureManifest)
        )
        draft.add(location(of: measurement.digest, member))
        guard let bytes = try store.bytes(of: member, limit: limits.payloadBytes), bytes.starts(with: Self.sigstoreMark)
        else {
            draft.warn(
                .signatureUnsupported,
                member.path,
                measurement.digest,
                "not a Sigstore signature; OpenPGP signatures are not verified"
            )
            return
        }
        draft.add(content: bytes, of: measurement.digest)
        guard let json = try? JSONValue(parsing: Array(bytes.dropFirst(Self.sigstoreMark.count))),
            let payload = json["payload"]?.string.flatMap({ Base64.decode($0) })
        else {
            draft.warn(.signaturePayload, member.path, measurement.digest, "the signature holds no payload")
            return
        }
        var annotations: [String: String] = [:]
        for pair in json["annotations"]?.object?.members ?? [] { annotations[pair.name.text] = pair.value.string }
        add(
            LooseSignature(kind: .simpleSigning, payload: payload, annotations: annotations, storage: .signatureFile),
            carrier: measurement.digest,
            position: 0,
            subjects: [image],
            member.path
        )
    }
}
