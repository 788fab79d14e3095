import CaseIndex
import Cryptography
import Evidence
import Sigstore
import TestSupport
import Verification

/// A layout that was imported into a case of its own, for judging it.
struct ImportedLayout {
    private let directory: TemporaryDirectory
    let caseFile: CaseFile

    init(_ path: String) throws {
        directory = try TemporaryDirectory()
        caseFile = try CaseFile.openOrCreate(directory.path("case.raireki"))
        _ = try Importer(caseFile: caseFile).run(path: path, at: Timestamp(seconds: 0))
    }

    /// Judges every image of the case.
    func verify(
        trust: TrustMaterial,
        expecting expectation: SignatureExpectation = SignatureExpectation(),
        at time: Timestamp? = nil
    ) throws -> [ImageVerification] {
        let stage = VerificationStage(caseFile: caseFile, trust: trust, standard: .expectation(expectation), at: time)
        return try stage.run(images: caseFile.read { try $0.images() }.map(\.digest)).images
    }
}

extension TrustMaterial {
    /// A trusted root that is built in, with keys of the shared material.
    static func builtIn(_ trust: BuiltInTrust = .publicGood, keys names: [String] = []) throws -> TrustMaterial {
        let keys = try names.map { name in
            let pem = String(decoding: try SharedData.bytes(name), as: UTF8.self)
            return ManagedKey(publicKey: try PublicKey(pem: pem))
        }
        return TrustMaterial(root: try trust.trustedRoot(), name: trust.rawValue, keys: keys)
    }
}

extension SignatureVerification {
    /// The checks that stand in the way, as `check=reason` where it failed and `check~reason` where it could not be
    /// made.
    var obstacles: [String] {
        checks.filter { $0.outcome == .failed || $0.outcome == .notPerformed }
            .map { "\($0.name)\($0.outcome == .failed ? "=" : "~")\($0.reason ?? "")" }
    }
}
