import Glibc
import TestSupport
import Testing

@testable import Assembly

/// What is refused, and where it is said to be.
struct RefusalTests {
    private func at(_ line: Int, _ column: Int) -> DockerfileLocation { DockerfileLocation(line: line, column: column) }

    @Test(arguments: [
        ("COPY ../x /", AssemblyError.Fault.outsideContext("../x"), 2, 6),
        ("COPY a/../../x /", .outsideContext("a/../../x"), 2, 6),
        ("COPY /../x /", .outsideContext("/../x"), 2, 6),
        ("COPY a missing /d/", .noSuchFile(path: "missing", source: "the context"), 2, 8),
        ("COPY a/b /", .noSuchFile(path: "a/b", source: "the context"), 2, 6),
        ("ADD https://example.com/x /", .remoteSource("https://example.com/x"), 2, 5),
        ("ADD git@example.com:a/b.git /", .remoteSource("git@example.com:a/b.git"), 2, 5),
        ("COPY --from=nobody a /", .missingBase("nobody"), 2, 13),
        ("COPY --from=7 a /", .unknownStage("7"), 2, 13),
        ("COPY --from=0 a /", .stageCycle("0"), 2, 13),
        ("COPY --from=me a /", .stageCycle("me"), 2, 13),
        ("COPY --from=later a /\nFROM scratch AS later", .stageCycle("later"), 2, 13),
        ("COPY --chown=nobody a /", .unknownUser("nobody"), 2, 14),
        ("COPY --chmod=9 a /", .badFlag(flag: "--chmod", value: "9"), 2, 14),
        ("COPY dir /x\nCOPY a /x/y/z", .kindConflict(path: "/x/y/z"), 3, 6),
        ("COPY a /x\nCOPY dir /x", .kindConflict(path: "/x"), 3, 6),
        ("EXPOSE 99999", .badArguments(instruction: "EXPOSE", needs: "port[-port][/protocol]"), 2, 8),
        ("EXPOSE 9-1", .badArguments(instruction: "EXPOSE", needs: "port[-port][/protocol]"), 2, 8),
        ("STOPSIGNAL a b", .badArguments(instruction: "STOPSIGNAL", needs: "a name or number"), 2, 12),
        ("WORKDIR $NONE", .badArguments(instruction: "WORKDIR", needs: "a path"), 2, 9),
        ("ENV A=${B!}", .badSubstitution("${B!}"), 2, 5),
        ("RUN true", .noSandbox(reason: "the program bwrap is not installed"), 2, 1),
    ])
    func refuses(_ text: String, _ fault: AssemblyError.Fault, _ line: Int, _ column: Int) throws {
        var made = try BuildCase("FROM scratch AS me\n\(text)\n", files: ["a": "1", "dir/y": "2"])
        made.request.target = "me"
        #expect(made.error() == AssemblyError(fault, at: at(line, column)))
        // Nothing is left of a layout that could not be made.
        #expect(access(made.layout, F_OK) != 0)
        #expect(TestFolder.names(made.folder.path).sorted() == ["context"])
    }

    @Test(arguments: [
        ("FROM debian", AssemblyError.Fault.missingBase("debian"), 6), ("FROM me AS me", .stageCycle("me"), 6),
        ("FROM b AS a\nFROM a AS b", .stageCycle("b"), 6), ("ARG X\nFROM $X", .emptyBase, 6),
        ("FROM --platform=a/b/c/d scratch", .badPlatform("a/b/c/d"), 25),
    ])
    func refusesBases(_ text: String, _ fault: AssemblyError.Fault, _ column: Int) throws {
        let error = try BuildCase(text).error()
        #expect(error?.fault == fault)
        #expect(error?.location?.column == column)
    }

    @Test func refusesAStageThatIsNotThere() throws {
        var made = try BuildCase("FROM scratch AS a")
        made.request.target = "b"
        #expect(made.error() == AssemblyError(.unknownStage("b")))
    }

    @Test(arguments: ["/etc/passwd", "../outside", "inner/../../outside", "inner/up"])
    func refusesLinksOutOfTheContext(_ target: String) throws {
        let made = try BuildCase("FROM scratch\nCOPY  link /x", files: ["inner/a": "1"])
        try made.folder.write("secret", to: "outside")
        let context = made.folder.path("context")
        #expect(symlink(target, "\(context)/link") == 0 && symlink("../../outside", "\(context)/inner/up") == 0)
        let error = made.error()
        #expect(error?.location == at(2, 7))
        guard case .linkOutOfContext? = error?.fault else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
    }

