internal import Archive
internal import Cryptography
internal import Glibc

/// Builds the image of a Dockerfile for one platform.
final class DockerfileBuild {
    private let session: BuildSession
    private let input: BuildRequest.DockerfileInput
    private let dockerfile: Dockerfile
    private let platform: ImagePlatform
    private var globals: [(name: String, value: String)] = []
    private var stages: [Int: Stage] = [:]
    private var layoutStages: [String: Stage] = [:]
    private var usedArguments: Set<String> = []
    private let context: FileTree
    /// The base images that were used, by their names.
    private(set) var materials: [(name: String, digest: Digest)] = []

    init(
        _ session: BuildSession,
        _ input: BuildRequest.DockerfileInput,
        _ dockerfile: Dockerfile,
        context: FileTree,
        platform: ImagePlatform
    ) {
        (self.session, self.input, self.dockerfile) = (session, input, dockerfile)
        (self.context, self.platform) = (context, platform)
    }

    private var platformArguments: [(name: String, value: String)] {
        let build = ImagePlatform.current
        return [
            ("TARGETPLATFORM", platform.description), ("TARGETOS", platform.os),
            ("TARGETARCH", platform.architecture), ("TARGETVARIANT", platform.variant ?? ""),
            ("BUILDPLATFORM", build.description), ("BUILDOS", build.os), ("BUILDARCH", build.architecture),
            ("BUILDVARIANT", build.variant ?? ""),
        ]
    }

    private func stated(_ name: String) -> String? {
        guard let pair = session.request.arguments.last(where: { $0.name.utf8.elementsEqual(name.utf8) })
        else { return nil }
        usedArguments.insert(name)
        return pair.value
    }

    /// Builds the wanted stage.
    func build() throws -> Stage {
        globals = platformArguments
        try readGlobals()
        let expansion = WordExpansion(variables: { [self] in globalValue($0) }, escape: dockerfile.escape)
        let graph = try StageGraph(
            dockerfile,
            target: session.request.target,
            layouts: session.request.bases,
            expansion: expansion
        )
        for index in graph.needed { stages[index] = try stage(index, graph, expansion) }
        for pair in session.request.arguments where !usedArguments.contains(pair.name) {
            session.report(.warning("no ARG asks for --build-arg \(pair.name)", nil))
        }
        guard let stage = stages[graph.target] else { throw AssemblyError(.noStage) }
        return stage
    }

