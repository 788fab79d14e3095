internal import Glibc

/// `RUN`: runs a program in the stage's root file system.
extension Stage {
    /// Carries the instruction out.
    func run(_ command: Instruction.Run, at location: DockerfileLocation) throws {
        guard let bubblewrap = session.request.bubblewrap else {
            throw AssemblyError(.noSandbox(reason: "the program bwrap is not installed"), at: location)
        }
        guard platform == .current else {
            throw AssemblyError(
                .unsupportedRun("\(platform) on a machine that is \(ImagePlatform.current)"),
                at: location
            )
        }
        do {
            try run(command, Sandbox(bubblewrap: bubblewrap))
        } catch let error as AssemblyError {
            throw error.located(location)
        }
    }

    private func run(_ command: Instruction.Run, _ sandbox: Sandbox) throws {
        let tree = try tree()
        let root = try runRoot ?? RunRoot(tree, path: session.newFolder())
        runRoot = root
        let ignored = try mountPoints(tree)
        let user = try Accounts(tree).find(image.user, sharesNumber: false)
        let (words, script) = try program(command)
        let run = Sandbox.Run(
            root: root.path,
            words: words,
            environment: environment(home: user.home),
            workingDirectory: image.workingDirectory,
            owner: user.owner,
            group: user.group,
            script: script
        )
        try sandbox.perform(run) { session.report(.output($0)) }
        for name in ignored { removeEmptyFolder(root.path, name) }
        let changes = try root.takeChanges(into: tree, owner: (user.owner, user.group), ignored: ignored)
        let text = "RUN " + argumentText + words.joined(separator: " ")
        guard !changes.isEmpty else { return image.addUnchanged(text) }
        image.addLayer(writesLayers ? try session.write(changes) : nil, session.layerMediaType, text)
    }

    /// Folders over which the sandbox mounts its own, and which the image does not have.
    private func mountPoints(_ tree: FileTree) throws -> Set<[UInt8]> {
        var missing: Set<[UInt8]> = []
        for name in ["dev", "proc"].map({ Array($0.utf8) }) {
            guard let node = try tree.root.child(name) else {
                missing.insert(name)
                continue
            }
            guard node.isDirectory else {
                throw AssemblyError(
                    .noSandbox(reason: "/\(String(decoding: name, as: UTF8.self)) of the image is no folder")
                )
            }
        }
        return missing
    }

    private func removeEmptyFolder(_ root: String, _ name: [UInt8]) {
        rmdir("\(root)/\(String(decoding: name, as: UTF8.self))")
    }

    /// Build arguments, then the image's own variables, which win.
    private func environment(home: String) -> [(name: String, value: String)] {
        var variables = arguments
        for variable in image.environment {
            variables.removeAll { $0.name.utf8.elementsEqual(variable.name.utf8) }
            variables.append(variable)
        }
        for (name, value) in [("PATH", ImageDraft.defaultPath), ("HOME", home)]
        where !variables.contains(where: { $0.name == name }) {
            variables.append((name, value))
        }
        return variables.filter { !$0.name.isEmpty }
    }

    /// How BuildKit notes build arguments in the history: `|2 A=1 B=2 `.
    private var argumentText: String {
        guard !arguments.isEmpty else { return "" }
        return "|\(arguments.count) " + arguments.map { "\($0.name)=\($0.value) " }.joined()
    }

    /// The words that are run, and the script that they run, if there is one.
    private func program(_ command: Instruction.Run) throws -> (words: [String], script: String?) {
        guard case .line(let line) = command.program, let first = command.documents.first
        else { return (words(of: command.program), nil) }
        let isAlone = command.documents.count == 1 && line.hasPrefix("<<") && !line.contains(" ")
        guard isAlone else {
            let bodies = command.documents.map { "\n\($0.content)\($0.name)" }.joined()
            return (image.shell + [line + bodies], nil)
        }
        guard first.content.hasPrefix("#!") else { return (image.shell + [first.content], nil) }
        let folder = try session.newFolder()
        let path = "\(folder)/script"
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o755)
        guard file >= 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        defer { close(file) }
        try FileWriting.write(Array(first.content.utf8), to: file, path: path)
        fchmod(file, 0o755)
        return ([Sandbox.scriptPath], path)
    }
}
