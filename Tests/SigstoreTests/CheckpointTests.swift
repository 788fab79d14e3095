import Cryptography
import Sigstore
import TestSupport
import Testing

@Suite("Checkpoints are read strictly")
struct CheckpointTests {
    private static let root = Base64.encode([UInt8](repeating: 7, count: 32))
    private static let line = "\u{2014} log.example AQIDBAU=\n"
    private static let note = "log.example\n42\n\(root)\n\n\(line)"

    private func failure(_ note: String) -> CheckpointError? {
        do {
            _ = try Checkpoint(parsing: note)
            return nil
        } catch {
            return error
        }
    }

    private static func note(size: String = "42", root: String = root, origin: String = "log.example") -> String {
        "\(origin)\n\(size)\n\(root)\n\n\(line)"
    }

    @Test("Every part is read")
    func reads() throws {
        let checkpoint = try Checkpoint(
            parsing: "log.example - 7\n42\n\(Self.root)\nTimestamp: 1\nx\n\n\(Self.line)\(Self.line)"
        )
        #expect(checkpoint.origin == "log.example - 7")
        #expect(checkpoint.treeSize == 42)
        #expect(checkpoint.rootHash == [UInt8](repeating: 7, count: 32))
        #expect(checkpoint.signatures.map(\.name) == ["log.example", "log.example"])
        #expect(checkpoint.signatures.first?.keyID == [1, 2, 3, 4])
        #expect(checkpoint.signatures.first?.bytes == [5])
        #expect(checkpoint.signedText == Array("log.example - 7\n42\n\(Self.root)\nTimestamp: 1\nx\n".utf8))
    }

    @Test(
        "What is not a checkpoint is refused for its reason",
        arguments: [
            ("", CheckpointError.noFinalNewline), ("\n", .noSeparator), ("\n\n", .tooFewLines),
            (String(note.dropLast()), .noFinalNewline), ("a\n1\n\(root)\n\(line)", .noSeparator),
            ("a\n1\n\n\(line)", .tooFewLines), ("\n1\n\(root)\n\n\(line)", .malformedOrigin),
            (note(size: ""), .malformedSize), (note(size: "abc"), .malformedSize), (note(size: "-1"), .malformedSize),
            (note(size: "+1"), .malformedSize), (note(size: "01"), .malformedSize),
            (note(size: "0x10"), .malformedSize),
            (note(size: "1e3"), .malformedSize), (note(size: " 1"), .malformedSize),
            (note(size: "1\r"), .malformedSize),
            (note(size: "9223372036854775808"), .malformedSize), (note(size: "-0"), .malformedSize),
            (note(size: "１"), .malformedSize),
            (note(root: ""), .malformedRoot), (note(root: "AQ=="), .malformedRoot),
            (note(root: root + "\r"), .malformedRoot),
            (note(root: Base64.encode([UInt8](repeating: 1, count: 33))), .malformedRoot),
            ("a\n1\n\(root)\n\n\n\(line)", .emptyExtension), ("a\n1\n\(root)\n\nx\n\n\(line)", .emptyExtension),
            ("a\n1\n\(root)\n\n", .noSignatures), (note.replacing("\u{2014}", with: "-"), .malformedSignature),
            (note.replacing("\u{2014}", with: "\u{2013}"), .malformedSignature),
            (note.replacing("\u{2014} ", with: "\u{2014}  "), .malformedSignature),
            (note.replacing("\u{2014} log.example", with: "\u{2014} "), .malformedSignature),
            (note.replacing("\u{2014} log.example", with: "\u{2014} a+b"), .malformedSignature),
            (note.replacing("AQIDBAU=", with: "AQIDBA=="), .malformedSignature),
            (note.replacing("AQIDBAU=", with: "AQIDBAV="), .malformedSignature),
            (note.replacing("AQIDBAU=", with: "AQIDBAU"), .malformedSignature),
            (note.replacing("AQIDBAU=", with: "AQIDBAU= "), .malformedSignature),
            (note + "x\n", .malformedSignature),
            (note + String(repeating: line, count: 64), .tooManySignatures),
            (String(repeating: "a", count: 65_537), .tooLarge),
        ]
    )
    func refused(note: String, error: CheckpointError) {
        #expect(failure(note) == error)
    }

    @Test("Sixty-four signatures and the largest size are read")
    func limits() throws {
        #expect(try Checkpoint(parsing: Self.note + String(repeating: Self.line, count: 63)).signatures.count == 64)
        #expect(try Checkpoint(parsing: Self.note(size: "\(Int64.max)")).treeSize == .max)
        #expect(try Checkpoint(parsing: Self.note(size: "0")).treeSize == 0)
    }

    @Test("A signer's name is a name, not a pattern")
    func pattern() throws {
        let checkpoint = try Checkpoint(parsing: Self.note.replacing("\u{2014} log.example", with: "\u{2014} .*"))
        #expect(checkpoint.signatures.map(\.name) == [".*"])
    }

    @Test("Thousands of damaged checkpoints are read or refused")
    func mutations() {
        var mutator = Mutator(seed: 77)
        var read = 0
        for _ in 0..<4_000 {
            let text = String(decoding: mutator.mutate(Array(Self.note.utf8)), as: UTF8.self)
            guard let checkpoint = try? Checkpoint(parsing: text) else { continue }
            read += 1
            #expect(checkpoint.rootHash.count == 32 && checkpoint.treeSize >= 0 && !checkpoint.signatures.isEmpty)
        }
        #expect(read > 0)
    }

    @Test(
        "Real checkpoints are judged as their names say",
        .enabled(if: SharedData.isPresent, "../shared/data is absent"),
        arguments: [
            ("valid", nil), ("valid_multi_sig", nil), ("error_header_body_separator", .noSeparator),
            ("error_header_count", .tooFewLines), ("error_no_newline_after_signature", .noFinalNewline),
            ("error_no_signatures", .noSignatures), ("error_not_a_number", .malformedSize),
            ("error_signature_format_invalid", .malformedSignature),
            ("error_signature_length_insufficient", .malformedSignature),
        ] as [(String, CheckpointError?)]
    )
    func real(name: String, error: CheckpointError?) throws {
        let bytes = try SharedData.bytes("bundles/checkpoints/\(name).txt")
        let note = try #require(String(validating: bytes, as: UTF8.self))
        #expect(failure(note) == error)
        guard error == nil else { return }
        let checkpoint = try Checkpoint(parsing: note)
        #expect(checkpoint.origin == "rekor.sigstore.dev - 2605736670972794746")
        #expect(checkpoint.treeSize == 37_795_272)
        #expect(
            checkpoint.signatures.map(\.name)
                == Array(["rekor.sigstore.dev", "bob.loblaw.dev"].prefix(checkpoint.signatures.count))
        )
        let log = try #require(try BuiltInTrust.publicGood.trustedRoot().transparencyLogs.first?.publicKey)
        #expect(log.isValid(signature: checkpoint.signatures[0].bytes, for: checkpoint.signedText))
        #expect(checkpoint.signatures[0].keyID == Array(log.identifier.bytes.prefix(4)))
    }
}
