internal import StrictJSON

/// The instructions that change the configuration only.
extension Stage {
    /// Carries out an instruction that makes no layer; answers false for one that does.
    func changeConfiguration(_ instruction: Instruction) throws(AssemblyError) -> Bool {
        switch instruction.command {
        case .environment(let assignments): try setEnvironment(assignments)
        case .label(let assignments): try setLabels(assignments)
        case .maintainer(let name):
            image.setAuthor(name)
            image.addStep("MAINTAINER \(name)")
        case .user(let word):
            image.user = try required(word, "USER")
            image.addStep("USER \(image.user)")
        case .expose(let words): try expose(words)
        case .volume(let words): try addVolumes(words)
        case .entrypoint(let program):
            let words = words(of: program)
            image.setWords("Entrypoint", words)
            if !hasProgram { image.setWords("Cmd", nil) }
            image.addStep("ENTRYPOINT \(GoText.quoted(words))")
        case .program(let program):
            let words = words(of: program)
            image.setWords("Cmd", words)
            hasProgram = true
            image.addStep("CMD \(GoText.quoted(words))")
        case .stopSignal(let word): try setStopSignal(word)
        case .healthCheck(let check): setHealthCheck(check)
        case .shell(let words):
            image.setWords("Shell", words)
            image.addStep("SHELL \(GoText.list(words))")
        case .onBuild(let text):
            image.setWords("OnBuild", (image.words("OnBuild") ?? []) + [text])
            image.addStep("ONBUILD \(text)")
        case .from, .argument, .copy, .workingDirectory, .run: return false
        }
        return true
    }

    private func required(_ word: Word, _ instruction: String) throws(AssemblyError) -> String {
        let text = try expand(word)
        guard !text.isEmpty
        else { throw AssemblyError(.badArguments(instruction: instruction, needs: "a value"), at: word.location) }
        return text
    }

    /// All values see the variables as they were before the instruction.
    private func setEnvironment(_ assignments: [Instruction.Assignment]) throws(AssemblyError) {
        var pairs: [(String, String)] = []
        for assignment in assignments {
            pairs.append((try required(assignment.name, "ENV"), try assignment.value.map(expand) ?? ""))
        }
        for (name, value) in pairs { image.setVariable(name, value) }
        image.addStep("ENV " + pairs.map { "\($0.0)=\($0.1)" }.joined(separator: " "))
    }

    private func setLabels(_ assignments: [Instruction.Assignment]) throws(AssemblyError) {
        var texts: [String] = []
        for assignment in assignments {
            let (name, value) = (try required(assignment.name, "LABEL"), try assignment.value.map(expand) ?? "")
            image.set("Labels", name, JSONValue(value))
            texts.append("\(name)=\(value)")
        }
        image.addStep("LABEL " + texts.joined(separator: " "))
    }

    private func expose(_ words: [Word]) throws(AssemblyError) {
        var ports: [String] = []
        for word in words {
            for text in try expansion.expandToWords(word) {
                guard let stated = PortRange(text)
                else {
                    throw AssemblyError(
                        .badArguments(instruction: "EXPOSE", needs: "port[-port][/protocol]"),
                        at: word.location
                    )
                }
                ports += stated.ports
            }
        }
        for port in ports { image.set("ExposedPorts", port, .object(JSONObject())) }
        image.addStep("EXPOSE \(GoText.list(ports))")
    }

    private func addVolumes(_ words: [Word]) throws(AssemblyError) {
        var paths: [String] = []
        for word in words { paths.append(try required(word, "VOLUME")) }
        for path in paths { image.set("Volumes", path, .object(JSONObject())) }
        image.addStep("VOLUME \(GoText.list(paths))")
    }

    private func setStopSignal(_ word: Word) throws(AssemblyError) {
        let signal = try required(word, "STOPSIGNAL")
        let isName = signal.utf8.allSatisfy { $0.isLetter || $0.isDigit || Array("+-".utf8).contains($0) }
        guard isName
        else {
            throw AssemblyError(.badArguments(instruction: "STOPSIGNAL", needs: "a name or number"), at: word.location)
        }
        image.run["StopSignal"] = JSONValue(signal)
        image.addStep("STOPSIGNAL \(signal)")
    }

    private func setHealthCheck(_ check: Instruction.HealthCheck) {
        let test: [String] =
            switch check.test {
            case .words(let words): ["CMD"] + words
            case .line(let line): ["CMD-SHELL", line]
            case nil: ["NONE"]
            }
        var object = JSONObject([("Test", .array(test.map { JSONValue($0) }))])
        let numbers = [
            ("Interval", check.interval), ("Timeout", check.timeout), ("StartPeriod", check.startPeriod),
            ("StartInterval", check.startInterval), ("Retries", check.retries),
        ]
        for (name, number) in numbers where number != 0 { object[name] = JSONValue(number) }
        image.run["Healthcheck"] = .object(object)
        let durations = [check.interval, check.timeout, check.startPeriod, check.startInterval]
            .map { "\"\(GoDuration.text($0))\"" }.joined(separator: " ")
        image.addStep("HEALTHCHECK &{\(GoText.quoted(test)) \(durations) \(GoText.character(check.retries))}")
    }

    /// A program's words; a line goes to the shell.
    func words(of program: Instruction.Program) -> [String] {
        switch program {
        case .words(let words): words
        case .line(let line): line.isEmpty ? [] : image.shell + [line]
        }
    }
}

/// `8080`, `8000-8010/udp`: ports that an image listens to.
struct PortRange {
    /// Each with its protocol.
    let ports: [String]

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let proto = parts.count == 2 ? parts[1].lowercased() : "tcp"
        // A port of the host before a colon has no meaning here.
        let range = parts[0].split(separator: ":", omittingEmptySubsequences: false).last ?? ""
        let bounds = range.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
        guard ["tcp", "udp", "sctp"].contains(proto), bounds.count <= 2, let low = bounds[0],
            let high = bounds.last ?? nil, low <= high
        else { return nil }
        ports = (low...high).map { "\($0)/\(proto)" }
    }
}

/// How Go prints values, which is how BuildKit writes its history.
enum GoText {
    /// `%q` of a list of strings.
    static func quoted(_ words: [String]) -> String {
        "[" + words.map(quoted).joined(separator: " ") + "]"
    }

    /// `%v` of a list of strings.
    static func list(_ words: [String]) -> String {
        "[" + words.joined(separator: " ") + "]"
    }

    private static func quoted(_ word: String) -> String {
        var text = "\""
        for scalar in word.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\" + String(scalar)
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            case "\u{00}"..<"\u{20}", "\u{7F}": text += "\\x" + hexadecimal(scalar.value, 2)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// `%q` of a number, which Go takes for a character.
    static func character(_ number: Int64) -> String {
        guard let scalar = Unicode.Scalar(UInt32(clamping: number)) else { return "'\\ufffd'" }
        switch scalar.value {
        case 9: return "'\\t'"
        case 10: return "'\\n'"
        case 0..<32, 127: return "'\\x" + hexadecimal(scalar.value, 2) + "'"
        default: return "'\(scalar)'"
        }
    }

    private static func hexadecimal(_ number: UInt32, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
