import Cryptography
import OCI
import Signing
import StrictJSON
import TestSupport

extension RulePair {
    private static let variables = "/predicate/buildDefinition/externalParameters/variables/"

    /// Two sources cannot both be right, or bytes are not what was signed.
    static let contradictions = [
        RulePair("altered-content", cites: ["relationship layer"]) { made in
            made.change = { layout, images in
                guard let layer = Self.layer(of: images[0], layout) else { return }
                layout.blobs[layer]?.append(0)
            }
        },
        RulePair("incomplete-content", cites: ["relationship layer"]) { made in
            made.change = { layout, images in
                if let layer = Self.layer(of: images[0], layout) { layout.blobs[layer] = nil }
            }
        },
        RulePair("commit-contradiction", cites: ["claim com.gitlab.ci.commit.sha", extensionClaim(13)]) { made in
            made.build.annotations["com.gitlab.ci.commit.sha"] = otherCommit
        },
        RulePair("ref-contradiction", cites: ["claim com.gitlab.ci.commit.ref.name", extensionClaim(14)]) { made in
            made.build.annotations["com.gitlab.ci.commit.ref.name"] = "release"
        } sparing: { made in
            made.build.annotations["com.gitlab.ci.commit.ref.name"] = "refs/heads/main"
        },
        RulePair("project-contradiction", cites: ["claim com.gitlab.ci.project.path", extensionClaim(12)]) { made in
            made.build.annotations["com.gitlab.ci.project.path"] = "mallory/payments"
        } sparing: { made in
            made.build.annotations["org.opencontainers.image.source"] = "https://gitlab.com/acme/payments.git"
        },
        RulePair("job-contradiction", cites: ["claim com.gitlab.ci.job.id", extensionClaim(21)]) { made in
            made.build.annotations["com.gitlab.ci.job.id"] = "1"
        },
        RulePair("pipeline-contradiction", cites: ["claim com.gitlab.ci.pipeline.id", extensionClaim(21)]) { made in
            made.build.extensions[21] = "https://gitlab.com/acme/payments/-/pipelines/1"
        } sparing: { made in
            made.build.extensions[21] = made.build.job.pipelineURL
        },
        RulePair(
            "trigger-contradiction",
            cites: ["claim \(variables)CI_PIPELINE_SOURCE", extensionClaim(20)]
        ) { made in
            made.build.provenance = [(Self.variable("CI_PIPELINE_SOURCE"), "web")]
        } sparing: { made in
            made.build.provenance = [(Self.variable("CI_PIPELINE_SOURCE"), "push")]
        },
        RulePair(
            "workflow-contradiction",
            cites: ["claim /predicate/buildDefinition/externalParameters/workflow/path", extensionClaim(18)]
        ) { made in
            made.build.provenance = [(["buildDefinition", "externalParameters", "workflow", "path"], "evil.yml")]
        } sparing: { made in
            made.build.provenance = [
                (["buildDefinition", "externalParameters", "workflow", "path"], ".gitlab-ci.yml")
            ]
        },
        RulePair("digest-contradiction", cites: ["claim docker-manifest-digest"]) { made in
            made.build.signedDigest = Digest(hashing: [1])
        },
        RulePair("signature-not-authentic", cites: ["signature"]) { made in
            made.trustedRoot = try VirtualSigstore(seed: "somebody else").trustedRoot
        },
        RulePair("signature-not-trusted", cites: ["signature"]) { made in
            made.expectation[1] = "https://gitlab.com/acme/other//.gitlab-ci.yml@refs/heads/main"
        },
        RulePair("signature-not-verified", cites: ["signature"]) { made in made.isVerified = false },
        RulePair("unsigned-image", cites: []) { made in
            made.build.isSigned = false
            made.build.isAttested = false
        } sparing: { made in
            made.build.isSigned = false
        },
        RulePair("signatures-disagree", cites: ["claim"]) { made in
            made.build.attestationExtensions[14] = "refs/heads/release"
        },
        RulePair("unsigned-contradiction", cites: ["claim"]) { made in
            made.build.labels["org.opencontainers.image.revision"] = otherCommit
        } sparing: { made in
            made.build.labels["org.opencontainers.image.revision"] = made.build.job.commit
        },
    ]

    private static func variable(_ name: String) -> [String] {
        ["buildDefinition", "externalParameters", "variables", name]
    }

    private static func layer(of image: WrittenDescriptor, _ layout: LayoutContents) -> Digest? {
        let layers = layout.document(image)["layers"]?.array
        return layers?.first?["digest"]?.string.flatMap { try? Digest(parsing: $0) }
    }
}
