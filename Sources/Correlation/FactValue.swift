package import Cryptography

/// What one claim says of one fact, in the form in which sources are compared.
package struct FactValue: Sendable {
    /// The value without what different sources write differently: the path of a project, the number of a job.
    package let normal: String
    /// Where that value holds, when the source says so: the host of a project, the project of a job.
    package let scope: String?
    /// Which side of the fact it describes.
    package let aspect: Aspect
    /// For times: the moment, and whether it belongs to the build or to the signing.
    package let moment: Moment?

    /// A point in time and the act it dates.
    package enum Moment: Hashable, Sendable {
        /// When the image was built.
        case build(Timestamp)
        /// When the signature was made.
        case signing(Timestamp)
    }

    package init(_ normal: String, scope: String? = nil, aspect: Aspect = .itself) {
        self.normal = normal
        self.scope = scope
        self.aspect = aspect
        moment = nil
    }

    package init(_ moment: Moment) {
        switch moment {
        case .build(let time), .signing(let time): normal = time.description
        }
        scope = nil
        aspect = .itself
        self.moment = moment
    }

    /// Whether both describe the same side of a fact, so that they can agree or not.
    func isComparable(with other: FactValue) -> Bool {
        aspect == other.aspect && (moment == nil) == (other.moment == nil)
    }

    /// Whether both say the same, as bytes; where only one says where the value holds, that is no difference.
    func agrees(with other: FactValue) -> Bool {
        if let moment, let otherMoment = other.moment { return moment.isPlausible(beside: otherMoment) }
        guard normal.hasSameBytes(as: other.normal) else { return false }
        guard let scope, let otherScope = other.scope else { return true }
        return scope.hasSameBytes(as: otherScope)
    }
}

extension FactValue.Moment {
    /// How far clocks of different machines may be apart, in seconds.
    static let clockTolerance: Int64 = 300
    /// How long a signing certificate is valid, and so how long making one signature may take, in seconds.
    static let signingWindow: Int64 = 600

    /// Whether both can be true: nothing is signed before it is built, and one signature is made within its window.
    func isPlausible(beside other: FactValue.Moment) -> Bool {
        switch (self, other) {
        case (.build, .build): true
        case (.build(let built), .signing(let signed)), (.signing(let signed), .build(let built)):
            built <= signed.adding(seconds: Self.clockTolerance)
        case (.signing(let first), .signing(let second)):
            max(first, second) <= min(first, second).adding(seconds: Self.signingWindow + Self.clockTolerance)
        }
    }
}
