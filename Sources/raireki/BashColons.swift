/// What the generated script for bash lacks: names of images hold colons, and readline ends a word at each.
enum BashColons {
    /// To be put behind the generated script.
    ///
    /// The words are split at blanks again before the generated function sees them; of what it offers, the part that
    /// readline takes for words of their own is cut off, as bash's own completions of such names do.
    static let script = #"""

        # Names of images hold colons, at which readline ends a word.
        __raireki_with_colons() {
            local -r line="${COMP_LINE:0:${COMP_POINT}}"
            local -a COMP_WORDS=("${COMP_WORDS[@]}")
            local -i COMP_CWORD="${COMP_CWORD}"
            local word="${2}" before="${3}"
            if [[ "${COMP_WORDBREAKS}" == *:* && "${line}" == *:* && "${line}" != *[\"\'\\]* ]]; then
                IFS=$' \t' read -r -a COMP_WORDS <<< "${line}"
                [[ "${line}" == *[[:blank:]] ]] && COMP_WORDS+=('')
                COMP_CWORD="$((${#COMP_WORDS[@]} - 1))"
                word="${COMP_WORDS[COMP_CWORD]}"
                before="${COMP_WORDS[COMP_CWORD - 1]}"
            fi
            _raireki "${1}" "${word}" "${before}"
            # As a file's name, a colon would be given a backslash.
            [[ "${COMPREPLY[*]}" == *:* ]] && compopt +o filenames 2>/dev/null
            if [[ "${COMP_WORDBREAKS}" == *:* && "${word}" == *:* ]]; then
                local -i index
                for index in "${!COMPREPLY[@]}"; do
                    COMPREPLY[index]="${COMPREPLY[index]#"${word%"${word##*:}"}"}"
                done
            fi
            return 0
        }

        complete -o filenames -F __raireki_with_colons raireki

        """#
}
