/// Writes the textual encoding of keys and certificates (RFC 7468).
package enum PEMWriter {
    /// The bytes between the boundaries of `label`, folded at 64 columns, ending with a newline.
    package static func encode(_ label: String, _ der: [UInt8]) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var rest = Substring(Base64.encode(der))
        while !rest.isEmpty {
            text += rest.prefix(64) + "\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    /// A certificate.
    package static func certificate(_ der: [UInt8]) -> String {
        encode("CERTIFICATE", der)
    }
}
