import CaseFixtures
import CaseIndex
import Cryptography
import TestSupport
import Testing

@testable import Filesystem

/// Layers made at random, hostile ones too, judged in three ways that must agree.
@Suite struct RandomLayersTests {
    private static let names = ["a", "b", "a-b", ".wh.a", ".wh.b", ".wh..wh..opq", "c"]

    private static func layer(_ generator: inout SeededGenerator) -> [FileEntryRecord] {
        (0..<Int.random(in: 0...12, using: &generator)).map { _ in
            let depth = Int.random(in: 1...4, using: &generator)
            let parts = (0..<depth).map { level in
                // Markers are names of members, not of folders.
                let choices = level == depth - 1 ? names : names.filter { !$0.hasPrefix(".wh.") }
                return choices.randomElement(using: &generator) ?? "a"
            }
            let path = parts.joined(separator: "/")
            switch Int.random(in: 0..<4, using: &generator) {
            case 0, 1: return .folder(path)
            case 2: return .link(path, to: "a")
            default: return .file(path, "x")
            }
        }
    }

    /// What is visible, by a model that knows nothing of trees: whiteouts of a layer first, then its members in order.
    private static func visible(_ layers: [[FileEntryRecord]]) -> Set<String> {
        var state: [String: (label: String, kind: FileKind, layer: Int)] = [:]
        for (number, layer) in layers.enumerated() {
            for member in layer {
                let path = String(decoding: member.path, as: UTF8.self)
                let parts = path.split(separator: "/").map(String.init)
                let folder = parts.dropLast().joined(separator: "/")
                guard let name = parts.last, name.hasPrefix(".wh.") else { continue }
                let target =
                    name == ".wh..wh..opq"
                    ? folder : (parts.dropLast() + [String(name.dropFirst(4))]).joined(separator: "/")
                let below = target.isEmpty ? "" : target + "/"
                state = state.filter { key, _ in
                    !(key.hasPrefix(below) || (key == target && name != ".wh..wh..opq"))
                }
            }
            for (position, member) in layer.enumerated() {
                let path = String(decoding: member.path, as: UTF8.self)
                let parts = path.split(separator: "/").map(String.init)
                guard let name = parts.last, !name.hasPrefix(".wh.") else { continue }
                var isBlocked = false
                for depth in 1..<max(1, parts.count) {
                    let ancestor = parts.prefix(depth).joined(separator: "/")
                    guard let found = state[ancestor], found.kind != .directory else { continue }
                    if found.layer == number { isBlocked = true } else { state[ancestor] = nil }
                }
                guard !isBlocked else { continue }
                if member.kind != .directory { state = state.filter { !$0.key.hasPrefix(path + "/") } }
                state[path] = ("\(number) \(position) \(path)", member.kind, number)
            }
        }
        return Set(state.values.map(\.label))
    }

    @Test(arguments: 0..<150)
    func agree(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let layers = (0..<Int.random(in: 1...5, using: &generator)).map { _ in Self.layer(&generator) }
        let fixture = try CaseFixture()
        let digests = try layers.enumerated().map { try fixture.addLayer("\($0)", $1) }
        let image = try fixture.addImage("app", layers: digests)
        try fixture.caseFile.read { reader in
            let stack = try ImageStack(of: image, in: reader)
            let fates = PathFates(reader)
            var visible: Set<String> = []
            var count = 0
            try MergedView(stack, in: reader).forEach({ _ in true }) { file in
                count += 1
                let path = String(decoding: file.path, as: UTF8.self)
                let position = try #require(try reader.entry(id: file.id)).position
                if file.fate == .visible { visible.insert("\(file.layer) \(position) \(path)") }
                let single = try fates.fate(of: file.id, file.kind, at: file.path, layer: file.layer, in: stack)
                #expect(single.fate == file.fate, "\(file.layer) \(position) \(path) of \(layers)")
                #expect(single.endedBy == file.endedBy, "\(file.layer) \(position) \(path) of \(layers)")
            }
            #expect(count == layers.reduce(0) { $0 + $1.count })
            #expect(visible == Self.visible(layers), "\(layers)")
        }
    }
}
