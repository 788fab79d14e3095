import Archive
import Cryptography
import Foundation
import OCI
import StrictJSON
import TestSupport
import Testing

@testable import Assembly

/// Other people's tools read what is built here, and build the same from the same Dockerfiles.
struct PeerTests {
    static let dockerfile = """
        FROM scratch AS one
        ARG V=2
        ENV A=1 B="x y"
        COPY d /d
        COPY --chown=3:4 --chmod=640 a /q/r/
        FROM scratch
        LABEL k=v w="a b"
        WORKDIR /w
        COPY a .
        COPY m/*.sh /bin/
        COPY --from=one /q/r/a /q2/
        COPY --from=one /d/e/f /one
        COPY .dockerignore longer/ /long/
        ADD t.tar /t
        EXPOSE 80
        VOLUME /v
        USER 5
        STOPSIGNAL 9
        ENTRYPOINT ["/e"]
        CMD ["c"]
        """

    private func made() throws -> BuildCase {
        let long = String(repeating: "n", count: 120)
        var made = try BuildCase(
            Self.dockerfile,
            files: [
                "a": "1", "d/e/f": "2", "m/x.sh": "s", "longer/\(long)/\(long)": "deep", "longer/é": "umlaut",
                ".dockerignore": "zzz\n",
            ]
        )
        let context = made.folder.path("context")
        try made.folder.write(Self.dockerfile, to: "context/Dockerfile")
        for (path, mode) in [("d", 0o700), ("m/x.sh", 0o755)] as [(String, UInt32)] {
            chmod("\(context)/\(path)", mode)
        }
        symlink("e/f", "\(context)/d/l")
        link("\(context)/d/e/f", "\(context)/d/hard")
        var archive = TarBytes()
        archive.addDirectory("u/")
        archive.add("u/v", [1, 2, 3])
        archive.addLink("u/w", to: "v")
        try made.folder.write(archive.finished, to: "context/t.tar")
        made.request.names = [try ImageReference("app:1")]
        made.request.platforms = [.current]
        return made
    }

    private func tree(_ layout: String, _ folder: TemporaryDirectory, _ name: String) throws -> [Substring] {
        let unpacked = try Tool.run("umoci", ["unpack", "--image", layout, folder.path(name)])
        try #require(unpacked.status == 0, "\(unpacked.text)")
        let listed = try Tool.run("find", [folder.path(name) + "/rootfs", "-printf", "%P %m %U:%G %y %l %s\n"])
        return listed.text.split(separator: "\n").filter { !$0.contains(" d ") }.sorted()
            + listed.text.split(separator: "\n").filter { $0.contains(" d ") }.map {
                $0[..<($0.lastIndex(of: " ") ?? $0.endIndex)]
            }.sorted()
    }

    @Test(.enabled(if: Tool.path("skopeo") != nil, "skopeo is absent"))
    func skopeoReadsAndCopies() throws {
        for compression in [OutputCompressionCase.gzip, .zstd, .none] {
            var made = try made()
            made.request.compression = compression.value
            let image = try made.build()
            let inspected = try Tool.run("skopeo", ["inspect", "oci:\(image.layout):1"])
            #expect(inspected.status == 0 && inspected.text.contains(image.digest.description), "\(inspected.text)")
            let copied = try Tool.run(
                "skopeo",
                ["--insecure-policy", "copy", "oci:\(image.layout):1", "dir:\(made.folder.path("copy"))"],
                environment: ["TMPDIR": made.folder.path]
            )
            #expect(copied.status == 0, "\(copied.text)")
            #expect(
                try SharedData.bytes(at: made.folder.path("copy/manifest.json"))
                    == image.blob(image.result.images[0].manifest.digest)
            )
        }
    }

    private enum OutputCompressionCase {
        case gzip, zstd, none

        var value: Archive.OutputCompression {
            switch self {
            case .gzip: .gzip(level: 6)
            case .zstd: .zstd(level: 3)
            case .none: .none
            }
        }
    }

    @Test(.enabled(if: Tool.peer("umoci") != nil && getuid() == 0, "umoci is absent, or this is not root"))
    func umociUnpacks() throws {
        let made = try made()
        let image = try made.build()
        let tree = try tree("\(image.layout):1", made.folder, "unpacked")
        for line in [
            "one 644 0:0 f  1", "q2/a 640 3:4 f  1", "t/u/w 777 0:0 l v 1", "bin/x.sh 755 0:0 f  1",
            "long/é 644 0:0 f  6",
        ] {
            #expect(tree.contains { $0 == line }, "\(line) of \(tree)")
        }
    }

    /// A registry of crane's on the loopback of a network that ends there.
    ///
    /// crane takes the layers of an attestation manifest for archives, whoever wrote them: only the image is validated.
    @Test(
        .enabled(
            if: Tool.peer("crane") != nil && Tool.path("ip") != nil && getuid() == 0,
            "crane is absent, or this is not root"
        )
    )
    func craneFindsItSound() throws {
        var made = try made()
        for hasProvenance in [false, true] {
            made.request.hasProvenance = hasProvenance
            let image = try made.build()
            let crane = try #require(Tool.peer("crane"))
            let script = """
                ip link set lo up
                \(crane) registry serve --address 127.0.0.1:5099 >/dev/null 2>&1 &
                sleep 1
                \(crane) push \(image.layout) 127.0.0.1:5099/app:1 --index &&
                    \(crane) validate --remote 127.0.0.1:5099/app@\(image.result.images[0].manifest.digest)
                status=$?
                kill $!
                exit $status
                """
            let outcome = try Tool.run("unshare", ["--net", "sh", "-c", script])
            #expect(outcome.status == 0 && outcome.text.contains("PASS"), "\(outcome.text)")
        }
    }

    @Test(
        .enabled(
            if: Tool.path("buildah") != nil && Tool.peer("umoci") != nil && getuid() == 0,
            "buildah or umoci is absent, or this is not root"
        )
    )
    func buildahBuildsTheSame() throws {
        let made = try made()
        let image = try made.build()
        let storage = [
            "--root", made.folder.path("storage"), "--runroot", made.folder.path("run"), "--storage-driver", "vfs",
        ]
        let built = try Tool.run(
            "buildah",
            storage + ["bud", "--isolation", "chroot", "--timestamp", "0", "-t", "app:1", made.folder.path("context")],
            environment: ["TMPDIR": made.folder.path]
        )
        try #require(built.status == 0, "\(built.text)")
        let other = made.folder.path("other")
        let pushed = try Tool.run(
            "buildah",
            storage + ["push", "app:1", "oci:\(other):1"],
            environment: ["TMPDIR": made.folder.path]
        )
        try #require(pushed.status == 0, "\(pushed.text)")
        let (ours, theirs) = (
            try tree("\(image.layout):1", made.folder, "ours"), try tree("\(other):1", made.folder, "theirs")
        )
        #expect(ours == theirs)
        let inspected = try Tool.run("skopeo", ["inspect", "--config", "oci:\(other):1"])
        let theirRun = try JSONValue(parsing: Array(inspected.text.utf8))["config"]
        for name in ["User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "StopSignal"] {
            #expect(try image.run()?[name] == theirRun?[name], "\(name)")
        }
        #expect(theirRun?["Labels"]?["w"]?.string == "a b")
    }
}
