package import CaseIndex
internal import Cryptography

/// What all authentic signatures of a case show together, so that one that stands out can be told.
///
/// Read once for any number of images: every signature is looked at one time, in the order in which they were made.
package struct CaseContext: Sendable {
    private var novelties: [String: [Novelty]] = [:]
    private var bursts: [String: Burst] = [:]
    private var customs: [String: ProjectCustom] = [:]

    /// How many signatures of a project must come before one that is called new, and how many images make a custom.
    static let history = 3
    /// How many images within ``burstSeconds`` are called a burst: a release of many images stays below.
    static let burstImages = 20
    /// The window of a burst, in seconds: the validity of one signing certificate.
    static let burstSeconds: Int64 = 600

    /// Reads the authentic signatures of a case, on as many connections as there are processors.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - reader: The state of it that is read.
    /// - Throws: ``CaseError``.
    package init(_ caseFile: CaseFile, _ reader: CaseReader) throws {
        let hasJobs = try reader.hasJobs()
        var seen: [String: ProjectHistory] = [:]
        var signers: [String: [Signing]] = [:]
        var images: [String: ImageCustom] = [:]
        try caseFile.forEach(
            of: reader.signedOrigins(),
            in: reader,
            begin: { $0 },
            work: { ($0, try SigningTraits($0, $1, hasJobs: hasJobs)) }
        ) { (origin: SignedOrigin, traits: SigningTraits) in
            if let time = origin.signedAt, let identity = origin.identity {
                let signer = "\(identity)\n\(origin.identityIssuer ?? "")"
                signers[signer, default: []].append(Signing(time: time, image: origin.subject, id: origin.signatureID))
            }
            guard let project = traits.project else { return }
            images[origin.subject, default: ImageCustom(project: project)].add(origin)
            guard origin.signedAt != nil else { return }
            let new = seen[project, default: ProjectHistory()].add(traits, project)
            if !new.isEmpty { novelties[origin.signatureID] = new }
        }
        for image in images.values { customs[image.project, default: ProjectCustom()].add(image) }
        for signings in signers.values { findBursts(signings) }
    }

    /// What is new about a signature.
    func novelties(of signature: String, _ trait: Trait) -> [Novelty] {
        novelties[signature]?.filter { $0.trait == trait } ?? []
    }

    /// The burst that a signature belongs to.
    func burst(of signature: String) -> Burst? {
        bursts[signature]
    }

    /// With what the images of a project usually come.
    func custom(of project: String) -> ProjectCustom? {
        customs[project]
    }
}

// MARK: - Bursts

/// One signature of one signer.
private struct Signing {
    let time: Timestamp
    let image: String
    let id: String
}

extension CaseContext {
    /// Moves a window over the signatures of one signer, the earliest first.
    private mutating func findBursts(_ signings: [Signing]) {
        guard signings.count >= Self.burstImages else { return }
        var counts: [String: Int] = [:]
        var first = 0
        var marked = 0
        for (last, signing) in signings.enumerated() {
            counts[signing.image, default: 0] += 1
            while signings[first].time.adding(seconds: Self.burstSeconds) < signing.time {
                let image = signings[first].image
                let left = (counts[image] ?? 1) - 1
                counts[image] = left == 0 ? nil : left
                first += 1
            }
            guard counts.count >= Self.burstImages else { continue }
            let burst = Burst(images: counts.count, seconds: signing.time.seconds - signings[first].time.seconds)
            for index in max(first, marked)...last { bursts[signings[index].id] = burst }
            marked = last + 1
        }
    }
}

// MARK: - Histories

/// The values that the signatures of one project have had so far.
private struct ProjectHistory {
    private var counts: [Trait: Int] = [:]
    private var values: [Trait: Set<[UInt8]>] = [:]

    /// Adds a signature; answers what is new about it.
    mutating func add(_ traits: SigningTraits, _ project: String) -> [Novelty] {
        var new: [Novelty] = []
        for (trait, stated) in traits.values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where !stated.isEmpty {
            let earlier = counts[trait, default: 0]
            for value in stated where values[trait, default: []].insert(Array(value.utf8)).inserted {
                guard earlier >= CaseContext.history else { continue }
                new.append(Novelty(trait: trait, value: value, project: project, earlier: earlier))
            }
            counts[trait] = earlier + 1
        }
        return new
    }
}

/// With what one image comes.
private struct ImageCustom {
    let project: String
    private(set) var isSigned = false
    private(set) var isAttested = false

    init(project: String) {
        self.project = project
    }

    mutating func add(_ origin: SignedOrigin) {
        if origin.isAttestation { isAttested = true } else { isSigned = true }
    }
}

extension ProjectCustom {
    fileprivate mutating func add(_ image: ImageCustom) {
        switch (image.isSigned, image.isAttested) {
        case (true, true): both += 1
        case (true, false): signedOnly += 1
        case (false, true): attestedOnly += 1
        case (false, false): break
        }
    }
}
