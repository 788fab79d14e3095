internal import Assembly

extension Seeds {
    /// Dockerfiles with every instruction and every form.
    static let dockerfiles = [
        """
        # syntax=docker/dockerfile:1
        # escape=\\
        ARG BASE=scratch
        FROM --platform=$BUILDPLATFORM ${BASE:-scratch} AS one
        ARG V=1 W
        ENV A=1 B="x ${V:+y}" \\
            # a comment

            C='$V'
        COPY --from=0 --chown=1:2 --chmod=u+x,go=rX --link --exclude=*.md ["a b", "c", "/d/"]
        COPY <<A <<-"B" /x/
        ${V#*/} ${V%%.*} ${V/a/b}
        A
        \t$V
        \tB
        RUN --network=none echo $V
        RUN <<E
        echo 1
        E
        ONBUILD ADD --unpack=false x y
        """,
        """
        # escape=`
        FROM scratch
        MAINTAINER me <me@example.com>
        LABEL a=b "c d"=e f=${NONE:-${V}}
        LABEL old form
        WORKDIR /a/${V}
        USER a:b
        EXPOSE 80 90-91/udp $PORTS
        VOLUME ["/v", "/w"]
        STOPSIGNAL SIGTERM
        SHELL ["/bin/sh", "-c"]
        HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=1h --retries=3 CMD ["a", "b"]
        HEALTHCHECK NONE
        ENTRYPOINT ["/e", "é"]
        CMD a `
          b
        """,
    ]

    /// The words into which variables are put.
    static func words(of command: Instruction.Command) -> [Word] {
        switch command {
        case .argument(let assignments), .environment(let assignments), .label(let assignments):
            assignments.flatMap { [$0.name] + ($0.value.map { [$0] } ?? []) }
        case .copy(let copy):
            copy.sources + copy.excludes + [copy.destination, copy.owner, copy.mode].compactMap { $0 }
        case .workingDirectory(let word), .user(let word), .stopSignal(let word): [word]
        case .expose(let words), .volume(let words): words
        default: []
        }
    }
}
