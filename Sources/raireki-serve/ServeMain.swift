internal import Browse
internal import CaseIndex
internal import Glibc
internal import Logging
internal import NIOCore

/// The server of `raireki serve`, which starts it; a program of its own, so that no other command holds code for sockets.
@main
enum ServeMain {
    static func main() async {
        guard let options = ServeOptions(Array(CommandLine.arguments.dropFirst())) else {
            talk("usage: raireki-serve --case FILE --port NUMBER --version TEXT\nraireki serve starts this program")
            exit(64)
        }
        // What somebody may look over a shoulder at is no file of others either.
        umask(0o077)
        do {
            let caseFile = try CaseFile.openForBrowsing(options.casePath)
            let browser = try CaseBrowser(caseFile, path: options.casePath, tool: "raireki \(options.version)")
            try await PageServer(browser, port: options.port).run()
            try caseFile.close()
            talk("ended")
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            fail(
                "port \(options.port) of 127.0.0.1 is in use",
                "give another with --port, or --port 0 for any that is free"
            )
        } catch let error as IOError where error.errnoCode == EACCES {
            fail("port \(options.port) of 127.0.0.1 may not be used", "give one above 1023 with --port")
        } catch {
            fail("the case cannot be served: \(error)", "raireki serve --help tells more")
        }
    }

    private static func fail(_ words: String, _ hint: String) -> Never {
        talk("error: \(words)\nhint: \(hint)")
        exit(2)
    }

    static func talk(_ text: String) {
        var bytes = Array((text + "\n").utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
