/// One instruction of a Dockerfile, taken apart, variables not yet put in.
package struct Instruction: Hashable, Sendable {
    /// Where it begins.
    package let location: DockerfileLocation
    /// What it does.
    package let command: Command
    /// The line as it is written, joined.
    package let text: String

    /// What an instruction does.
    package enum Command: Hashable, Sendable {
        /// `FROM image AS name`.
        case from(image: Word, platform: Word?, name: String?)
        /// `ARG name=value …`.
        case argument([Assignment])
        /// `ENV name=value …`.
        case environment([Assignment])
        /// `LABEL name=value …`.
        case label([Assignment])
        /// `MAINTAINER name`.
        case maintainer(String)
        /// `COPY` and `ADD`.
        case copy(Copy)
        /// `WORKDIR path`.
        case workingDirectory(Word)
        /// `USER name:group`.
        case user(Word)
        /// `EXPOSE port/protocol …`.
        case expose([Word])
        /// `VOLUME path …`.
        case volume([Word])
        /// `ENTRYPOINT`.
        case entrypoint(Program)
        /// `CMD`.
        case program(Program)
        /// `STOPSIGNAL signal`.
        case stopSignal(Word)
        /// `HEALTHCHECK`.
        case healthCheck(HealthCheck)
        /// `SHELL ["program", …]`.
        case shell([String])
        /// `ONBUILD instruction`.
        case onBuild(String)
        /// `RUN`.
        case run(Run)
    }

    /// `name=value`; the value is missing where `ARG` gives none.
    package struct Assignment: Hashable, Sendable {
        /// The name, in which variables are put in too.
        package let name: Word
        /// The value.
        package let value: Word?
    }

    /// A program with its arguments, or a line for the shell.
    package enum Program: Hashable, Sendable {
        /// `["program", "argument"]`.
        case words([String])
        /// A line for the shell.
        case line(String)
    }

    /// `COPY` or `ADD`.
    package struct Copy: Hashable, Sendable {
        /// Whether it is `ADD`, which unpacks archives.
        package var isAdd = false
        /// What is copied.
        package var sources: [Word] = []
        /// What is copied and stands in the Dockerfile itself.
        package var documents: [Heredoc] = []
        /// Where to.
        package var destination: Word
        /// Another stage or image to copy from.
        package var from: Word?
        /// The owner.
        package var owner: Word?
        /// Permission bits.
        package var mode: Word?
        /// Whether the layer must not depend on what lies below (`--link`).
        package var isLinked = false
        /// Patterns of what is not copied.
        package var excludes: [Word] = []
        /// Whether the folders above a source are copied with it (`--parents`).
        package var keepsParents = false
        /// Whether archives are unpacked (`ADD --unpack`).
        package var unpacks: Bool?
    }

    /// Text that stands in the Dockerfile.
    package struct Heredoc: Hashable, Sendable {
        /// The word that ends it.
        package let name: String
        /// The lines.
        package let content: String
        /// Whether variables are put in: not when the word is quoted.
        package let isExpanded: Bool
        /// Where `<<` stands.
        package let location: DockerfileLocation
    }

    /// `HEALTHCHECK`; durations in nanoseconds.
    package struct HealthCheck: Hashable, Sendable {
        /// The command; nil for `NONE`.
        package var test: Program?
        /// `--interval`.
        package var interval: Int64 = 0
        /// `--timeout`.
        package var timeout: Int64 = 0
        /// `--start-period`.
        package var startPeriod: Int64 = 0
        /// `--start-interval`.
        package var startInterval: Int64 = 0
        /// `--retries`.
        package var retries: Int64 = 0
    }

    /// `RUN`.
    package struct Run: Hashable, Sendable {
        /// What is run.
        package let program: Program
        /// Text that stands in the Dockerfile, in order.
        package let documents: [Heredoc]
    }

    /// Every instruction's name.
    package enum Name: String, CaseIterable, Sendable {
        case add = "ADD"
        case argument = "ARG"
        case program = "CMD"
        case copy = "COPY"
        case entrypoint = "ENTRYPOINT"
        case environment = "ENV"
        case expose = "EXPOSE"
        case from = "FROM"
        case healthCheck = "HEALTHCHECK"
        case label = "LABEL"
        case maintainer = "MAINTAINER"
        case onBuild = "ONBUILD"
        case run = "RUN"
        case shell = "SHELL"
        case stopSignal = "STOPSIGNAL"
        case user = "USER"
        case volume = "VOLUME"
        case workingDirectory = "WORKDIR"

        /// The name that a mistyped one is most like; nil when it is like none.
        static func nearest(to word: String) -> String? {
            let distances = allCases.map { ($0.rawValue, distance(Array(word.utf8), Array($0.rawValue.utf8))) }
            guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(2, best.0.utf8.count / 3)
            else { return nil }
            return best.0
        }

        /// Edits of one letter that turn one word into the other (Levenshtein).
        private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
            guard left.count <= 64 else { return .max }
            var row = Array(0...right.count)
            for (i, a) in left.enumerated() {
                var diagonal = row[0]
                row[0] = i + 1
                for (j, b) in right.enumerated() {
                    let above = row[j + 1]
                    row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                    diagonal = above
                }
            }
            return row[right.count]
        }
    }
}
