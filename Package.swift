// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "listseal",
    products: [
        .executable(name: "listseal", targets: ["listseal"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git",
            from: "2.13.0"
        ),
    ],
    targets: [
        // The C libraries. Each is imported by exactly one Swift target below.
        .systemLibrary(
            name: "CMilter",
            pkgConfig: "milter",
            providers: [.apt(["libmilter-dev"])]
        ),
        .systemLibrary(
            name: "CGPGME",
            pkgConfig: "gpgme",
            providers: [.apt(["libgpgme-dev"])]
        ),

        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),

        .systemLibrary(name: "CTimex"),

        // Vocabulary and boundaries.
        .target(name: "SMTP"),
        .target(name: "Unix", dependencies: ["CTimex"]),
        .target(
            name: "Milter",
            dependencies: [
                "CMilter", "SMTP", "Unix",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "LMTP",
            dependencies: [
                "SMTP",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "Submission",
            dependencies: [
                "SMTP",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "OpenPGP",
            dependencies: [
                "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "GnuPG",
            dependencies: [
                "CGPGME", "OpenPGP", "Unix",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(name: "MIME", dependencies: ["SMTP"]),
        .target(
            name: "PostfixSetup",
            dependencies: [
                "SMTP", "Unix",
            ]
        ),

        // The domain, its store and its server.
        .target(
            name: "MailingList",
            dependencies: [
                "OpenPGP", "SMTP", .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "MailingList", "OpenPGP", "SMTP", .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .target(
            name: "ListServer",
            dependencies: [
                "GnuPG", "LMTP", "MIME", "MailingList", "Milter", "OpenPGP", "SMTP", "Submission",
                "Unix",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "Administration",
            dependencies: [
                "GnuPG", "ListServer", "MailingList", "OpenPGP", "PostfixSetup", "SMTP", "Unix",
            ]
        ),
        .executableTarget(
            name: "listseal",
            dependencies: [
                "Administration", "LMTP", "ListServer", "MailingList", "Milter", "PostfixSetup",
                "SMTP", "SQLiteStore", "Unix",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: [
                "MailingList", "OpenPGP", "SMTP", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            path: "Tests/TestSupport"
        ),
        .target(
            name: "FuzzEntries",
            dependencies: ["MIME", "OpenPGP", "SMTP"],
            path: "Tests/FuzzEntries"
        ),
        .executableTarget(
            name: "MilterProbe",
            dependencies: [
                "Milter", "SMTP",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Tests/MilterProbe"
        ),
        .testTarget(
            name: "UnixTests",
            dependencies: [
                "TestSupport", "Unix",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .testTarget(name: "SMTPTests", dependencies: ["SMTP"]),
        .testTarget(
            name: "MilterTests",
            dependencies: [
                "Milter", "MilterProbe", "SMTP", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["miltertest.lua"]
        ),
        .testTarget(
            name: "OpenPGPTests",
            dependencies: ["OpenPGP", "TestSupport"],
            resources: [.copy("Resources")]
        ),
        .testTarget(name: "GnuPGTests", dependencies: ["GnuPG", "OpenPGP", "TestSupport"]),
        .testTarget(
            name: "LMTPTests",
            dependencies: [
                "LMTP", "SMTP", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "SubmissionTests",
            dependencies: [
                "LMTP", "SMTP", "Submission", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "MIMETests",
            dependencies: ["MIME", "SMTP", "TestSupport"],
            resources: [.copy("Resources")]
        ),
        .testTarget(name: "PostfixSetupTests", dependencies: ["PostfixSetup", "SMTP"]),
        .testTarget(
            name: "MailingListTests",
            dependencies: ["MailingList", "OpenPGP", "SMTP", "TestSupport"]
        ),
        .testTarget(
            name: "SQLiteStoreTests",
            dependencies: [
                "MailingList", "OpenPGP", "SMTP", "SQLiteStore", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "ListServerTests",
            dependencies: [
                "FuzzEntries", "GnuPG", "LMTP", "ListServer", "MIME", "MailingList", "Milter",
                "OpenPGP", "SMTP", "SQLiteStore", "Submission", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Resources"]
        ),
        .testTarget(
            name: "AdministrationTests",
            dependencies: [
                "Administration", "GnuPG", "ListServer", "MailingList", "OpenPGP", "PostfixSetup",
                "SMTP", "SQLiteStore", "TestSupport",
            ]
        ),
        .testTarget(name: "EndToEndTests", dependencies: ["listseal", "TestSupport"]),
    ]
)

// Without a main function of its own: only `Tests/fuzz` builds it.
if Context.environment["LISTSEAL_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: ["FuzzEntries"],
            path: "Tests/Fuzz"
        )
    )
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}

// `thread` or `address`, for what lies in Sources only: what that depends on, and what
// tests it, is built once and serves every sanitizer.
if let sanitizer = Context.environment["LISTSEAL_SANITIZE"] {
    for target in package.targets where target.type != .system {
        let isTest = target.type == .test || target.path?.hasPrefix("Tests/") ?? false
        if !isTest { target.swiftSettings?.append(.unsafeFlags(["-sanitize=\(sanitizer)"])) }
        target.linkerSettings = [.unsafeFlags(["-sanitize=\(sanitizer)"])]
    }
}
