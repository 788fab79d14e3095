/// How the report looks: light and dark, on a screen, on a telephone and on paper.
enum StyleSheet {
    static let text: StaticString = """
        :root {
          --paper: #fbfaf7; --card: #ffffff; --ink: #1d2329; --soft: #5c6670; --line: #dcdad3;
          --good: #1b6b45; --good-soft: #e3f1e9; --bad: #a3241c; --bad-soft: #fae5e2;
          --doubt: #825a00; --doubt-soft: #f8efd8; --quiet-soft: #eeece6; --accent: #2b4c7e;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171a; --card: #1b2024; --ink: #e4e6e8; --soft: #9aa4ad; --line: #333a41;
            --good: #6fcf9b; --good-soft: #16301f; --bad: #ff8f85; --bad-soft: #3d1a17;
            --doubt: #e3b94f; --doubt-soft: #352a10; --quiet-soft: #262c31; --accent: #9dbdf0;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 72rem; background: var(--paper); color: var(--ink);
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
        }
        h1 { font-size: 1rem; font-weight: 600; letter-spacing: .02em; margin: 0; }
        h2 { font-size: 1.35rem; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
        h3 { font-size: 1.05rem; margin: 2.25rem 0 .75rem; }
        h4 { font-size: 1rem; margin: 0 0 .75rem; line-height: 1.9; }
        p { margin: .25rem 0; }
        a { color: var(--accent); }
        code { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere; }
        .note, .legend, figcaption { color: var(--soft); font-size: .875rem; }
        header.page { margin-bottom: 2rem; }
        header.page table { margin-top: 1.25rem; }
        section.image { margin-bottom: 4rem; }
        .verdict {
          background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--soft);
          border-radius: 10px; padding: 1.25rem 1.5rem;
        }
        .verdict .word { font-size: 2rem; font-weight: 700; line-height: 1.15; margin: 0 0 .5rem; }
        .verdict .digest { color: var(--soft); }
        .verdict .sentence { font-size: 1.05rem; margin-top: .75rem; }
        .verdict .counts { color: var(--soft); }
        .verdict.good { border-left-color: var(--good); } .verdict.good .word { color: var(--good); }
        .verdict.bad { border-left-color: var(--bad); } .verdict.bad .word { color: var(--bad); }
        .verdict.doubtful { border-left-color: var(--doubt); } .verdict.doubtful .word { color: var(--doubt); }
        figure { margin: 1.5rem 0 0; }
        figcaption { margin-top: .5rem; }
        svg.chain { display: block; width: 100%; height: auto; font-family: inherit; }
        svg.narrow { display: none; max-width: 26rem; margin: 0 auto; }
        svg .card { fill: var(--card); stroke: var(--line); stroke-width: 1.25; }
        svg .card.good { stroke: var(--good); } svg .card.bad { stroke: var(--bad); stroke-dasharray: 5 4; }
        svg .card.doubtful { stroke: var(--doubt); stroke-dasharray: 2 3; }
        svg .line { fill: none; stroke: var(--soft); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
        svg .line.good { stroke: var(--good); } svg .line.bad { stroke: var(--bad); }
        svg .line.doubtful { stroke: var(--doubt); }
        svg text { fill: var(--ink); font-size: 12px; }
        svg .station { font-size: 13px; font-weight: 700; }
        svg .value { font-family: var(--mono); font-size: 11.5px; }
        svg .detail { fill: var(--soft); font-size: 11px; }
        svg .objection { fill: var(--bad); font-size: 11px; font-weight: 600; }
        svg .basis { font-size: 11px; font-weight: 600; }
        svg .basis.good { fill: var(--good); } svg .basis.bad { fill: var(--bad); }
        svg .basis.doubtful { fill: var(--doubt); }
        table { width: 100%; border-collapse: collapse; font-size: .925rem; }
        th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8125rem; padding: .4rem .75rem .4rem 0; }
        td { vertical-align: top; padding: .55rem .75rem .55rem 0; border-top: 1px solid var(--line); }
        td.fact { font-weight: 600; white-space: nowrap; } td.word { white-space: nowrap; }
        td.wide { min-width: 15rem; } td.wide code { overflow-wrap: anywhere; }
        td.time { white-space: nowrap; }
        tr.alarm td { background: var(--bad-soft); } tr.alarm td:first-child { padding-left: .5rem; }
        tr.faded td { color: var(--soft); font-weight: 400; }
        .said + .said { margin-top: .6rem; }
        .said .value { display: block; font-size: .9rem; }
        .source { color: var(--soft); font-size: .85rem; margin-top: .15rem; }
        .badge {
          display: inline-block; padding: 0 .5em; border-radius: 4px; font-size: .78rem; font-weight: 600;
          line-height: 1.6; white-space: nowrap; background: var(--quiet-soft); color: var(--soft);
        }
        .badge.good { background: var(--good-soft); color: var(--good); }
        .badge.bad { background: var(--bad-soft); color: var(--bad); }
        .badge.doubtful { background: var(--doubt-soft); color: var(--doubt); }
        .legend { line-height: 2; margin-top: .75rem; }
        article {
          background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem;
          margin-bottom: 1rem;
        }
        dl { margin: .75rem 0; display: grid; gap: .3rem; }
        dl div { display: grid; grid-template-columns: 9rem 1fr; gap: .75rem; font-size: .925rem; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        article dl + dl { border-top: 1px solid var(--line); padding-top: .75rem; }
        details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; margin-bottom: .5rem; }
        ul.findings { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
        ul.findings li {
          background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft);
          border-radius: 8px; padding: .75rem 1rem; overflow-wrap: anywhere;
        }
        ul.findings li.bad { border-left-color: var(--bad); } ul.findings li.doubtful { border-left-color: var(--doubt); }
        section.case { border-top: 2px solid var(--line); padding-top: 2rem; }
        ol { padding-left: 1.25rem; } li { margin: .35rem 0; }
        @media screen and (max-width: 44rem) {
          body { padding: 1.25rem 1rem 3rem; }
          .verdict { padding: 1rem; } .verdict .word { font-size: 1.6rem; }
          svg.wide { display: none; } svg.narrow { display: block; }
          thead { display: none; }
          table, tbody, tr, td { display: block; }
          tr { border-top: 1px solid var(--line); padding: .6rem 0; }
          td, td.fact, td.word, td.time { border: 0; padding: .15rem 0; white-space: normal; min-width: 0; }
          td[data-title]:not(:first-child):not(:empty)::before {
            content: attr(data-title); display: block; color: var(--soft); font-size: .75rem;
          }
          tr.alarm { background: var(--bad-soft); padding: .6rem; }
          dl div { grid-template-columns: 1fr; gap: 0; margin-bottom: .3rem; } dt { font-size: .75rem; }
        }
        @media print {
          :root {
            --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --good: #14532d; --good-soft: #fff;
            --bad: #8b1a12; --bad-soft: #fff; --doubt: #5f4200; --doubt-soft: #fff; --quiet-soft: #fff;
          }
          @page { margin: 16mm 14mm; }
          body { padding: 0; max-width: none; font-size: 10.5pt; }
          .badge { border: 1px solid currentColor; }
          h3, h4 { break-after: avoid; }
          tr, article dl, figure, ul.findings li, .verdict { break-inside: avoid; }
          section.image + section.image { break-before: page; }
          summary { list-style: none; }
        }
        """
}
