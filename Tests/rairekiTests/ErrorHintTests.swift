import Archive
import Assembly
import CaseIndex
import Cryptography
import Evidence
import Filesystem
import Foundation
import OCI
import PolicyFile
import Signing
import Sigstore
import StrictJSON
import TUF
import TestSupport
import Testing

@testable import raireki

/// Every error ends with what to do next.
@Suite struct ErrorHintTests {
    private static let digest = Digest(hashing: [1])
    private static let time = Timestamp(seconds: 0)

    private static let ofCases: [any Error & Sendable] = [
        CaseError.noSuchFile(path: "p"), CaseError.notACase(path: "p"), CaseError.newerVersion(found: 9, known: 1),
        CaseError.olderVersion(found: 1, known: 9), CaseError.corrupt(column: "c", value: "v"),
        CaseError.foreignSchema(path: "p", "w"), CaseError.interrupted(path: "p"),
        CaseError.unfinishedLog(path: "p"), CaseError.readOnly(path: "p"), CaseError.full(path: "p"),
        CaseError.damaged(path: "p", reason: "r"), CaseError.inUse(path: "p"),
        CaseError.storage(path: "p", reason: "r"),
        ImageNameError.unknown("x"), ImageNameError.ambiguous("x", candidates: [digest]), ImageNameError.tooShort("x"),
        CommitNameError.unknown("x"), CommitNameError.ambiguous("x", candidates: ["y"]), CommitNameError.malformed("x"),
        DistrustError.nothingDistrusted, DistrustError.noSuchNumber(7),
        FileCommandError.noSuchPlatform("p", present: ["q"]), FileCommandError.severalPlatforms(digest, present: ["q"]),
        FileCommandError.noManifest(digest), FileCommandError.noHashes(path: "p"), MergedViewError.tooManyMembers,
    ]

    private static let ofCommands: [any Error & Sendable] = [
        CommandError.cannotWrite(path: "p", reason: "r"), CommandError.cannotRead(path: "p", reason: "r"),
        CommandError.notWitnessKeys(path: "p", reason: "r"), CommandError.notATrustedRoot(path: "p", reason: "r"),
        CommandError.policyNeeds(option: "o", path: "p"), CommandError.notAPublicKey(path: "p", reason: "r"),
        CommandError.notAllowedSigners(path: "p", reason: "r"), CommandError.notABundle(path: "p", reason: "r"),
        CommandError.notAHead(path: "p", reason: "r"), CommandError.notASigningKey(path: "p", reason: "r"),
        CommandError.notCertificates(path: "p", reason: "r"), CommandError.notAKeyring(path: "p", reason: "r"),
        CommandError.badVariable(name: "n", value: "v", needs: "x"), CommandError.noSuchRule("r"),
        CommandError.noSuchCommand("c"), CommandError.noHelp, CommandError.noRepositories, CommandError.noImages,
        CommandError.noBrowser, CommandError.notPrinted(path: "p", status: 1),
        CommandError.printedTooLong(path: "p", seconds: 9),
    ]

    private static let ofEvidence: [any Error & Sendable] = [
        EvidenceError.cannotOpen(path: "p", code: 2), EvidenceError.cannotOpen(path: "p", code: 13),
        EvidenceError.notAFileOrFolder(path: "p"), EvidenceError.nothingRecognised(path: "p"),
        ExtractionError.noSuchFile(path: "p", link: nil, target: nil),
        ExtractionError.notOne(path: "p", [], fits: false),
        ExtractionError.noContent(path: "p", kind: .directory, link: nil), ExtractionError.otherContent(path: "p"),
        ExtractionError.exists("p"), ExtractionError.terminal,
        RereadError.noPlace(digest), RereadError.wasStandardInput, RereadError.notThere(evidence: "e", member: "m"),
        RereadError.changed(digest), RereadError.archive(.truncated(offset: 1)),
    ]