    @Test func refusesLinksOnTheWayOutOfTheContext() throws {
        let made = try BuildCase("FROM scratch\nCOPY in/passwd /x", files: ["a": ""])
        #expect(symlink("/etc", "\(made.folder.path("context"))/in") == 0)
        #expect(made.error() == AssemblyError(.linkOutOfContext(path: "in", target: "/etc"), at: at(2, 6)))
    }

    @Test func refusesLinksThatLeadToThemselves() throws {
        let made = try BuildCase("FROM scratch\nCOPY a /x", files: ["b": ""])
        #expect(symlink("a", "\(made.folder.path("context"))/a") == 0)
        #expect(made.error() == AssemblyError(.tooManyLinks(path: "a"), at: at(2, 6)))
    }

    @Test func refusesFIFOsAndLeavesSocketsOut() throws {
        let made = try BuildCase("FROM scratch\nCOPY . /x", files: ["a": "1"])
        #expect(mkfifo("\(made.folder.path("context"))/pipe", 0o600) == 0)
        #expect(made.error() == AssemblyError(.notCopyable(path: "pipe", kind: "a device or FIFO"), at: at(2, 6)))
        let other = try BuildCase("FROM scratch\nCOPY . /x", files: ["a": "1"])
        #expect(mknod("\(other.folder.path("context"))/socket", S_IFSOCK | 0o600, 0) == 0)
        #expect(try other.build().layers() == [["x/ 755 0:0", "x/a 644 0:0"]])
    }

    @Test func namesTheRuleThatLeavesAFileOut() throws {
        var made = try BuildCase("FROM scratch\nCOPY a.log /x", files: ["a.log": "1"])
        made.ignore("*.log")
        #expect(made.error() == AssemblyError(.ignoredFile(path: "a.log", ignoreFile: ".dockerignore"), at: at(2, 6)))
    }

    @Test func refusesMembersThatLeadOutOfAnArchive() throws {
        let made = try BuildCase("FROM scratch\nADD a.tar /x", files: ["b": ""])
        var archive = TarBytes()
        archive.add("a/../../evil", [1])
        try made.folder.write(archive.finished, to: "context/a.tar")
        #expect(made.error() == AssemblyError(.unsafeMember("a/../../evil"), at: at(2, 5)))
    }

    @Test func refusesFoldersWithoutEnd() throws {
        let deep = String(repeating: "a/", count: 100_000)
        #expect(try BuildCase("FROM scratch\nWORKDIR /\(deep)").error()?.fault == .tooDeep(limit: 1_000))
        let made = try BuildCase("FROM scratch\nADD a.tar /x", files: ["b": ""])
        var archive = TarBytes()
        archive.addExtendedHeader("path", Array(deep.utf8) + [0x62])
        archive.add("short", [1])
        try made.folder.write(archive.finished, to: "context/a.tar")
        #expect(made.error()?.fault == .tooDeep(limit: 1_000))
    }

    /// A link in an archive, then a file through it: within the image this is what a runtime would see.
    @Test func keepsMembersBehindLinksWithinTheImage() throws {
        let made = try BuildCase("FROM scratch\nADD a.tar /x/", files: ["b": ""])
        var archive = TarBytes()
        archive.addLink("out", to: "/etc")
        archive.add("out/passwd", [1])
        try made.folder.write(archive.finished, to: "context/a.tar")
        #expect(
            try made.build().layers() == [
                ["x/ 755 0:0", "x/etc/ 755 0:0", "x/etc/passwd 644 0:0", "x/out 777 0:0 > /etc"]
            ]
        )
    }

    @Test func warnsOfArgumentsThatNobodyAsksForAndPatternsThatNothingFits() throws {
        var made = try BuildCase("FROM scratch\nCOPY x* /", files: ["a": ""])
        made.request.arguments = [("UNUSED", "1")]
        var warnings: [String] = []
        _ = try ImageBuilder(made.request) { event in
            if case .warning(let text, _) = event { warnings.append(text) }
        }.build(to: [.layout(made.layout)])
        #expect(warnings == ["no file fits x*", "no ARG asks for --build-arg UNUSED"])
    }
}

/// What lies in a folder.
enum TestFolder {
    static func names(_ path: String) -> [String] {
        (OpenFolder(userPath: path)?.entries() ?? []).map { String(decoding: $0, as: UTF8.self) }
    }
}
