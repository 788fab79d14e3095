import Cryptography
import Signing
import StrictJSON
import TestSupport

extension RulePair {
    private static let sharedFile = "https://gitlab.com/acme/shared//build.yml@refs/heads/main"
    private static let signerFile = "https://gitlab.com/acme/payments//"

    /// Comparisons with the other images of the project.
    static let customs = [
        RulePair("first-seen-identity", cites: ["signature", "claim"]) { made in
            made.addEarlier(3)
            made.build.identityName = "\(signerFile)evil.yml@refs/heads/main"
        } sparing: { made in
            made.addEarlier(3)
        },
        RulePair("first-seen-runner", cites: ["signature"]) { made in
            made.addEarlier(3)
            made.build.record = [("runner", ["id": 99, "runner_type": "project_type"])]
        } sparing: { made in
            made.addEarlier(3) { build, number in
                if number == 2 { build.record = [("runner", ["id": 99, "runner_type": "project_type"])] }
            }
            made.build.record = [("runner", ["id": 99, "runner_type": "project_type"])]
        },
        RulePair("first-seen-trigger", cites: ["signature", extensionClaim(20)]) { made in
            made.addEarlier(3)
            made.build.job.pipelineSource = "web"
        } sparing: { made in
            // Too few signatures came before.
            made.addEarlier(1) { build, _ in build.isAttested = false }
            made.build.job.pipelineSource = "web"
        },
        RulePair("first-seen-workflow", cites: ["signature", extensionClaim(19)]) { made in
            made.addEarlier(3) { build, _ in
                build.extensions = [18: sharedFile, 19: otherCommit]
            }
            made.build.extensions = [18: sharedFile, 19: String(otherCommit.reversed())]
        } sparing: { made in
            made.addEarlier(3) { build, _ in
                build.extensions = [18: sharedFile, 19: otherCommit]
            }
            made.build.extensions = [18: sharedFile, 19: otherCommit]
        },
        RulePair("signature-burst", cites: ["signature"]) { made in
            let time = made.sigstore.time
            made.addEarlier(20) { build, number in
                build.signedAt = time.adding(seconds: -20 * Int64(number))
                build.isAttested = false
            }
        } sparing: { made in
            made.addEarlier(20) { build, _ in build.isAttested = false }
        },
        RulePair("attestation-without-signature", cites: ["signature"]) { made in
            made.addEarlier(3)
            made.build.isSigned = false
        } sparing: { made in
            made.addEarlier(3) { build, _ in build.isSigned = false }
            made.build.isSigned = false
        },
        RulePair("signature-without-attestation", cites: ["signature"]) { made in
            made.addEarlier(3)
            made.build.isAttested = false
        } sparing: { made in
            made.addEarlier(3) { build, _ in build.isAttested = false }
            made.build.isAttested = false
        },
    ]

    /// Names, tags and expectations.
    static let doubts = [
        RulePair("image-tag-contradiction", cites: ["claim tag", "reference"]) { made in
            made.build.annotations["tag"] = "9.9.9"
        } sparing: { made in
            made.build.annotations["tag"] = "9.9.9"
            made.change = { layout, images in layout.list(images[0], name: "registry.example/acme/payments:9.9.9") }
        },
        RulePair("reference-elsewhere", cites: ["claim docker-reference", "reference"]) { made in
            made.build.reference = "registry.other.example/acme/payments"
        },
        RulePair("weak-expectation", cites: ["signature"]) { made in
            made.expectation[0] = "--certificate-identity-regexp"
            made.expectation[1] = "https://gitlab.com/acme/.*"
        } sparing: { made in
            made.expectation[0] = "--certificate-identity-regexp"
            made.expectation[1] = #"^https://gitlab\.com/acme/payments//\.gitlab-ci\.yml@refs/heads/main$"#
        },
    ]

    /// Worth knowing.
    static let notes = [
        RulePair("tag-moved", cites: ["reference"]) { made in
            made.listedTags = [("1.4.0", Digest(hashing: [1]))]
        } sparing: { made in
            made.listedTags = [("1.3.9", Digest(hashing: [1]))]
        },
        RulePair("configuration-as-subject", cites: ["claim", "relationship configuration"]) { made in
            made.build.attestsConfiguration = true
        },
        RulePair("sha1-under-sha256", cites: ["claim"]) { made in
            made.build.provenance = [
                (
                    ["buildDefinition", "resolvedDependencies", "0", "digest"],
                    ["sha256": JSONValue(made.build.job.commit)]
                )
            ]
        },
    ]

    /// The traps of GitLab's tutorial.
    static let traps = [
        RulePair("expected-ref-kind", cites: ["signature"]) { made in
            made.expectation[1] = "\(signerFile).gitlab-ci.yml@refs/tags/main"
        } sparing: { made in
            made.expectation[1] = "\(signerFile).gitlab-ci.yml@refs/tags/v1"
        },
        RulePair("expected-separator", cites: ["signature"]) { made in
            made.expectation[1] = "https://gitlab.com/acme/payments/.gitlab-ci.yml@refs/heads/main"
        } sparing: { made in
            made.expectation[1] = "https://gitlab.com/acme/.gitlab-ci.yml@refs/heads/main"
        },
        RulePair("expected-workflow-file", cites: ["signature"]) { made in
            made.expectation[1] = "\(signerFile)ci/build.yml@refs/heads/main"
        } sparing: { made in
            made.expectation[1] = "https://gitlab.com/acme/other//ci/build.yml@refs/heads/main"
        },
        RulePair("annotations-not-enforced", cites: ["signature", "claim"]) { made in
            made.expectation += ["-a", "tag=1.4.0"]
        } sparing: { made in
            made.expectation += ["-a", "tag=1.4.0", "-a", "com.gitlab.ci.commit.sha=\(made.build.job.commit)"]
        },
        RulePair("annotation-split", cites: ["claim  Mika"]) { made in
            made.build.annotations["com.gitlab.ci.user.name"] = "Sato"
            made.build.annotations[" Mika"] = ""
        } sparing: { made in
            made.build.annotations["com.gitlab.ci.user.name"] = "Sato, Mika"
        },
        RulePair("referrer-only", cites: ["signature"]) { made in made.build.isReferrer = true },
        RulePair("unsigned-platform", cites: ["relationship child"]) { made in
            made.build.isIndex = true
            made.build.signsPlatforms = false
        } sparing: { made in
            made.build.isIndex = true
        },
    ]
}