    private static let ofSigning: [any Error & Sendable] = [
        SigningCommandError.noPassword(purpose: "p", variable: "v"), SigningCommandError.passwordsDiffer,
        SigningCommandError.alreadyThere(path: "p"), SigningCommandError.notAKey(path: "p", reason: "r"),
        SigningCommandError.noSigner, SigningCommandError.noToken, SigningCommandError.noIssuerKeys,
        SigningCommandError.notVerified(digest), SigningCommandError.verifiedByPolicy,
        SigningCommandError.noResource(digest), SigningCommandError.wrongPassword(path: "p"),
        LayoutError.notALayout(path: "p"), LayoutError.noBlob(path: "p"),
        LayoutError.digestMismatch(path: "p", actual: digest),
        LayoutError.sizeMismatch(path: "p", stated: 1, actual: 2), LayoutError.unknown("n", path: "p"),
        LayoutError.ambiguous(nil, path: "p", candidates: ["c"]), LayoutError.nameTaken("n", other: digest),
        LayoutError.empty(path: "p"), LayoutError.tooDeep(path: "p"),
        StorageError.cannotRead(path: "p", code: 2), StorageError.cannotWrite(path: "p", code: 13),
        StorageError.cannotLock(path: "p", code: 11), StorageError.notAFolder(path: "p"),
        StorageError.notAFile(path: "p"), StorageError.truncated(path: "p"), StorageError.tooLarge(path: "p", limit: 1),
        StorageError.wrongContent(path: "p", actual: digest), StorageError.alreadyThere(path: "p"),
        AuthorityError.cryptography(.unsupported("x")), AuthorityError.notAnAuthority(path: "p"),
        AuthorityError.damaged(path: "p", reason: "r"), AuthorityError.damagedLog(path: "p", reason: "r"),
        AuthorityError.wrongPassword(path: "p"), AuthorityError.alreadyThere(path: "p"),
        AuthorityError.unknownIssuer("i", known: ["j"]),
        IdentityTokenError.malformed("x"), IdentityTokenError.malformedKeys("x"),
        IdentityTokenError.unsupportedHeader("x"), IdentityTokenError.refusedAlgorithm("none"),
        IdentityTokenError.unknownKey("k"), IdentityTokenError.badSignature, IdentityTokenError.missingClaim("sub"),
        IdentityTokenError.otherIssuer("a", expected: "b"), IdentityTokenError.otherAudience(["a"], expected: "b"),
        IdentityTokenError.expired(time), IdentityTokenError.notYetValid(time), IdentityTokenError.noIdentity("x"),
    ]

    private static let ofTrust: [any Error & Sendable] = [
        TrustCreationError.unfit(path: "p", reason: .noCertificates),
        TrustCreationError.unfit(path: "p", reason: .notOneChain(subjects: ["s"])),
        TrustCreationError.unfit(path: "p", reason: .brokenChain(subject: "s")),
        TrustCreationError.unfit(path: "p", reason: .addressNeeded),
        TrustCreationError.targetIsNoTrustedRoot(file: "f", reason: "r"), TrustCreationError.notSeenVersions(path: "p"),
        TUFError.missing(names: ["n"]), TUFError.tooLarge(file: "f", limit: 1), TUFError.notAFile(file: "f"),
        TUFError.unreadable(file: "f", code: 13), TUFError.malformed(file: "f", path: "p", expected: "e"),
        TUFError.notCanonical(file: "f", number: "1.5"), TUFError.wrongType(file: "f", expected: "e", found: "g"),
        TUFError.unsupportedSpecification(file: "f", version: "2"),
        TUFError.invalidThreshold(file: "f", role: "r", threshold: 0),
        TUFError.repeatedKeyIdentifier(file: "f", role: "r", keyID: "k"),
        TUFError.repeatedSignature(file: "f", keyID: "k"), TUFError.refusedRoleName(file: "f", name: "n"),
        TUFError.refusedTargetName("n"), TUFError.wrongVersion(file: "f", expected: 1, found: 2),
        TUFError.rollback(file: "f", role: "r", seen: 2, found: 1),
        TUFError.expired(file: "f", role: "r", expires: time, at: time),
        TUFError.startingRootContradicted(file: "f", version: 1), TUFError.rootChainBroken(trusted: 1, found: 3),
        TUFError.tooManyRoots(limit: 1), TUFError.notListed(in: "f", name: "n"),
        TUFError.noLongerListed(in: "f", name: "n"), TUFError.wrongLength(file: "f", expected: 1, found: 2),
        TUFError.wrongDigest(file: "f", expected: digest, found: digest), TUFError.unknownTarget("t"),
        TUFError.tooManyDelegations(limit: 1),
    ]

