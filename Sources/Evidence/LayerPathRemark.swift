internal import Presentation

/// What is odd about the paths of a layer: tools put such members at different places, or refuse them.
enum LayerPathRemark: Hashable, Sendable, CaseIterable {
    /// A member whose path leads through a symbolic link of its own layer.
    case throughLink
    /// A path with more `..` than names before them.
    case outside
    /// A hard link whose target has more `..` than names before them.
    case linkOutside
    /// A member below something that is neither folder nor link.
    case belowFile
    /// A path that the layer has already, not as a folder both times.
    case repeated
    /// A path that differs from an earlier one only in case or in how letters are composed.
    case collision

    var code: WarningCode {
        switch self {
        case .throughLink: .tarThroughLink
        case .outside: .tarPathOutside
        case .linkOutside: .tarLinkOutside
        case .belowFile: .tarBelowFile
        case .repeated: .tarRepeatedPath
        case .collision: .tarNameCollision
        }
    }

    /// What container runtimes and other tools make of so many of these.
    func sentence(_ count: Int) -> String {
        let members = count == 1 ? "1 member" : "\(count) members"
        return switch self {
        case .throughLink:
            "\(members) of a path that leads through a symbolic link of the same layer; listed where a container "
                + "runtime puts them"
        case .outside:
            "\(members) of a path that leads out of the image; listed where a container runtime puts them"
        case .linkOutside: "\(members) whose hard link leads out of the image; a container runtime stops there"
        case .belowFile:
            "\(members) below something that is no folder in the same layer; a container runtime stops there"
        case .repeated: "\(members) of a path that the layer has already; the last one counts"
        case .collision:
            "\(members) of a path that differs from an earlier one only in case or composition, which some file "
                + "systems take for the same"
        }
    }
}

/// How often something is odd about a path, and the first few that it is odd about.
struct LayerPathRemarks: Hashable, Sendable {
    private(set) var count = 0
    private(set) var examples: [String] = []

    /// Examples that are told.
    private static let toldExamples = 5
    private static let shownBytes = 200

    mutating func add(_ example: @autoclosure () -> String) {
        count += 1
        if examples.count < Self.toldExamples { examples.append(example()) }
    }

    static func shown(_ path: some Sequence<UInt8>) -> String {
        EscapedText(path, limit: shownBytes).text
    }
}
