internal import Cryptography
internal import Report

/// Links to other pages.
///
/// Only addresses of this server are ever linked; what evidence calls an address is text.
enum Link {
    static func node(_ address: String, _ content: [HTMLNode]) -> HTMLNode {
        HTMLNode("a", [HTMLAttribute("href", address)], content)
    }

    static func node(_ address: String, _ text: String) -> HTMLNode {
        node(address, [.text(text)])
    }

    static func image(_ digest: Digest, isWhole: Bool = false) -> HTMLNode {
        node(address(of: digest), [HTMLNode("code", [], isWhole ? "\(digest)" : digest.short)])
    }

    static func address(of digest: Digest, _ more: String...) -> String {
        Address.make(["image", "\(digest)"] + more)
    }

    static func commit(_ name: String) -> HTMLNode {
        node(Address.make(["commit", name]), [HTMLNode("code", [], [.evidence(String(name.prefix(12)))])])
    }

    static func signer(_ identity: String, _ issuer: String?) -> HTMLNode {
        node(Address.make(["signer"], [("identity", identity), ("issuer", issuer)]), [.evidence(identity)])
    }

    /// Whether a text is the name of a commit, so that a page of it may be linked.
    static func isCommit(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}
