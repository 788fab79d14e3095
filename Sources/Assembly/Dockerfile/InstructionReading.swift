internal import StrictJSON

/// Takes one instruction apart.
struct InstructionReading {
    private let line: LogicalLine
    private let start: Int
    private let keyword: String
    private var arguments: ArgumentText

    /// Prepares to read the instruction that begins at an offset of a line.
    init(_ line: LogicalLine, from start: Int = 0, escape: UInt8) {
        let end = line.text[start...].firstIndex { $0.isBlank } ?? line.text.count
        self.line = line
        self.start = start
        keyword = String(decoding: line.text[start..<end], as: UTF8.self)
        arguments = ArgumentText(line, from: end, escape: escape)
    }

    private var location: DockerfileLocation { line.location(start) }

    /// Reads the instruction; heredocs are taken from the lines that follow.
    ///
    /// - Throws: ``AssemblyError`` with line and column.
    mutating func instruction(_ lines: inout SourceLines) throws(AssemblyError) -> Instruction {
        guard let name = Instruction.Name(rawValue: keyword.uppercased()) else {
            let nearest = Instruction.Name.nearest(to: keyword.uppercased())
            throw AssemblyError(.unknownInstruction(keyword, nearest: nearest), at: location)
        }
        let flags = try arguments.takeFlags()
        let command = try command(name, flags, &lines)
        var text = String(decoding: SourceLines.trim(line.text[start...]), as: UTF8.self)
        for document in documents(of: command) { text += "\n\(document.content)\(document.name)" }
        return Instruction(location: location, command: command, text: text)
    }

    private func documents(of command: Instruction.Command) -> [Instruction.Heredoc] {
        switch command {
        case .copy(let copy): copy.documents
        case .run(let run): run.documents
        default: []
        }
    }

    private mutating func command(
        _ name: Instruction.Name,
        _ flags: [Flag],
        _ lines: inout SourceLines
    ) throws(AssemblyError) -> Instruction.Command {
        switch name {
        case .copy, .add: return .copy(try copy(flags, isAdd: name == .add, &lines))
        case .run: return .run(try run(flags, &lines))
        case .from: return try from(flags)
        case .healthCheck: return .healthCheck(try healthCheck(flags))
        default: break
        }
        if let flag = flags.first { throw unknownFlag(flag) }
        switch name {
        case .argument: return .argument(try assignments(needsValues: false))
        case .environment: return .environment(try assignments(needsValues: true))
        case .label: return .label(try assignments(needsValues: true))
        case .maintainer: return .maintainer(try whole("a name").text)
        case .workingDirectory: return .workingDirectory(try whole("a path"))
        case .user: return .user(try whole("a user"))
        case .expose: return .expose(try words("at least one port"))
        case .volume: return .volume(try words("at least one path"))
        case .entrypoint: return .entrypoint(program)
        case .program: return .program(program)
        case .stopSignal: return .stopSignal(try whole("one signal"))
        case .shell: return .shell(try shell())
        default: return .onBuild(try onBuild(&lines))
        }
    }

    // MARK: - Errors

    private func unknownFlag(_ flag: Flag) -> AssemblyError {
        AssemblyError(.unknownFlag(instruction: keyword.uppercased(), flag: "--\(flag.name)"), at: flag.location)
    }

    private func badFlag(_ flag: Flag) -> AssemblyError {
        AssemblyError(.badFlag(flag: "--\(flag.name)", value: flag.value?.text ?? ""), at: flag.location)
    }

    private func needs(_ what: String) -> AssemblyError {
        AssemblyError(.badArguments(instruction: keyword.uppercased(), needs: what), at: location)
    }

    private func value(_ flag: Flag) throws(AssemblyError) -> Word {
        guard let value = flag.value, !value.text.isEmpty else { throw badFlag(flag) }
        return value
    }