    private static let ofBuilding: [AssemblyError.Fault] = [
        .notText, .tooLong(limit: 1), .noStage, .unknownInstruction("X", nearest: nil),
        .badDirective(name: "n", value: "v"), .beforeFirstStage("RUN"), .unknownFlag(instruction: "COPY", flag: "--x"),
        .badFlag(flag: "--chmod", value: "x"), .badArguments(instruction: "COPY", needs: "n"),
        .endlessHeredoc(name: "EOF"), .unclosed("\""), .badSubstitution("${x!}"),
        .variableRequired(name: "X", message: "m"), .expansionTooLong(limit: 1), .notForOnbuild("FROM"),
        .unknownStage("s"), .stageCycle("s"), .duplicateStage("s"), .missingBase("b"), .emptyBase,
        .ambiguousImage(layout: "l", names: ["n"]), .damagedBlob(layout: "l", digest: "d"),
        .unreadableLayer(digest: "d", .truncated(offset: 1)), .unsafeMember("m"), .outsideContext("p"),
        .linkOutOfContext(path: "p", target: "t"), .noSuchFile(path: "p", source: "the context"),
        .ignoredFile(path: "p", ignoreFile: "i"), .notCopyable(path: "p", kind: "a socket"),
        .unreadableFile(path: "p", code: 13), .changedWhileRead(path: "p"), .destinationNotFolder("p"),
        .kindConflict(path: "p"), .tooManyLinks(path: "p"), .tooDeep(limit: 1), .unknownUser("u"), .remoteSource("r"),
        .notAnArchive(path: "p"), .notForRootFileSystem("RUN"), .noSandbox(reason: "r"), .unsupportedRun("x"),
        .badPlatform("x"), .cannotWrite(path: "p", code: 28), .notALayout(path: "p"), .nameTaken(name: "n", by: "d"),
        .badName("x"), .compressor(.unavailable(reason: "r")),
    ]

    private static let ofPolicies: [PolicyFileError.Problem] = [
        .tooLarge(limit: 1), .notText, .notYAML(reason: "r"), .anchor, .tag("!x"), .severalDocuments, .empty,
        .tooManyNodes(limit: 1), .tooDeep(limit: 1), .unknownKey("k", known: ["l"]), .duplicateKey("k"),
        .missingKey("k"), .wrongKind(expected: "text"), .emptyList, .unsupportedVersion("2"), .conflict("a", "b"),
        .duplicateRule("r"), .nothingRequired, .nobodyNamed, .badPattern("p", reason: "r"), .badDigest("d"),
        .identityMissing, .issuerMissing, .anybody, .unknownExtension("e", known: ["f"]), .threshold(3, of: 2),
        .minimumWithoutAlternatives, .duplicateSigner, .sameKey(as: "k"), .keyUnusable(file: "f", reason: "r"),
        .notForKeys("k"), .notForAttestations("k"), .notForNotary("k"), .badNotaryIdentity("x"), .badFingerprint("x"),
        .signatureType("t"),
    ]

    private func expectAdvice(_ error: any Error) {
        let lines = ErrorMessages.lines(for: error)
        #expect(lines.first?.hasPrefix("error: ") == true)
        #expect(lines.count > 1, "\(error)")
        let hints = ErrorMessages.message(for: error).1
        #expect(!hints.isEmpty && hints.allSatisfy { !$0.isEmpty && !$0.hasSuffix(".") }, "\(error)")
    }

    @Test func endErrorsOfCasesAndNames() { Self.ofCases.forEach(expectAdvice) }
    @Test func endErrorsOfCommands() { Self.ofCommands.forEach(expectAdvice) }
    @Test func endErrorsOfEvidence() { Self.ofEvidence.forEach(expectAdvice) }
    @Test func endErrorsOfSigning() { Self.ofSigning.forEach(expectAdvice) }
    @Test func endErrorsOfTrust() { Self.ofTrust.forEach(expectAdvice) }
    @Test func endErrorsOfBuilding() { Self.ofBuilding.forEach { expectAdvice(AssemblyError($0)) } }

    @Test func endErrorsOfPolicies() {
        for problem in Self.ofPolicies {
            expectAdvice(CommandError.notAPolicy(path: "p", PolicyFileError(problem, path: "rules[0]", line: 3)))
        }
    }

    /// An error that nobody has a sentence for is told all the same, and what to do about it.
    @Test func endsAlsoErrorsThatNobodyForesaw() {
        struct Unforeseen: Error {}
        expectAdvice(Unforeseen())
    }

    /// A sentence that is written without a hint shows here, before anybody meets its error.
    @Test func standBehindEverySentenceInTheSources() throws {
        let folder = SharedData.projectRoot + "/Sources/raireki"
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
            $0.hasSuffix("Messages.swift")
        }
        #expect(names.count >= 8)
        for name in names {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            for line in text.split(separator: "\n") { #expect(!line.hasSuffix(", [])"), "\(name): \(line)") }
        }
    }
}
