internal import Archive
internal import Assembly

/// The sentences for what keeps an image from being built.
enum AssemblyErrorMessages {
    static func message(_ error: AssemblyError) -> (String, [String]) {
        let (text, hints) = message(error.fault)
        return (error.location.map { "Dockerfile:\($0): \(text)" } ?? text, hints)
    }

    private static func message(_ fault: AssemblyError.Fault) -> (String, [String]) {
        dockerfileMessage(fault) ?? stageMessage(fault) ?? layoutMessage(fault) ?? fileMessage(fault)
            ?? outputMessage(fault) ?? (
                "\(shown(String(describing: fault)))",
                ["raireki build --help tells what a build takes"]
            )
    }

    private static func shown(_ text: String) -> String {
        ErrorMessages.shown(text)
    }

    private static func dockerfileMessage(_ fault: AssemblyError.Fault) -> (String, [String])? {
        switch fault {
        case .notText: ("this is no text", ["a Dockerfile is UTF-8 without control characters"])
        case .tooLong(let limit): ("longer than \(limit) bytes", ["is this a Dockerfile?"])
        case .noStage: ("the Dockerfile has no FROM", ["FROM scratch begins an image with nothing in it"])
        case .unknownInstruction(let word, let nearest):
            (
                "no such instruction: \(shown(word))",
                nearest.map { ["did you mean \($0)?"] } ?? [
                    "FROM, COPY, ADD, RUN, ENV, ARG, CMD and the like are known"
                ]
            )
        case .badDirective(let name, let value):
            (
                "the directive \(name) is given twice or cannot be: \(shown(value))",
                ["# escape= takes \\ or `, and each directive stands once"]
            )
        case .beforeFirstStage(let name):
            ("only ARG may stand before FROM: \(shown(name))", ["move it below the first FROM"])
        case .unknownFlag(let instruction, let flag):
            (
                "\(instruction) has no option: \(shown(flag))",
                ["write it without the option, or with one that BuildKit's Dockerfile reference gives it"]
            )
        case .badFlag(let flag, let value):
            (
                "the option \(shown(flag)) cannot be: \(shown(value))",
                ["BuildKit's Dockerfile reference tells what the option takes"]
            )
        case .badArguments(let instruction, let needs):
            (
                "\(shown(instruction)) needs \(needs)",
                ["a \\ at the end of a line goes on with it in the next; are all words there?"]
            )
        case .endlessHeredoc(let name):
            ("no line ends the text that <<\(shown(name)) begins", ["put \(shown(name)) on a line of its own"])
        case .unclosed(let mark):
            ("not closed: \(mark)", ["close it, or put a \\ before it if it is meant as it stands"])
        case .badSubstitution(let text):
            (
                "no such substitution: \(shown(text))",
                ["${name:-word}, ${name:+word}, ${name#pattern} and the like are known"]
            )
        case .variableRequired(let name, let message):
            (
                "\(shown(name)) is not set: \(shown(message))",
                ["--build-arg \(shown(name))=VALUE sets it, where an ARG declares it"]
            )
        case .expansionTooLong(let limit):
            (
                "variables make this longer than \(limit) bytes",
                ["a variable that holds itself doubles with each use; is one set so?"]
            )
        case .notForOnbuild(let name):
            ("ONBUILD cannot put off: \(shown(name))", ["write it in the image that is built on this one"])
        default: nil
        }
    }

    private static func stageMessage(_ fault: AssemblyError.Fault) -> (String, [String])? {
        switch fault {
        case .unknownStage(let name): ("no such stage: \(shown(name))", ["FROM … AS name gives a stage its name"])
        case .stageCycle(let name):
            ("the stage comes no earlier than where it is used: \(shown(name))", ["stages can use earlier stages only"])
        case .duplicateStage(let name):
            ("two stages have the name: \(shown(name))", ["give each FROM … AS a name of its own"])
        case .missingBase(let name):
            (
                "the base image is not at hand: \(shown(name))",
                ["--from \(shown(name))=LAYOUT says in which layout it lies; nothing is fetched"]
            )
        case .emptyBase:
            ("FROM names nothing, once variables are put in", ["--build-arg gives ARG before FROM a value"])
        case .noSandbox(let reason):
            (
                "RUN needs a sandbox, and there is none: \(shown(reason))",
                [
                    "install bubblewrap (Debian: apt-get install bubblewrap), and allow user namespaces",
                    "programs are never run outside of it; COPY and ADD need no sandbox",
                ]
            )
        case .unsupportedRun(let what):
            (
                "the sandbox does not have this: \(shown(what))",
                ["it has no network and no mounts; COPY brings files in"]
            )
        case .runFailed(let status, let lines):
            (
                "the program ended with status \(status)",
                lines.suffix(10).map { "it wrote \(shown($0))" }
            )
        case .notForRootFileSystem(let name):
            ("--change cannot do: \(shown(name))", ["it takes what changes the configuration, such as CMD or ENV"])
        default: nil
        }
    }

