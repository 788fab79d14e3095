package import Archive

/// Why an image cannot be built.
package struct AssemblyError: Error, Hashable, Sendable {
    /// What is wrong.
    package let fault: Fault
    /// Where in the Dockerfile, when it is wrong there.
    package let location: DockerfileLocation?

    /// An error, at a place of the Dockerfile if it has one.
    package init(_ fault: Fault, at location: DockerfileLocation? = nil) {
        self.fault = fault
        self.location = location
    }

    /// The same error at a place, if it has none yet and has to do with the Dockerfile.
    func located(_ place: DockerfileLocation?) -> AssemblyError {
        switch fault {
        case .cannotWrite, .compressor: self
        default: location == nil ? AssemblyError(fault, at: place) : self
        }
    }

    /// What can be wrong.
    package enum Fault: Hashable, Sendable {
        // MARK: The text of the Dockerfile

        /// Not text: a byte that no text has, or bytes that are not UTF-8.
        case notText
        /// Longer than a Dockerfile may be.
        case tooLong(limit: Int)
        /// It holds no instruction, or no FROM.
        case noStage
        /// An instruction that does not exist, and the known one that is most like it.
        case unknownInstruction(String, nearest: String?)
        /// A parser directive with a value that it cannot have, or given twice.
        case badDirective(name: String, value: String)
        /// An instruction that must stand after FROM.
        case beforeFirstStage(String)
        /// An option that the instruction does not have.
        case unknownFlag(instruction: String, flag: String)
        /// An option's value is missing or is not one that it can have.
        case badFlag(flag: String, value: String)
        /// The words of an instruction are not what it needs; `needs` says what that is.
        case badArguments(instruction: String, needs: String)
        /// A heredoc whose last line is missing.
        case endlessHeredoc(name: String)
        /// A quote or brace that is not closed.
        case unclosed(String)
        /// A substitution that does not exist, for example `${x!y}`.
        case badSubstitution(String)
        /// A substitution that demands a variable (`${x:?message}`).
        case variableRequired(name: String, message: String)
        /// Substitution that makes a text too long.
        case expansionTooLong(limit: Int)
        /// ONBUILD with an instruction that cannot be put off.
        case notForOnbuild(String)

        // MARK: Stages

        /// No stage has this name.
        case unknownStage(String)
        /// A stage that is itself, or comes later: stages would wait for each other.
        case stageCycle(String)
        /// Two stages have one name.
        case duplicateStage(String)
        /// A base image that nobody gave.
        case missingBase(String)
        /// `FROM` with nothing after substitution.
        case emptyBase

        // MARK: Layouts that are read

        /// A layout that cannot be opened or read; `code` is the system's error number.
        case unreadableLayout(path: String, code: Int32)
        /// A folder that is no image layout, or a document in it that is not what it should be.
        case malformedLayout(path: String, reason: String)
        /// A layout does not hold the image that was named.
        case noSuchImage(layout: String, name: String)
        /// A layout holds several images that fit.
        case ambiguousImage(layout: String, names: [String])
        /// A blob is not what its digest says.
        case damagedBlob(layout: String, digest: String)
        /// A layer cannot be read.
        case unreadableLayer(digest: String, ArchiveError)
        /// A name in an archive that leads out of it.
        case unsafeMember(String)

        // MARK: Files

        /// A path that leaves the context.
        case outsideContext(String)
        /// A symbolic link of the context that leads out of it.
        case linkOutOfContext(path: String, target: String)
        /// There is no such file in what is copied from.
        case noSuchFile(path: String, source: String)
        /// Every file that fits is kept out by `.dockerignore`, which this names.
        case ignoredFile(path: String, ignoreFile: String)
        /// A file that is neither regular, nor a folder, nor a symbolic link.
        case notCopyable(path: String, kind: String)
        /// A file of the context cannot be read; `code` is the system's error number.
        case unreadableFile(path: String, code: Int32)
        /// A file changed while it was read.
        case changedWhileRead(path: String)
        /// Several sources, or an archive, need a folder as destination.
        case destinationNotFolder(String)
        /// A folder where a file should go, or the other way round.
        case kindConflict(path: String)
        /// More symbolic links than are followed.
        case tooManyLinks(path: String)
        /// Folders in each other, deeper than any system's paths.
        case tooDeep(limit: Int)
        /// A user or group that the image does not know by name.
        case unknownUser(String)
        /// A URL where only local files can be used.
        case remoteSource(String)

        /// A file that ought to be an archive.
        case notAnArchive(path: String)
        /// An instruction that changes files, where only the configuration may be changed.
        case notForRootFileSystem(String)

        // MARK: RUN

        /// Programs cannot be run safely; `reason` says what is missing.
        case noSandbox(reason: String)
        /// A kind of mount, network or security that the sandbox does not give.
        case unsupportedRun(String)
        /// A program that ended with an error, and the last lines that it wrote.
        case runFailed(status: Int32, lastLines: [String])

        // MARK: What is written

        /// A platform that is not `os/architecture[/variant]`.
        case badPlatform(String)
        /// The layout cannot be written; `code` is the system's error number.
        case cannotWrite(path: String, code: Int32)
        /// The folder for the layout holds other things.
        case notALayout(path: String)
        /// Another image has this name in the layout.
        case nameTaken(name: String, by: String)
        /// A name that an image cannot have.
        case badName(String)
        /// The compressor could not be used.
        case compressor(ArchiveError)
    }
}
