/// Every rule, in the order in which they are listed.
package enum SecretRules {
    /// The table.
    package static let all: [SecretRule] = KeyRules.all + CloudRules.all + ForgeRules.all + RegistryRules.all
}
