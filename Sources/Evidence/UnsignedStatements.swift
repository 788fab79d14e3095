internal import Attestation
internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

// Statements that nobody signed: BuildKit's beside an image, GitLab Runner's beside its artifacts.

extension GraphReader {
    /// Keeps a statement that nobody signed (BuildKit), and notes what it says.
    mutating func readUnsignedStatement(
        _ compared: ComparedDescriptor,
        about attested: Digest?,
        in manifest: Digest
    ) throws {
        guard compared.descriptor.mediaType == .inToto, let member = compared.member,
            let digest = member.measurement?.digest,
            let bytes = try bytes(of: member, limit: limits.attestationBytes)
        else { return }
        draft.add(content: bytes, of: digest)
        do throws(AttestationError) {
            let statement = try Statement(parsing: bytes)
            draft.unsignedStatements += 1
            claimUnsigned(statement.json, digest, about: attested ?? manifest, member.path)
        } catch {
            draft.warn(.statementMalformed, member.path, digest, "not an in-toto statement")
        }
    }

    /// Notes what a statement says that nobody signed.
    mutating func claimUnsigned(_ statement: JSONValue, _ digest: Digest, about subject: Digest, _ path: [UInt8]) {
        let flat = FlatJSON(statement, limit: limits.claimsPerStatement)
        warnIfCut(flat, path, digest)
        for (pointer, value) in flat.scalars {
            claim(.unsignedStatement, pointer, value, about: subject, in: digest, pointer: pointer)
        }
    }

    /// Keeps a statement that lies in a file of its own, and notes what it says of each of its subjects.
    mutating func addUnsigned(_ bytes: [UInt8], _ path: [UInt8]) {
        let digest = Digest(hashing: bytes)
        draft.add(content: bytes, of: digest)
        let subjects: [Digest]
        do throws(AttestationError) {
            subjects = try Statement(parsing: bytes).subjectDigests
        } catch .unknownStatementType {
            // GitLab Runner 15 wrote the address of a page there.
            draft.warn(.statementType, path, digest, "a statement of another type than in-toto gives")
            subjects = Self.subjects(ofAnyType: bytes)
        } catch {
            draft.warn(.statementMalformed, path, digest, "not an in-toto statement")
            return
        }
        guard let json = try? JSONValue(parsing: bytes) else { return }
        if subjects.isEmpty {
            draft.warn(
                .signatureUnattached,
                path,
                digest,
                "the statement names no artifact by a SHA-256, SHA-384 or SHA-512"
            )
        }
        for subject in subjects { claimUnsigned(json, digest, about: subject, path) }
        let context = CIContext(readFrom: digest, pointer: "", origin: origin)
        if let job = CIServices.job(of: json, context) { draft.add([.job(job)]) }
        draft.unsignedStatements += 1
    }

    private static func subjects(ofAnyType bytes: [UInt8]) -> [Digest] {
        let list = (try? JSONValue(parsing: bytes))?["subject"]?.array ?? []
        return list.prefix(Statement.maximumSubjects).compactMap { subject in
            let members = subject["digest"]?.object?.members.prefix(Statement.maximumDigests) ?? []
            return Digest(subject: members.compactMap { member in member.value.string.map { (member.name.text, $0) } })
        }
    }
}
