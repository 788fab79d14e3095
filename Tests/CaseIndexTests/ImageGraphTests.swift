import CaseIndex
import Cryptography
import Testing

@Suite("An image is as sound as everything below it")
struct ImageGraphTests {
    /// One descriptor in short.
    private struct Edge {
        var source: Int64 = 1
        let from: String
        let kind: RelationshipKind
        let to: String
        var outcome = DescriptorOutcome.matched

        init(
            _ from: String,
            _ kind: RelationshipKind,
            _ to: String,
            _ outcome: DescriptorOutcome = .matched,
            source: Int64 = 1
        ) {
            (self.from, self.kind, self.to, self.outcome, self.source) = (from, kind, to, outcome, source)
        }
    }

    private func graph(of image: String = "image", _ edges: [Edge]) throws -> ImageGraph {
        let made = try MadeCase()
        return try made.file.write { writer in
            for (position, edge) in edges.enumerated() {
                try writer.insert(
                    RelationshipRecord(
                        sourceID: edge.source,
                        origin: MadeCase.digest(edge.from),
                        kind: edge.kind,
                        position: position,
                        target: MadeCase.digest(edge.to),
                        mediaType: nil,
                        size: nil,
                        outcome: edge.outcome
                    )
                )
            }
            return try writer.reader.graph(of: MadeCase.digest(image))
        }
    }

    private static let whole = [
        Edge("layout", .entry, "image"), Edge("image", .configuration, "config"), Edge("image", .layer, "layer"),
    ]

    @Test("Everything there and as named is intact")
    func intact() throws {
        let graph = try graph(Self.whole)
        #expect(graph.outcome == .intact)
        #expect(graph.descriptors.count == 3)
        #expect(graph.altered.isEmpty && graph.absent.isEmpty)
    }

    @Test("Nothing known of an image is incomplete, not intact")
    func unknown() throws {
        #expect(try graph(of: "stranger", Self.whole).outcome == .incomplete)
    }

    @Test(
        "Each outcome of one layer decides",
        arguments: [
            (.matched, .intact), (.missing, .incomplete), (.unreadable, .incomplete), (.digestMismatch, .altered),
            (.sizeMismatch, .altered), (.diffIDMismatch, .altered), (.malformed, .altered),
        ] as [(DescriptorOutcome, ContentOutcome)]
    )
    func outcomes(outcome: DescriptorOutcome, expected: ContentOutcome) throws {
        #expect(try graph(Self.whole + [Edge("image", .layer, "other", outcome)]).outcome == expected)
    }

    @Test("Children share what they share, and each descriptor counts once")
    func shared() throws {
        let graph = try graph([
            Edge("layout", .entry, "image"), Edge("image", .child, "amd64"), Edge("image", .child, "arm64"),
            Edge("amd64", .layer, "shared"), Edge("arm64", .layer, "shared"), Edge("amd64", .child, "deep"),
            Edge("arm64", .child, "deep"), Edge("deep", .layer, "bottom", .digestMismatch),
        ])
        #expect(graph.descriptors.count == 8)
        #expect(graph.altered.map(\.target) == [MadeCase.digest("bottom")])
        #expect(graph.outcome == .altered)
    }

    @Test("A cycle ends")
    func cycle() throws {
        let graph = try graph([
            Edge("image", .child, "image"), Edge("image", .child, "b"), Edge("b", .child, "c"), Edge("c", .child, "b"),
            Edge("c", .child, "image"),
        ])
        #expect(graph.outcome == .intact)
        #expect(Set(graph.descriptors.map(\.position)) == [0, 1, 2, 3, 4])
    }

    @Test("What refers to the image is not part of it")
    func referrers() throws {
        let graph = try graph(
            Self.whole + [Edge("signature", .subject, "image"), Edge("signature", .layer, "payload", .missing)]
        )
        #expect(graph.outcome == .intact)
        let subject = try self.graph(Self.whole + [Edge("image", .subject, "base", .missing)])
        #expect(subject.outcome == .intact)
    }

    @Test("An altered parent does not touch its child, an altered child touches its parent")
    func directions() throws {
        let edges = [
            Edge("image", .child, "child"), Edge("child", .layer, "layer"), Edge("image", .child, "sibling"),
            Edge("sibling", .layer, "bad", .digestMismatch),
        ]
        #expect(try graph(of: "image", edges).outcome == .altered)
        #expect(try graph(of: "child", edges).outcome == .intact)
        #expect(try graph(of: "sibling", edges).outcome == .altered)
    }

    @Test("Altered in one source and intact in another is altered: one of the copies is not what was signed")
    func alteredSomewhere() throws {
        let other = [
            Edge("image", .layer, "layer", .digestMismatch, source: 2),
            Edge("image", .configuration, "config", source: 2),
        ]
        let graph = try graph(Self.whole + other)
        #expect(graph.outcome == .altered)
        #expect(graph.altered.map(\.sourceID) == [2])
    }

    @Test("Missing in one source and present in another is whole")
    func missingSomewhere() throws {
        let other = [
            Edge("image", .layer, "layer", .missing, source: 2),
            Edge("image", .configuration, "config", .unreadable, source: 2),
        ]
        #expect(try graph(Self.whole + other).outcome == .intact)
        let nowhere = other + [Edge("image", .layer, "only-here", .missing, source: 2)]
        let graph = try graph(Self.whole + nowhere)
        #expect(graph.outcome == .incomplete)
        #expect(graph.absent.map(\.target) == [MadeCase.digest("only-here")])
    }

    @Test("Lists show images that no index holds, signed children, and digests that only signatures name")
    func images() throws {
        let made = try MadeCase()
        try made.file.write { writer in
            for (name, role) in [
                ("index", ArtifactRole.imageIndex), ("child", .imageManifest), ("signed", .imageManifest),
                ("layer", .layer),
            ] {
                try writer.insert(ArtifactRecord(digest: MadeCase.digest(name), size: 1, mediaType: nil, role: role))
            }
            for (position, child) in ["child", "signed"].enumerated() {
                var edge = RelationshipRecord(
                    sourceID: 1,
                    origin: MadeCase.digest("index"),
                    kind: .child,
                    position: position,
                    target: MadeCase.digest(child),
                    mediaType: nil,
                    size: nil,
                    outcome: .matched
                )
                edge.platform = "linux/\(child)"
                try writer.insert(edge)
            }
            for name in ["b", "a", "a"] {
                try writer.insert(
                    ReferenceRecord(name: name, digest: MadeCase.digest("index"), sourceID: 1, key: "tag-\(name)")
                )
            }
            for subject in ["signed", "elsewhere"] {
                let signature = SignatureRecord(
                    kind: .bundle,
                    subject: MadeCase.digest(subject),
                    carrier: MadeCase.digest("carrier"),
                    position: 0,
                    payload: MadeCase.digest("payload"),
                    annotations: "{}",
                    predicateType: nil
                )
                _ = try writer.insert(signature)
            }
        }
        let images = try made.file.read { try $0.images() }
        #expect(images.map(\.digest) == ["index", "signed", "elsewhere"].map(MadeCase.digest).sorted())
        func entry(_ name: String) throws -> ImageEntry {
            try #require(images.first { $0.digest == MadeCase.digest(name) })
        }
        #expect(try entry("index").names == ["a", "b"])
        #expect(try entry("index").platforms == ["linux/child", "linux/signed"])
        #expect(try entry("signed").platforms == ["linux/signed"])
        #expect(try entry("signed").signatureCount == 1)
        #expect(try entry("signed").isPresent)
        #expect(!(try entry("elsewhere").isPresent))
    }
}