    private func globalValue(_ name: String) -> String? {
        globals.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    private func readGlobals() throws {
        for instruction in dockerfile.globalArguments {
            guard case .argument(let assignments) = instruction.command else { continue }
            let expansion = WordExpansion(variables: { [self] in globalValue($0) }, escape: dockerfile.escape)
            for assignment in assignments {
                let name = assignment.name.text
                let value = try stated(name) ?? assignment.value.map { try expansion.expand($0) }
                if let value { globals.append((name, value)) }
            }
        }
    }

    private func stage(_ index: Int, _ graph: StageGraph, _ expansion: WordExpansion) throws -> Stage {
        let description = dockerfile.stages[index]
        let stage = try begin(index, graph, expansion)
        let triggers = try self.triggers(stage)
        let count = triggers.count + description.instructions.count
        let name = description.name ?? "stage-\(index)"
        for (number, instruction) in (triggers + description.instructions).enumerated() {
            session.report(.step(stage: name, number: number + 1, count: count, text: instruction.text))
            do {
                try perform(instruction, in: stage, index, graph)
            } catch let error as AssemblyError {
                throw error.located(number < triggers.count ? description.location : instruction.location)
            }
        }
        return stage
    }

    private func begin(_ index: Int, _ graph: StageGraph, _ expansion: WordExpansion) throws -> Stage {
        let description = dockerfile.stages[index]
        let plan = graph.plan(index)
        do {
            let stated = try description.platform.map { try ImagePlatform(try expansion.expand($0)) }
            switch graph.bases[index] {
            case .scratch, nil:
                return Stage(session, stated ?? platform, escape: plan.escape, writesLayers: plan.writesLayers)
            case .stage(let earlier):
                guard let stage = stages[earlier] else { throw AssemblyError(.unknownStage("\(earlier)")) }
                return try Stage(session, stage, plan)
            case .layout(let name, let source):
                return try stage(name, source, stated, plan)
            }
        } catch let error as AssemblyError {
            throw error.located(description.image.location)
        }
    }

    private func stage(_ name: String, _ source: LayoutSource, _ stated: ImagePlatform?, _ plan: StagePlan) throws
        -> Stage
    {
        let wanted = stated ?? platform
        let base = try BaseImage(source, named: name, platform: wanted)
        if !materials.contains(where: { $0.digest == base.manifestDigest }) {
            materials.append((name, base.manifestDigest))
        }
        let found = try base.platform
        // The image of another machine is taken only when nobody asked for a machine.
        guard found.isSame(as: wanted) || (stated == nil && !session.request.isPlatformStated)
        else { throw AssemblyError(.noSuchImage(layout: source.path, name: wanted.description)) }
        if plan.writesLayers { try base.copyLayers(to: session.blobs) }
        return Stage(session, base, found.isSame(as: wanted) ? wanted : found, plan)
    }

    /// What the base image has put off (Dockerfile reference, "ONBUILD").
    private func triggers(_ stage: Stage) throws -> [Instruction] {
        let texts = stage.image.words("OnBuild") ?? []
        stage.image.setWords("OnBuild", nil)
        return try texts.flatMap { try Dockerfile.instructions(Array($0.utf8)).instructions }
    }

    // MARK: - Steps

    private func perform(_ instruction: Instruction, in stage: Stage, _ index: Int, _ graph: StageGraph) throws {
        guard try !stage.changeConfiguration(instruction) else { return }
        switch instruction.command {
        case .argument(let assignments): try declare(assignments, in: stage)
        case .workingDirectory(let word): try setWorkingDirectory(word, in: stage)
        case .run(let run): try stage.run(run, at: instruction.location)
        case .copy(let copy):
            let source = try copy.from.map { try tree($0, stage, index, graph) }
            let step = try CopyStep(
                stage,
                copy,
                from: source ?? context,
                isContext: source == nil,
                ignoreFile: input.ignore?.name
            )
            let (changes, text) = try step.perform()
            try stage.commit(changes, text)
        default: break
        }
    }

    private func declare(_ assignments: [Instruction.Assignment], in stage: Stage) throws {
        var texts: [String] = []
        for assignment in assignments {
            let name = assignment.name.text
            let value = try stated(name) ?? assignment.value.map { try stage.expand($0) } ?? globalValue(name)
            stage.arguments.removeAll { $0.name.utf8.elementsEqual(name.utf8) }
            if let value { stage.arguments.append((name, value)) }
            texts.append(value.map { "\(name)=\($0)" } ?? name)
        }
        stage.image.addStep("ARG " + texts.joined(separator: " "))
    }

    private func setWorkingDirectory(_ word: Word, in stage: Stage) throws {
        let text = try stage.expand(word)
        guard !text.isEmpty
        else { throw AssemblyError(.badArguments(instruction: "WORKDIR", needs: "a path"), at: word.location) }
        let path = FilePath.absolute(text, in: stage.image.workingDirectory)
        stage.image.workingDirectory = FilePath.absoluteText(path)
        var changes = LayerChanges()
        let attributes = FileAttributes(mode: 0o755, modified: session.request.created.seconds)
        _ = try stage.tree().makeDirectory(path, attributes) { path, node in changes.set(path, .present(node)) }
        let step = "WORKDIR \(FilePath.absoluteText(path))"
        if path.isEmpty { stage.image.addStep(step) } else { try stage.commit(changes, step) }
    }

    private func tree(_ from: Word, _ stage: Stage, _ index: Int, _ graph: StageGraph) throws -> FileTree {
        switch try graph.source(from, in: index) {
        case .stage(let earlier):
            guard let stage = stages[earlier] else { throw AssemblyError(.unknownStage(from.text), at: from.location) }
            return try stage.tree()
        case .layout(let name, let source):
            if let known = layoutStages[name] { return try known.tree() }
            let plan = StagePlan(escape: dockerfile.escape, writesLayers: false, needsContents: true)
            do {
                let new = try self.stage(name, source, nil, plan)
                layoutStages[name] = new
                return try new.tree()
            } catch let error as AssemblyError {
                throw error.located(from.location)
            }
        }
    }
}
