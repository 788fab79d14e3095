import ArgumentParser

@main
struct Raireki: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Offline audit and forensics for container images.")
}
