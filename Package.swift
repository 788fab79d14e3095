// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same language mode and the same strictness.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A library room: its name and the rooms below it that it may import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one room, with the shared test support.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "TestSupport"] + dependencies,
        swiftSettings: settings
    )
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "raireki",
    products: [
        .executable(name: "raireki", targets: ["raireki"]),
        .executable(name: "raireki-serve", targets: ["raireki-serve"]),
        .library(name: "Sigstore", targets: ["Sigstore"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        // What Hummingbird's own interface shows.
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CDisk"),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        // Headers alone: libpq is looked for when somebody exports.
        .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Domain: formats and cryptography. None of these has heard of a case.
        room("StrictJSON"),
        room("StrictCBOR"),
        room("Patterns", ["CPCRE2"]),
        room("Presentation"),
        room("Cryptography", ["COpenSSL", "CSodium"]),
        room("Archive", ["CArchive", "CISAL", "CZlib"]),
        room("OCI", ["Cryptography", "StrictJSON"]),
        room("Attestation", ["Cryptography", "StrictJSON"]),
        room("Secrets", ["Cryptography"]),
        room("Git", ["Cryptography", "CZlib"]),
        room("TUF", ["Cryptography", "StrictJSON"]),
        room("Notary", ["Cryptography", "StrictCBOR", "StrictJSON"]),
        room("OpenPGP", ["Cryptography", "CZlib"]),
        room("Sigstore", ["Attestation", "Cryptography", "StrictJSON"]),

        // The case: what is known, without a format.
        room("CaseIndex", ["CSQLite", "Cryptography", grdb, sqlite]),

        // Stages: one per verb.
        room(
            "Evidence",
            [
                "Archive", "Attestation", "CaseIndex", "Cryptography", "Git", "Notary", "OCI", "OpenPGP",
                "Presentation", "Sigstore", "StrictJSON",
            ]
        ),
        room(
            "Verification",
            [
                "Attestation", "CaseIndex", "Cryptography", "Git", "Notary", "OpenPGP", "Patterns", "Presentation",
                "Sigstore", "StrictJSON",
            ]
        ),
        room(
            "PolicyFile",
            ["Cryptography", "Notary", "Patterns", "Sigstore", "StrictJSON", "Verification", yams]
        ),
        room("Correlation", ["CaseIndex", "Cryptography", "OCI", "Presentation", "StrictJSON"]),
        room(
            "Filesystem",
            ["CaseIndex", "Correlation", "Cryptography", "OCI", "Patterns", "Presentation", "StrictJSON"]
        ),
        room("Report", ["CaseIndex", "Correlation", "Cryptography", "Filesystem", "Presentation", "StrictJSON"]),
        room("Export", ["Archive", "CPostgreSQL", "CaseIndex", "Cryptography", "StrictJSON"]),
        // Pages over a case, for whatever serves them.
        room(
            "Browse",
            [
                "CaseIndex", "Correlation", "Cryptography", "Filesystem", "Patterns", "Presentation", "Report",
                "StrictJSON",
            ]
        ),
        room("Assembly", ["Archive", "Cryptography", "OCI", "StrictJSON"]),
        room("Signing", ["Archive", "Attestation", "CDisk", "Cryptography", "OCI", "Sigstore", "StrictJSON"]),

        .executableTarget(
            name: "raireki",
            dependencies: [
                "Archive", "Assembly", "Attestation", "CaseIndex", "Correlation", "Cryptography", "Evidence",
                "Export", "Filesystem", "Git", "Notary", "OCI", "OpenPGP", "Patterns", "Presentation", "PolicyFile",
                "Report",
                "Secrets",
                "Signing", "Sigstore", "StrictJSON", "TUF", "Verification", argumentParser,
            ],
            swiftSettings: settings
        ),

        // What `raireki serve` becomes: the only program here that holds code for sockets.
        .executableTarget(
            name: "raireki-serve",
            dependencies: [
                "Browse", "CaseIndex", hummingbird, .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),

        // Measures what reports/ says.
        .executableTarget(
            name: "raireki-benchmark",
            dependencies: ["CaseIndex", "Cryptography", "Filesystem", "Signing", "Sigstore", argumentParser],
            swiftSettings: settings
        ),

        // Makes what lies below samples/evidence.
        .executableTarget(
            name: "raireki-samples",
            dependencies: ["Cryptography", "OCI", "Signing", "StrictJSON"],
            swiftSettings: settings
        ),

        .target(
            name: "TestSupport",
            dependencies: [
                "Attestation", "Cryptography", "Notary", "OCI", "Signing", "Sigstore", "StrictCBOR", "StrictJSON",
                "TUF",
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        // Reads damaged documents in a process of its own, whose end the tests look at.
        .executableTarget(
            name: "raireki-fuzz",
            dependencies: [
                "Archive", "Assembly", "Attestation", "CaseIndex", "Cryptography", "Evidence", "Git", "Notary", "OCI",
                "OpenPGP", "PolicyFile", "Signing", "Sigstore", "StrictCBOR", "StrictJSON", "TUF", "TestSupport",
            ],
            path: "Tests/Fuzzing",
            swiftSettings: settings
        ),
        // A case with chosen records, for the tests of the rooms that only read cases.
        .target(
            name: "CaseFixtures",
            dependencies: ["CaseIndex", "Cryptography"],
            path: "Tests/CaseFixtures",
            swiftSettings: settings
        ),
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["TestSupport", "raireki-fuzz"],
            swiftSettings: settings
        ),
        tests("StrictJSON"),
        tests("StrictCBOR"),
        tests("Patterns"),
        tests("Presentation"),
        tests("Cryptography", ["Signing"]),
        tests("Archive"),
        tests("Git", ["Cryptography"]),
        tests("OCI", ["Cryptography", "StrictJSON"]),
        tests("Attestation", ["StrictJSON"]),
        tests("Notary", ["Cryptography", "Signing", "StrictCBOR", "StrictJSON"]),
        tests("OpenPGP", ["Cryptography"]),
        tests("Sigstore", ["Attestation", "Cryptography", "Signing", "StrictJSON"]),
        tests("CaseIndex", ["CaseFixtures", "Cryptography", grdb]),
        tests("TUF", ["Cryptography", "StrictJSON"]),
        tests("Evidence", ["Archive", "CaseIndex", "Cryptography", "Notary", "OCI", "Signing", "StrictJSON"]),
        tests(
            "Verification",
            [
                "Attestation", "CaseIndex", "Cryptography", "Evidence", "Git", "Notary", "OCI", "OpenPGP",
                "Patterns", "PolicyFile", "Signing", "Sigstore", "StrictJSON",
            ]
        ),
        tests("PolicyFile", ["Cryptography", "Notary", "Sigstore", "Verification"]),
        tests("Filesystem", ["CaseFixtures", "CaseIndex", "Cryptography", "Patterns"]),
        tests("Secrets", ["Cryptography"]),
        tests("Correlation", ["CaseFixtures", "CaseIndex", "Cryptography"]),
        tests("Report", ["CaseFixtures", "CaseIndex", "Correlation", "Cryptography", "StrictJSON"]),
        tests("Export", ["Archive", "CaseFixtures", "CaseIndex", "Cryptography", "StrictJSON"]),
        tests("Browse", ["CaseFixtures", "CaseIndex", "Cryptography", "Report", "StrictJSON"]),
        tests("Assembly", ["Archive", "Cryptography", "OCI", "StrictJSON"]),
        tests("Signing", ["Attestation", "Cryptography", "OCI", "Sigstore", "StrictJSON"]),
        tests(
            "raireki",
            [
                "Archive", "Assembly", "CaseFixtures", "CaseIndex", "Correlation", "Cryptography", "Evidence",
                "Filesystem", "Notary", "OCI", "PolicyFile", "Signing", "Sigstore", "StrictJSON", "TUF",
                argumentParser,
            ]
        ),
    ]
)