    private static func layoutMessage(_ fault: AssemblyError.Fault) -> (String, [String])? {
        switch fault {
        case .unreadableLayout(let path, let code):
            (
                "cannot open the layout (\(OutputFile.systemReason(code))): \(shown(path))",
                FileHints.reading(OutputFile.systemReason(code))
            )
        case .malformedLayout(let path, let reason):
            (
                "not a sound image layout, \(shown(reason)): \(shown(path))",
                ["give a folder with oci-layout and index.json, as skopeo copy … oci:FOLDER makes it"]
            )
        case .noSuchImage(let layout, let name):
            (
                "the layout \(shown(layout)) holds no image: \(shown(name))",
                ["raireki import and raireki images list what it holds"]
            )
        case .ambiguousImage(let layout, let names):
            ("several images fit in: \(shown(layout))", names.prefix(20).map { "it may mean \(shown($0))" })
        case .damagedBlob(let layout, let digest):
            ("the layout \(shown(layout)) holds other bytes than it says: \(shown(digest))", ["copy the layout again"])
        case .unreadableLayer(let digest, let error):
            (
                "the archive cannot be read (\(reason(error))): \(shown(digest))",
                ["copy the base image again; raireki import tells what its layers hold"]
            )
        case .unsafeMember(let path):
            (
                "an archive's member leads out of it, or to nothing: \(shown(path))",
                ["nothing is unpacked outside of the image; make the archive without that member"]
            )
        default: nil
        }
    }

    private static func fileMessage(_ fault: AssemblyError.Fault) -> (String, [String])? {
        switch fault {
        case .outsideContext(let path):
            ("this leads out of the context: \(shown(path))", ["give a larger folder as context"])
        case .linkOutOfContext(let path, let target):
            (
                "the link \(shown(path)) leads out of the context, to: \(shown(target))",
                ["copy what it names into the context"]
            )
        case .noSuchFile(let path, let source):
            (
                "\(shown(source)) has no: \(shown(path))",
                ["paths begin at the context's folder, or in the stage that --from names; is it built before?"]
            )
        case .ignoredFile(let path, let ignoreFile):
            ("\(shown(ignoreFile)) leaves out: \(shown(path))", ["!\(shown(path)) keeps it"])
        case .notCopyable(let path, let kind):
            ("\(kind) is not copied: \(shown(path))", ["only files, folders and links go into an image"])
        case .unreadableFile(let path, let code):
            (
                "cannot read (\(OutputFile.systemReason(code))): \(shown(path))",
                FileHints.reading(OutputFile.systemReason(code))
            )
        case .changedWhileRead(let path): ("this changed while it was read: \(shown(path))", ["build again"])
        case .destinationNotFolder(let path):
            ("several files need a folder as destination: \(shown(path))", ["end it with a slash"])
        case .kindConflict(let path):
            (
                "a folder and something else would have one name: \(shown(path))",
                ["give one of them another destination"]
            )
        case .tooManyLinks(let path): ("too many links in each other: \(shown(path))", ["does a link lead to itself?"])
        case .tooDeep(let limit):
            (
                "folders in each other, deeper than: \(limit)",
                ["does the folder hold a copy of itself? .dockerignore leaves parts out"]
            )
        case .unknownUser(let name):
            ("the image has no such user or group: \(shown(name))", ["numbers need no /etc/passwd"])
        case .remoteSource(let path):
            ("nothing is fetched from a network: \(shown(path))", ["download it into the context first"])
        case .notAnArchive(let path):
            (
                "neither a folder nor a tar archive: \(shown(path))",
                ["give a folder, or a tar archive, plain or compressed with gzip, zstd, xz or bzip2"]
            )
        default: nil
        }
    }

    private static func outputMessage(_ fault: AssemblyError.Fault) -> (String, [String])? {
        switch fault {
        case .badPlatform(let text): ("not a platform: \(shown(text))", ["linux/amd64 is one, linux/arm/v7 another"])
        case .cannotWrite(let path, let code):
            (
                "cannot write (\(OutputFile.systemReason(code))): \(shown(path))",
                FileHints.writing(OutputFile.systemReason(code))
            )
        case .notALayout(let path):
            ("this folder holds other things than an image layout: \(shown(path))", ["give a new folder"])
        case .nameTaken(let name, let other):
            (
                "in this layout the tag \(shown(name)) is that of: \(shown(other))",
                ["give another tag, or another layout"]
            )
        case .badName(let text): ("not a name for an image: \(shown(text))", ["repository:tag is one"])
        case .compressor(let error):
            (
                "the compressor fails: \(reason(error))",
                ["is there memory and room on the disk? --compression none writes without it"]
            )
        default: nil
        }
    }

    private static func reason(_ error: ArchiveError) -> String {
        switch error {
        case .unreadableInput(let code): OutputFile.systemReason(code)
        case .truncated(let offset): "it ends early, at \(offset)"
        case .damaged(let offset, let reason): "at \(offset): \(shown(reason))"
        case .sparseMember: "a member has holes"
        case .tooLarge(let limit), .sharedLimit(let limit): "more than \(limit) bytes"
        case .unavailable(let reason): shown(reason)
        }
    }
}