    private func truth(_ flag: Flag) throws(AssemblyError) -> Bool {
        switch flag.value?.text.lowercased() {
        case nil, "true", "1": return true
        case "false", "0": return false
        default: throw badFlag(flag)
        }
    }

    // MARK: - Forms of arguments

    private func whole(_ what: String) throws(AssemblyError) -> Word {
        let word = arguments.whole
        guard !word.text.isEmpty else { throw needs(what) }
        return word
    }

    /// The elements of `["…", "…"]`; nil when the arguments are not that.
    private var list: [String]? {
        guard arguments.trimmed.first == UInt8(ascii: "["),
            let array = try? JSONValue(parsing: Array(arguments.trimmed)).array
        else { return nil }
        let words = array.compactMap(\.string)
        return words.count == array.count ? words : nil
    }

    private var listOrWords: [Word] {
        list?.map { Word(text: $0, location: arguments.location) } ?? arguments.plainWords
    }

    private func words(_ what: String) throws(AssemblyError) -> [Word] {
        let words = listOrWords
        guard !words.isEmpty else { throw needs(what) }
        return words
    }

    private var program: Instruction.Program {
        list.map { .words($0) } ?? .line(arguments.whole.text)
    }

    private func shell() throws(AssemblyError) -> [String] {
        guard let list, !list.isEmpty else { throw needs("a list such as [\"/bin/sh\", \"-c\"]") }
        return list
    }

    private func assignments(needsValues: Bool) throws(AssemblyError) -> [Instruction.Assignment] {
        let words = arguments.quotedWords
        guard let first = words.first else { throw needs(needsValues ? "name=value" : "a name") }
        // The old form has one name, and all the rest of the line is its value.
        if needsValues, !first.text.utf8.contains(UInt8(ascii: "=")) {
            guard words.count > 1 else { throw needs("name=value") }
            let rest = arguments.trimmed.dropFirst(first.text.utf8.count)
            let value = Word(text: String(decoding: SourceLines.trim(rest), as: UTF8.self), location: words[1].location)
            return [Instruction.Assignment(name: first, value: value)]
        }
        var assignments: [Instruction.Assignment] = []
        for word in words {
            let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, !name.isEmpty, parts.count == 2 || !needsValues else {
                throw AssemblyError(
                    .badArguments(instruction: keyword.uppercased(), needs: "name=value"),
                    at: word.location
                )
            }
            let value = parts.count == 2 ? Word(text: String(parts[1]), location: word.location) : nil
            assignments.append(
                Instruction.Assignment(name: Word(text: String(name), location: word.location), value: value)
            )
        }
        return assignments
    }

    // MARK: - FROM, HEALTHCHECK, ONBUILD

    private func from(_ flags: [Flag]) throws(AssemblyError) -> Instruction.Command {
        var platform: Word?
        for flag in flags {
            guard flag.name == "platform" else { throw unknownFlag(flag) }
            platform = try value(flag)
        }
        let words = arguments.plainWords
        guard let image = words.first else { throw needs("an image, or scratch") }
        guard words.count == 1 || words.count == 3 && words[1].text.lowercased() == "as"
        else { throw needs("an image, and then nothing or AS name") }
        guard words.count == 3 else { return .from(image: image, platform: platform, name: nil) }
        let name = words[2].text.lowercased()
        let allowed = name.utf8.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        guard allowed, name.utf8.first?.isLetter == true else {
            throw AssemblyError(
                .badArguments(instruction: "FROM", needs: "a stage's name of letters, digits, and - _ ."),
                at: words[2].location
            )
        }
        return .from(image: image, platform: platform, name: name)
    }

