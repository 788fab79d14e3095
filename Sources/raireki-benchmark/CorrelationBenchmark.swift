import ArgumentParser
internal import CaseIndex
internal import Cryptography

/// Makes a case of many images, signatures and jobs, and prints the questions by which it is measured.
struct CorrelationBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correlation",
        abstract: "Make a case of 100,000 images, 300,000 signatures and 1,000,000 jobs to ask questions of.",
        discussion: """
            The case is written through the functions that import and verify use: projects with a base image and \
            others on it, each image signed as GitLab's tutorial does, with signed provenance and by a key, and the \
            pipelines and jobs of the service that built them. The commands that ask it are printed.

            EXAMPLES
              raireki-benchmark correlation /tmp/large.raireki
              raireki-benchmark correlation /tmp/small.raireki --images 1000 --jobs 10000 --projects 20
            """
    )

    @Argument(help: "The case; made unless it is there already.") var file: String
    @Option(help: "How many images.") var images = 100_000
    @Option(help: "How many signatures an image.") var signatures = 3
    @Option(help: "How many jobs, four a pipeline.") var jobs = 1_000_000
    @Option(help: "How many projects, each with an identity of its own.") var projects = 500
    @Option(help: "How many runners.") var runners = 2_000

    func validate() throws {
        guard images > 0, signatures >= 0, jobs >= 0, projects > 0, runners > 0 else {
            throw ValidationError("Every number must be positive.")
        }
    }

    func run() throws {
        let generator = CorrelationCaseGenerator(
            images: images,
            signaturesOfImage: signatures,
            jobs: jobs,
            projects: projects,
            runners: runners
        )
        let caseFile = try CaseFile.openOrCreate(file)
        if try caseFile.read({ try $0.sources().isEmpty }) {
            let time = try ContinuousClock().measure { try generator.write(to: caseFile) { print($0) } }
            print("written in \(time)")
        }
        try caseFile.close()
        for question in questions(generator) { print("raireki \(question) --case \(file)") }
    }

    /// One command a kind of question, about an image in the middle.
    private func questions(_ generator: CorrelationCaseGenerator) -> [String] {
        let number = images / 2
        let project = generator.project(of: number)
        let job = CorrelationCaseGenerator.job(of: number)
        let identity = generator.identity(of: project)
        return [
            "find images --identity \(identity)", "find images --commit \(CorrelationCaseGenerator.commit(of: number))",
            "find images --pipeline \(CorrelationCaseGenerator.pipeline(of: number))", "find images --job \(job)",
            "find images --runner \(generator.runner(of: job))", "find images --user user-\(number % 997)",
            "find images --key \(CorrelationCaseGenerator.key(of: project))",
            "find images --between \(CorrelationCaseGenerator.time(of: number)) "
                + "\(CorrelationCaseGenerator.time(of: number + 20))",
            "find images --digest \(CorrelationCaseGenerator.image(number))",
            "trace \(CorrelationCaseGenerator.image(number))", "timeline \(CorrelationCaseGenerator.image(number))",
            "blast --identity \(identity)", "blast --runner \(generator.runner(of: job))",
        ]
    }
}
