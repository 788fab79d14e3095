internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// Which manifests each repository of a registry's storage lists as its own, and which its tags name.
struct RegistryRevisions {
    /// A tag, with what it names now.
    struct Tag {
        let repository: String
        let name: String
        let target: Digest
        let path: [UInt8]
    }

    /// The manifests under `_manifests/revisions`, by repository.
    var listed: [String: Set<Digest>] = [:]
    /// The manifests that a tag names or named, by repository.
    var tagged: [String: Set<Digest>] = [:]
    /// What the ORAS fork lists as referrers of what.
    var referrals: [(origin: Digest, subject: Digest)] = []
    /// The tags.
    private(set) var tags: [Tag] = []

    /// Notes what a tag names now.
    mutating func note(_ name: String, _ target: Digest, _ repository: String, _ path: [UInt8]) {
        tags.append(Tag(repository: repository, name: name, target: target, path: path))
        tagged[repository, default: []].insert(target)
    }
}

extension GraphReader {
    /// Notes the referrers that are manifests of artifacts in a form of their own (ORAS, and OCI before 1.1), which have
    /// blobs in place of layers and no configuration.
    mutating func noteReferrals() throws {
        for (origin, subject) in revisions.referrals where draft.artifacts[origin]?.role == .blob {
            guard let member = store[origin], let measurement = member.measurement, measurement.looksLikeDocument,
                let bytes = try store.bytes(of: member, limit: limits.documentBytes),
                let json = try? JSONValue(parsing: bytes), let type = json["mediaType"]?.string
            else { continue }
            draft.add(content: bytes, of: origin)
            draft.add(ArtifactRecord(digest: origin, size: measurement.size, mediaType: type, role: .artifactManifest))
            let named = json["subject"]
            if let digest = named?["digest"]?.string, !digest.hasSameBytes(as: "\(subject)") {
                let problem = "the storage lists it as a referrer of another artifact than it names"
                draft.warn(.linkMismatch, member.path, origin, problem)
            }
            draft.add(
                RelationshipRecord(
                    sourceID: ImportDraft.unknownSource,
                    origin: origin,
                    kind: .subject,
                    position: 0,
                    target: subject,
                    mediaType: named?["mediaType"]?.string,
                    size: named?["size"]?.int64,
                    outcome: store[subject] == nil ? .missing : .matched
                )
            )
        }
    }

    /// Compares what repositories list with what their tags name.
    ///
    /// A registry writes the link of the revision before the tag's. A tag without one was made by other means, or its
    /// manifest was deleted; a manifest without a tag has no other name than its digest in its repository.
    mutating func compareRevisions() {
        for tag in revisions.tags where !(revisions.listed[tag.repository]?.contains(tag.target) ?? false) {
            draft.warn(
                .linkUnlisted,
                tag.path,
                tag.target,
                "the tag names a manifest that its repository does not list"
            )
        }
        for (repository, listed) in revisions.listed.sorted(by: { $0.key < $1.key }) where !repository.isEmpty {
            for digest in listed.subtracting(revisions.tagged[repository] ?? []).sorted() {
                _ = draft.add(
                    ReferenceRecord(
                        name: "\(repository)@\(digest)",
                        digest: digest,
                        sourceID: ImportDraft.unknownSource,
                        key: ReferenceRecord.revisionKey
                    )
                )
            }
        }
    }
}
