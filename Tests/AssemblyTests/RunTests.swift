import Glibc
import TestSupport
import Testing

@testable import Assembly

/// `RUN`, in bubblewrap, with busybox as the only program of the image.
@Suite(.enabled(if: SandboxProbe.canRun, "bubblewrap or busybox is absent, or user namespaces are not allowed"))
struct RunTests {
    private func made(_ dockerfile: String) throws -> BuildCase {
        var made = try BuildCase(
            "FROM scratch\nCOPY --chmod=755 busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                + dockerfile,
            files: ["a": "A"]
        )
        let busybox = try #require(Tool.path("busybox"))
        try made.folder.write(SharedData.bytes(at: busybox), to: "context/busybox")
        made.request.bubblewrap = Tool.path("bwrap")
        made.request.platforms = [.current]
        return made
    }

    private func lines(_ dockerfile: String) throws -> [String] {
        let made = try made(dockerfile)
        var lines: [String] = []
        _ = try ImageBuilder(made.request) { event in
            if case .output(let bytes) = event { lines.append(String(decoding: bytes, as: UTF8.self)) }
        }.build(to: [.layout(made.layout)])
        return lines
    }

    @Test func makesALayerOfWhatChanged() throws {
        let image = try made(
            """
            COPY a /d/a
            COPY a /d/e/b
            RUN echo x > /new && rm /d/a && rm -r /d/e && chmod 600 /bin/busybox && chmod 755 /bin/busybox
            RUN ln /new /hard && ln -s new /soft && mkfifo /pipe && chmod 750 /d
            RUN true
            """
        ).build()
        let layers = try image.layers().dropFirst(4).map { $0.filter { !$0.hasPrefix("bin/") } }
        #expect(
            layers == [
                ["d/.wh.a 644 0:0", "d/.wh.e 644 0:0", "new 644 0:0"],
                ["d/ 750 0:0", "hard 644 0:0", "new 644 0:0 > hard", "pipe 644 0:0", "soft 777 0:0 > new"],
            ]
        )
        #expect(try image.history().last == "RUN /bin/sh -c true # buildkit")
    }

    @Test func seesNothingOfTheMachine() throws {
        let seen = try lines(
            """
            RUN ls / && ls -d /proc/[0-9]* | wc -l && cat /proc/net/route | wc -l && ls /dev && hostname
            RUN ls /etc /home /root /sys 2>&1 | wc -l; cat /proc/self/status | grep CapEff; env | sort
            RUN mount -t tmpfs none /d 2>&1 | tail -1 | cut -c1-5; mknod /x c 1 3 2>&1 | tail -1 | grep -c permitted
            """
        )
        #expect(seen.prefix(3) == ["bin", "dev", "proc"])
        // One process of bubblewrap, the shell, and what it runs.
        #expect((Int(seen[3].trimmed) ?? 99) <= 5)
        #expect(seen[4].trimmed == "1")
        #expect(!seen.contains("kmsg") && !seen.contains("sda") && seen.contains("build"))
        #expect(
            seen.contains("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                && seen.contains("HOME=/root")
        )
        #expect(!seen.contains { $0.hasPrefix("USER=") || $0.hasPrefix("SSH") })
        #expect(seen.contains("mount"))
        #expect(seen.last == "1")
    }

    @Test func hasNoNetwork() throws {
        let seen = try lines(
            "RUN ip link | grep -c '^[0-9]' ; nc -w1 192.0.2.1 80 < /dev/null 2>&1 | grep -c nreachable"
        )
        #expect(seen == ["1", "1"])
    }

    @Test func runsAsTheUserInTheFolderWithTheVariables() throws {
        let seen = try lines(
            "ARG V=1\nENV W=2\nCOPY <<E /etc/passwd\nme:x:7:8::/home/me:/bin/sh\nE\nWORKDIR /w\nUSER me\nRUN id -u; id -g; pwd; echo $V$W$HOME; touch f"
        )
        #expect(seen == ["7", "8", "/w", "12/home/me"])
    }

    @Test func runsTextThatStandsInTheDockerfile() throws {
        let seen = try lines(
            "RUN <<E\necho one\necho $((1+1))\nE\nRUN cat <<'F' && echo end\n$HOME\nF\nRUN <<G\n#!/bin/busybox sh\necho script\nG\nSHELL [\"/bin/busybox\", \"ash\", \"-xc\"]\nRUN echo x"
        )
        #expect(seen == ["one", "2", "$HOME", "end", "script", "+ echo x", "x"])
    }

    @Test func tellsStatusAndLastLines() throws {
        let made = try made("RUN echo before; for i in $(seq 30); do echo $i; done; exit 7")
        let expected = AssemblyError(
            .runFailed(status: 7, lastLines: (11...30).map(String.init)),
            at: DockerfileLocation(line: 4, column: 1)
        )
        #expect(made.error() == expected)
        #expect(access(made.layout, F_OK) != 0)
        #expect(TestFolder.names(made.folder.path) == ["context"])
        guard case .runFailed(_, let lines)? = try self.made("RUN [\"/nothing\"]").error()?.fault else {
            return #expect(Bool(false))
        }
        #expect(lines.count == 1)
    }

    @Test func neverRunsOutside() throws {
        // A bubblewrap that cannot do its work.
        var broken = try made("")
        let fake = try broken.folder.write(
            "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n",
            to: "bwrap"
        )
        #expect(chmod(fake, 0o755) == 0)
        broken.request.bubblewrap = fake
        #expect(broken.error()?.fault == .noSandbox(reason: "No permissions to create new namespace"))
        var foreign = try made("")
        foreign.request.platforms = [try ImagePlatform("linux/s390x")]
        guard case .unsupportedRun? = foreign.error()?.fault else { return #expect(Bool(false)) }
    }

    @Test func refusesAFolderForDevicesThatIsALink() throws {
        let made = try made("COPY link /\nRUN true")
        try made.folder.write("", to: "context/link/x")
        #expect(symlink("/etc", made.folder.path("context/link/dev")) == 0)
        #expect(made.error()?.fault == .noSandbox(reason: "/dev of the image is no folder"))
    }

    @Test func givesTheSameImageTwice() throws {
        let images = try (0..<2).map { _ in try made("RUN mkdir -p /z && echo 1 > /z/b && echo 2 > /z/a").build() }
        #expect(images[0].digest == images[1].digest)
    }
}

extension String {
    fileprivate var trimmed: String { String(filter { $0 != " " }) }
}

/// What the tests of programs need.
enum SandboxProbe {
    /// Whether bubblewrap is there and may make its namespaces.
    static let canRun: Bool = {
        guard Tool.path("busybox") != nil, Tool.path("bwrap") != nil else { return false }
        let probe = try? Tool.run(
            "bwrap",
            ["--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "true"]
        )
        return probe?.status == 0
    }()
}
