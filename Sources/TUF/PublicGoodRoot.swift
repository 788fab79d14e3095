internal import Cryptography

extension RootMetadata {
    /// The root of Sigstore's public-good instance, version 15, from which newer ones follow.
    ///
    /// The keys, their ids, roles and thresholds are those that the instance publishes.
    ///
    /// - Throws: ``TUFError`` if what is built in were damaged.
    package static func publicGood() throws(TUFError) -> RootMetadata {
        guard let expires = Timestamp(rfc3339: "2026-11-20T13:58:18Z") else {
            throw .malformed(file: "built-in root", path: "expires", expected: "a time")
        }
        let holders = try keys(holderPoints)
        let online = try keys(onlinePoints)
        return RootMetadata(
            version: 15,
            expires: expires,
            hasConsistentSnapshots: true,
            root: RoleKeys(name: "root", keys: holders, threshold: 3),
            timestamp: RoleKeys(name: "timestamp", keys: online, threshold: 1),
            snapshot: RoleKeys(name: "snapshot", keys: online, threshold: 1),
            targets: RoleKeys(name: "targets", keys: holders, threshold: 3)
        )
    }

    private static func keys(_ points: [(identifier: String, point: String)]) throws(TUFError) -> [TUFKey] {
        var result: [TUFKey] = []
        for (identifier, hex) in points {
            guard let point = Hexadecimal.decode(hex), let key = TUFKey(identifier: identifier, p256Point: point)
            else { throw .malformed(file: "built-in root", path: "keys.\(identifier)", expected: "a P-256 point") }
            result.append(key)
        }
        return result
    }

    /// The five key holders: key id, and the point on P-256 in hexadecimal.
    private static let holderPoints: [(identifier: String, point: String)] = [
        (
            "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2",
            """
            04117b33dd265715bf23315e368faa499728db8d1f0a377070a1c7b1aba2cc21be\
            6ab1628e42f2cdd7a35479f2dce07b303a8ba646c55569a8d2a504ba7e86e447
            """
        ),
        (
            "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06",
            """
            04cc1cd53a61c23e88cc54b488dfae168a257c34fac3e88811c55962b24cffbfec\
            b724447999c54670e365883716302e49da57c79a33cd3e16f81fbc66f0bcdf48
            """
        ),
        (
            "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222",
            """
            048a78a44ac01099890d787e5e62afc29c8ccb69a70ec6549a6b04033b0a8acbfb\
            42ab1ab9c713d225cdb52b858886cf46c8e90a7f3b9e6371882f370c259e1c5b
            """
        ),
        (
            "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70",
            """
            04d2086b87dd8bc3562bde27465795aa0ad30307c0b1f83f21742e30d992cd2299\
            554685462ec9186b782178cc8e8e227c90f8b5e5a436fffecffa88fb52f24f1b
            """
        ),
        (
            "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632",
            """
            04331a4f389088679a2d1b8d74e9f189b1e1108b757da64318438bb257d4e3d4ce\
            d61d72322c6fa391fbee1b48254352596d1659055de0011e2ca237461c849ea3
            """
        ),
    ]

    /// The key that signs timestamps and snapshots.
    private static let onlinePoints: [(identifier: String, point: String)] = [
        (
            "0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5",
            """
            04591886af9fa3fb72794ac1fe66daf99c4d87db03bb055fa73b7b3dde02dc6b5f\
            2a4cecc7635a16c80183ca4312b064d4052b7d0fe027d0a7cab03da67d2338d9
            """
        )
    ]
}