    private func healthCheck(_ flags: [Flag]) throws(AssemblyError) -> Instruction.HealthCheck {
        var check = Instruction.HealthCheck()
        for flag in flags {
            switch flag.name {
            case "interval": check.interval = try duration(flag)
            case "timeout": check.timeout = try duration(flag)
            case "start-period": check.startPeriod = try duration(flag)
            case "start-interval": check.startInterval = try duration(flag)
            case "retries":
                guard let number = Int64(try value(flag).text), (0...1_000_000).contains(number)
                else { throw badFlag(flag) }
                check.retries = number
            default: throw unknownFlag(flag)
            }
        }
        let words = arguments.plainWords
        switch words.first?.text.uppercased() {
        case "NONE":
            guard words.count == 1, flags.isEmpty else { throw needs("NONE alone, or CMD and a command") }
        case "CMD":
            var rest = self
            rest.arguments.start = arguments.firstOffset + 3
            let program = rest.program
            guard program != .line(""), program != .words([]) else { throw needs("a command after CMD") }
            check.test = program
        default: throw needs("NONE alone, or CMD and a command")
        }
        return check
    }

    private func duration(_ flag: Flag) throws(AssemblyError) -> Int64 {
        guard let nanoseconds = GoDuration.nanoseconds(try value(flag).text),
            nanoseconds == 0 || nanoseconds >= 1_000_000
        else { throw badFlag(flag) }
        return nanoseconds
    }

    private func onBuild(_ lines: inout SourceLines) throws(AssemblyError) -> String {
        let offset = arguments.firstOffset
        guard offset < line.text.count else { throw needs("an instruction") }
        var inner = InstructionReading(line, from: offset, escape: arguments.escape)
        guard !["ONBUILD", "FROM", "MAINTAINER"].contains(inner.keyword.uppercased())
        else { throw AssemblyError(.notForOnbuild(inner.keyword.uppercased()), at: inner.location) }
        return try inner.instruction(&lines).text
    }

    // MARK: - COPY, ADD, RUN

    private func copy(
        _ flags: [Flag],
        isAdd: Bool,
        _ lines: inout SourceLines
    ) throws(AssemblyError) -> Instruction.Copy {
        var words = listOrWords
        guard let destination = words.popLast(), !words.isEmpty
        else { throw needs("at least one source, and a destination") }
        var copy = Instruction.Copy(isAdd: isAdd, destination: destination)
        for flag in flags { try read(flag, into: &copy) }
        for word in words {
            if list == nil, let mark = HeredocMark(word) {
                copy.documents.append(try mark.read(&lines))
            } else {
                copy.sources.append(word)
            }
        }
        if words.count > 1, !destination.text.hasSuffix("/") {
            throw AssemblyError(.destinationNotFolder(destination.text), at: destination.location)
        }
        return copy
    }

    private func read(_ flag: Flag, into copy: inout Instruction.Copy) throws(AssemblyError) {
        switch flag.name {
        case "chown": copy.owner = try value(flag)
        case "chmod": copy.mode = try value(flag)
        case "link": copy.isLinked = try truth(flag)
        case "exclude": copy.excludes.append(try value(flag))
        case "from" where !copy.isAdd: copy.from = try value(flag)
        case "parents" where !copy.isAdd: copy.keepsParents = try truth(flag)
        case "unpack" where copy.isAdd: copy.unpacks = try truth(flag)
        default: throw unknownFlag(flag)
        }
    }

    private func run(_ flags: [Flag], _ lines: inout SourceLines) throws(AssemblyError) -> Instruction.Run {
        for flag in flags {
            switch (flag.name, flag.value?.text) {
            // There is no network in any case.
            case ("network", "none"), ("network", "default"), ("security", "sandbox"): break
            case ("network", _), ("mount", _), ("security", _):
                throw AssemblyError(.unsupportedRun("--\(flag.name)=\(flag.value?.text ?? "")"), at: flag.location)
            default: throw unknownFlag(flag)
            }
        }
        let program = program
        guard program != .line(""), program != .words([]) else { throw needs("a command") }
        var documents: [Instruction.Heredoc] = []
        if case .line = program {
            for word in arguments.quotedWords {
                if let mark = HeredocMark(word) { documents.append(try mark.read(&lines)) }
            }
        }
        return Instruction.Run(program: program, documents: documents)
    }
}
