/// A place in a Dockerfile, counted from one.
package struct DockerfileLocation: Hashable, Sendable, CustomStringConvertible {
    /// The line.
    package let line: Int
    /// The character in the line.
    package let column: Int

    /// A place.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// `line:column`.
    package var description: String { "\(line):\(column)" }
}
