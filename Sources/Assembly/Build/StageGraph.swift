/// Which stages a build needs, and what each builds on.
struct StageGraph {
    /// What a stage builds on.
    enum Base: Hashable {
        case scratch
        case stage(Int)
        case layout(name: String, LayoutSource)
    }

    /// Where `COPY --from` copies from.
    enum Source: Hashable {
        case stage(Int)
        case layout(name: String, LayoutSource)
    }

    private let dockerfile: Dockerfile
    private let layouts: [(name: String, source: LayoutSource)]
    /// What each stage that is built builds on.
    let bases: [Int: Base]
    /// The stage that is wanted.
    let target: Int
    /// The stages that are built, in order.
    let needed: [Int]
    private let written: Set<Int>
    private let read: Set<Int>

    /// Orders the stages.
    ///
    /// - Parameters:
    ///   - dockerfile: The Dockerfile.
    ///   - target: The stage that is wanted; nil for the last.
    ///   - layouts: Base images by name.
    ///   - expansion: Puts in what may stand in `FROM`.
    /// - Throws: ``AssemblyError``.
    init(
        _ dockerfile: Dockerfile,
        target: String?,
        layouts: [(name: String, source: LayoutSource)],
        expansion: WordExpansion
    ) throws(AssemblyError) {
        self.dockerfile = dockerfile
        self.layouts = layouts
        self.target = try Self.target(target, dockerfile)
        var (needed, written, read): (Set<Int>, Set<Int>, Set<Int>) = ([self.target], [self.target], [])
        var bases: [Int: Base] = [:]
        // Every stage refers to earlier ones only; what no stage needs may refer to what is not at hand.
        for index in stride(from: self.target, through: 0, by: -1) where needed.contains(index) {
            let stage = dockerfile.stages[index]
            let base = try Self.base(of: stage, index, dockerfile, layouts, try expansion.expand(stage.image))
            bases[index] = base
            let runs = stage.instructions.contains { if case .run = $0.command { true } else { false } }
            if runs { read.insert(index) }
            let copied = try Self.copied(in: index, dockerfile, layouts)
            needed.formUnion(copied)
            read.formUnion(copied)
            if case .stage(let earlier) = base {
                needed.insert(earlier)
                if written.contains(index) { written.insert(earlier) }
                if read.contains(index) { read.insert(earlier) }
            }
        }
        (self.needed, self.written, self.read, self.bases) = (needed.sorted(), written, read, bases)
    }

    private static func target(_ name: String?, _ dockerfile: Dockerfile) throws(AssemblyError) -> Int {
        guard let name else { return dockerfile.stages.count - 1 }
        if let index = dockerfile.stages.firstIndex(where: { $0.name == name.lowercased() }) { return index }
        guard let index = Int(name), dockerfile.stages.indices.contains(index)
        else { throw AssemblyError(.unknownStage(name)) }
        return index
    }

    private static func base(
        of stage: Dockerfile.Stage,
        _ index: Int,
        _ dockerfile: Dockerfile,
        _ layouts: [(name: String, source: LayoutSource)],
        _ image: String
    ) throws(AssemblyError) -> Base {
        guard !image.isEmpty else { throw AssemblyError(.emptyBase, at: stage.image.location) }
        if let earlier = dockerfile.stages[..<index].firstIndex(where: { $0.name == image.lowercased() }) {
            return .stage(earlier)
        }
        if image == "scratch" { return .scratch }
        if let layout = layout(image, layouts) { return .layout(name: image, layout) }
        if dockerfile.stages[index...].contains(where: { $0.name == image.lowercased() }) {
            throw AssemblyError(.stageCycle(image), at: stage.image.location)
        }
        throw AssemblyError(.missingBase(image), at: stage.image.location)
    }

    private static func layout(
        _ name: String,
        _ layouts: [(name: String, source: LayoutSource)]
    ) -> LayoutSource? {
        layouts.last { ImageReference.normalized($0.name) == ImageReference.normalized(name) }?.source
    }

    /// The stages from which a stage copies.
    private static func copied(
        in index: Int,
        _ dockerfile: Dockerfile,
        _ layouts: [(name: String, source: LayoutSource)]
    ) throws(AssemblyError) -> [Int] {
        var stages: [Int] = []
        for instruction in dockerfile.stages[index].instructions {
            guard case .copy(let copy) = instruction.command, let from = copy.from else { continue }
            if case .stage(let other) = try source(from, in: index, dockerfile, layouts) { stages.append(other) }
        }
        return stages
    }

    private static func source(
        _ word: Word,
        in index: Int,
        _ dockerfile: Dockerfile,
        _ layouts: [(name: String, source: LayoutSource)]
    ) throws(AssemblyError) -> Source {
        let name = word.text.lowercased()
        let stages = dockerfile.stages
        if let earlier = stages[..<index].lastIndex(where: { $0.name == name }) { return .stage(earlier) }
        if let layout = layout(word.text, layouts) { return .layout(name: word.text, layout) }
        if stages[index...].contains(where: { $0.name == name }) {
            throw AssemblyError(.stageCycle(word.text), at: word.location)
        }
        guard let number = Int(name) else { throw AssemblyError(.missingBase(word.text), at: word.location) }
        guard stages.indices.contains(number) else { throw AssemblyError(.unknownStage(word.text), at: word.location) }
        guard number < index else { throw AssemblyError(.stageCycle(word.text), at: word.location) }
        return .stage(number)
    }

    /// Where an instruction of a stage copies from.
    func source(_ word: Word, in index: Int) throws(AssemblyError) -> Source {
        try Self.source(word, in: index, dockerfile, layouts)
    }

    /// What is known of a stage before it is built.
    func plan(_ index: Int) -> StagePlan {
        StagePlan(
            escape: dockerfile.escape,
            writesLayers: written.contains(index),
            needsContents: read.contains(index)
        )
    }
}
