internal import Cryptography

/// Checks of what is signed.
struct PayloadChecks {
    let form: NotaryOutcome
    let subject: NotaryOutcome

    init(_ bytes: [UInt8], _ subject: NotarySubject) {
        do throws(NotaryError) {
            let payload = try NotaryPayload(parsing: bytes)
            form = .passed("names an artifact of \(payload.size) bytes")
            self.subject = Self.compare(payload, subject)
        } catch {
            form = .failed(.payload, error.description)
            self.subject = .notPerformed(.earlierFailure, "the payload cannot be read")
        }
    }

    private static func compare(_ payload: NotaryPayload, _ subject: NotarySubject) -> NotaryOutcome {
        guard payload.digest.utf8.elementsEqual("\(subject.digest)".utf8) else {
            return .failed(.subject, "\(payload.digest) was signed, not \(subject.digest)")
        }
        if let size = subject.size, size != payload.size {
            return .failed(.subject, "\(payload.size) bytes were signed, and the artifact has \(size)")
        }
        if let type = subject.mediaType, !type.utf8.elementsEqual(payload.mediaType.utf8) {
            return .failed(.subject, "the artifact was signed as \(payload.mediaType), and is \(type)")
        }
        return .passed("\(subject.digest) was signed")
    }
}
