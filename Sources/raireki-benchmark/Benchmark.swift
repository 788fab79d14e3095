import ArgumentParser

/// Measures what the reports say, each figure against the limit of the same machine in the same run.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "raireki-benchmark",
        abstract: "Measure Raireki against the limits of this machine.",
        subcommands: [
            SignatureBenchmark.self, SigningBenchmark.self, ReferrersArchive.self, FileCaseBenchmark.self,
            CorrelationBenchmark.self,
        ]
    )
}
