internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Presentation
internal import Report
internal import Secrets
internal import StrictJSON

/// What was found of secrets, for people and as JSON; values are never shown.
enum SecretsPage {
    static func text(_ secrets: [SecretGroup], _ style: TextStyle) -> String {
        secrets.map { group in
            var lines = [
                "\(group.rule.id)  \(ErrorMessages.shown(group.masked))  (\(group.rule.weight.rawValue))",
                "  \(group.rule.description)", "  SHA-256 of the value: \(group.digest)",
            ]
            for file in group.files { lines += self.lines(file.secret, file.hit, style) }
            for setting in group.settings {
                lines.append(
                    "  in the configuration of \(name(setting.image)) at \(ErrorMessages.shown(setting.pointer))"
                )
                lines += SignerText.lines(setting.image.signers).map { "      " + $0 }
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private static func lines(_ secret: FoundSecret, _ hit: FileHit, _ style: TextStyle) -> [String] {
        let path = FileLine.shown(hit.entry.entry.path)
        var lines = [
            "  in file \(path), \(counted(secret.count, "byte")) from byte \(secret.offset), layer \(hit.layer.digest)"
        ]
        for occurrence in hit.images {
            lines += FindText.lines(occurrence, style)
            lines.append("      raireki \(extraction(hit, occurrence).map(quoted).joined(separator: " "))")
        }
        if hit.images.isEmpty { lines.append("    no image in the case has this layer") }
        return lines
    }

    private static func name(_ image: FoundImage) -> String {
        let names = image.names.isEmpty ? "" : ErrorMessages.shown(image.names.joined(separator: ", ")) + "  "
        return names + "\(image.digest)"
    }

    /// Where a secret lies, in a sentence.
    static func place(_ hit: FileHit, _ occurrence: FileOccurrence) -> String {
        let fate = occurrence.fate.remark(by: occurrence.endedBy?.number)
        return "in file \(FileLine.shown(hit.entry.entry.path)) of layer \(occurrence.layer.number), \(fate)"
    }

    /// The words after `raireki` that give the file back.
    private static func extraction(_ hit: FileHit, _ occurrence: FileOccurrence) -> [String] {
        let path = FileLine.shown(hit.entry.entry.path)
        return ["extract", "\(occurrence.image.digest)", path, "--layer", "\(hit.layer.digest)", "-o", "recovered"]
    }

    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            "-_./:=@%+,".utf8.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    // MARK: - JSON

    static func json(_ run: SecretsRun) -> JSONValue {
        [
            "schema": JSONValue(Document.schema("secrets")),
            "secrets": .array(run.secrets.map(json)),
            "layers": JSONValue(run.layers), "files": JSONValue(run.files), "packed": JSONValue(run.packed),
            "omitted": JSONValue(run.omitted),
            "notScanned": .array(run.gaps.map { JSONValue($0) }),
        ]
    }

    private static func json(_ group: SecretGroup) -> JSONValue {
        let files = group.files.map { file -> JSONValue in
            let images = file.hit.images.map { occurrence in
                var object = FindText.json(occurrence).object ?? JSONObject()
                object["extract"] = .array(extraction(file.hit, occurrence).map { JSONValue($0) })
                return JSONValue.object(object)
            }
            return [
                "path": JSONValue(FileLine.shown(file.hit.entry.entry.path)),
                "layer": JSONValue("\(file.hit.layer.digest)"), "position": JSONValue(file.hit.entry.position),
                "offset": JSONValue(file.secret.offset), "bytes": JSONValue(file.secret.count),
                "images": .array(images),
            ]
        }
        let settings = group.settings.map { setting -> JSONValue in
            [
                "image": JSONValue("\(setting.image.digest)"),
                "names": .array(setting.image.names.map { JSONValue($0) }),
                "pointer": JSONValue(setting.pointer), "signers": SignerText.json(setting.image.signers),
            ]
        }
        return [
            "rule": JSONValue(group.rule.id), "weight": JSONValue(group.rule.weight.rawValue),
            "description": JSONValue(group.rule.description), "masked": JSONValue(group.masked),
            "sha256": JSONValue(group.digest), "files": .array(files), "configurations": .array(settings),
        ]
    }

    // MARK: - Rules

    static func rules(_ style: TextStyle) -> String {
        var width = 0
        for rule in SecretRules.all { width = max(width, rule.id.utf8.count) }
        return SecretRules.all.map { rule in
            let name = rule.id + String(repeating: " ", count: width - rule.id.utf8.count)
            return "\(name)  \(rule.weight.rawValue)  \(rule.description)\n"
        }.joined()
    }

    static var rulesJSON: JSONValue {
        let rules = SecretRules.all.map { rule -> JSONValue in
            [
                "id": JSONValue(rule.id), "weight": JSONValue(rule.weight.rawValue),
                "description": JSONValue(rule.description), "anchors": .array(rule.anchors.map { JSONValue($0) }),
            ]
        }
        return ["schema": JSONValue(Document.schema("secret-rules")), "rules": .array(rules)]
    }
}
