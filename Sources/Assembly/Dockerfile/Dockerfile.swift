/// A Dockerfile, read but not yet carried out.
package struct Dockerfile: Hashable, Sendable {
    /// `ARG` before the first `FROM`.
    package let globalArguments: [Instruction]
    /// The stages, in order; never none.
    package let stages: [Stage]
    /// The character that takes the meaning from the next.
    package let escape: UInt8

    /// One stage: `FROM` and what follows it.
    package struct Stage: Hashable, Sendable {
        /// Where `FROM` stands.
        package let location: DockerfileLocation
        /// The image it builds on, variables not yet put in.
        package let image: Word
        /// The stated platform.
        package let platform: Word?
        /// `AS name`, in lower case.
        package let name: String?
        /// What follows.
        package var instructions: [Instruction] = []
    }

    /// Reads a Dockerfile (Dockerfile reference, version 1.x of its syntax).
    ///
    /// - Throws: ``AssemblyError`` with line and column.
    package init(parsing bytes: [UInt8]) throws(AssemblyError) {
        let (instructions, escape) = try Self.instructions(bytes)
        var globals: [Instruction] = []
        var stages: [Stage] = []
        var names: Set<String> = []
        for instruction in instructions {
            if case .from(let image, let platform, let name) = instruction.command {
                if let name, !names.insert(name).inserted {
                    throw AssemblyError(.duplicateStage(name), at: instruction.location)
                }
                stages.append(
                    Stage(location: instruction.location, image: image, platform: platform, name: name)
                )
            } else if !stages.isEmpty {
                stages[stages.count - 1].instructions.append(instruction)
            } else if case .argument = instruction.command {
                globals.append(instruction)
            } else {
                let name = instruction.text.prefix { !$0.isWhitespace }.uppercased()
                throw AssemblyError(.beforeFirstStage(name), at: instruction.location)
            }
        }
        guard !stages.isEmpty else { throw AssemblyError(.noStage) }
        (globalArguments, self.stages, self.escape) = (globals, stages, escape)
    }

    /// Instructions without `FROM`, as they are given on the command line or put off by `ONBUILD`.
    ///
    /// - Throws: ``AssemblyError`` with line and column.
    package static func instructions(
        _ bytes: [UInt8]
    ) throws(AssemblyError) -> (instructions: [Instruction], escape: UInt8) {
        var lines = try SourceLines(bytes)
        var instructions: [Instruction] = []
        while let line = lines.nextInstruction() {
            var reading = InstructionReading(line, escape: lines.escape)
            instructions.append(try reading.instruction(&lines))
        }
        return (instructions, lines.escape)
    }
}
