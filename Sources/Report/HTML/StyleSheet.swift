/// How the report looks: light and dark, on a screen, on a telephone and on paper.
package enum StyleSheet {
    /// Colours keep a contrast of at least 4.5 to their ground (WCAG 2.2, success criterion 1.4.3).
    package static let text: StaticString = """
        :root {
          --paper: #fbfaf7; --card: #ffffff; --ink: #1b2127; --soft: #55606a; --line: #dddbd4; --hair: #ebe9e3;
          --good: #17623e; --good-soft: #e3f1e9; --bad: #a02018; --bad-soft: #fbe7e4;
          --doubt: #755000; --doubt-soft: #f8efd8; --quiet-soft: #efede7; --accent: #27487a;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
          --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171a; --card: #1b2024; --ink: #e6e8ea; --soft: #a3adb6; --line: #363d44; --hair: #2a3036;
            --good: #74d3a0; --good-soft: #16301f; --bad: #ff9a91; --bad-soft: #401b18;
            --doubt: #e6be59; --doubt-soft: #352a10; --quiet-soft: #272d33; --accent: #a3c2f2;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
        body {
          margin: 0 auto; padding: 2.5rem 1.75rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
          font: 16px/1.55 var(--sans); font-variant-numeric: tabular-nums;
        }
        h1 { font-size: 1.5rem; font-weight: 650; letter-spacing: -.01em; line-height: 1.25; margin: 0; }
        h2 { font-size: 1.35rem; font-weight: 650; letter-spacing: -.005em; line-height: 1.3; margin: 0 0 1rem; overflow-wrap: anywhere; }
        h3 { font-size: 1.05rem; font-weight: 650; margin: 2.25rem 0 .75rem; }
        h4 { font-size: 1rem; font-weight: 650; margin: 0 0 .75rem; line-height: 1.9; }
        p { margin: .25rem 0; max-width: 48rem; }
        a { color: var(--accent); text-underline-offset: .15em; overflow-wrap: anywhere; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        code { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere; }
        pre {
          margin: .5rem 0 0; padding: .85rem 1rem; background: var(--quiet-soft); border-radius: 8px; overflow-x: auto;
          font-size: .875rem; line-height: 1.5;
        }
        pre code { overflow-wrap: normal; }
        .skip, .unseen {
          position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
        }
        .skip:focus { position: static; width: auto; height: auto; clip-path: none; display: inline-block; margin-bottom: 1rem; }
        .note, .legend, figcaption { color: var(--soft); font-size: .875rem; }
        .notice {
          background: var(--quiet-soft); border-radius: 8px; padding: .65rem 1rem; margin: .75rem 0; font-size: .925rem;
        }
        header.page { margin-bottom: 1.25rem; }
        header.page .note { margin-top: .35rem; }
        nav ul, .pager ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin: 0; padding: 0; }
        nav { border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); padding: .6rem 0; margin-bottom: 2.5rem; }
        nav li, .pager li { margin: 0; font-size: .925rem; }
        nav a, .pager a { text-decoration: none; display: inline-block; padding: .15rem 0; }
        nav a:hover, .pager a:hover { text-decoration: underline; }
        .pager { margin: .75rem 0; } .pager a, .pager span { padding: .15rem .4rem; } .pager span { font-weight: 700; }
        section.major { margin-bottom: 3.5rem; }
        section.image { margin-bottom: 4.5rem; padding-top: .5rem; }
        .lead { font-size: 1.15rem; line-height: 1.45; margin-bottom: 1rem; }
        svg.bar { display: block; width: 100%; height: .6rem; border-radius: .3rem; margin-bottom: 1.25rem; }
        svg.bar .good { fill: var(--good); } svg.bar .bad { fill: var(--bad); } svg.bar .doubtful { fill: var(--doubt); }
        ul.tally {
          list-style: none; margin: 0 0 1.25rem; padding: 0; display: grid; gap: .75rem;
          grid-template-columns: repeat(auto-fill, minmax(14.5rem, 1fr));
        }
        ul.tally li {
          margin: 0; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--soft);
          border-radius: 10px; padding: .85rem 1rem 1rem; display: grid; align-content: start;
        }
        ul.tally .number { font-size: 2rem; font-weight: 650; line-height: 1.1; }
        ul.tally .name { font-weight: 650; margin-bottom: .25rem; }
        ul.tally .good { border-top-color: var(--good); } ul.tally .good .name, ul.tally .good .number { color: var(--good); }
        ul.tally .bad { border-top-color: var(--bad); } ul.tally .bad .name, ul.tally .bad .number { color: var(--bad); }
        ul.tally .doubtful { border-top-color: var(--doubt); }
        ul.tally .doubtful .name, ul.tally .doubtful .number { color: var(--doubt); }
        ul.state { list-style: none; margin: 1rem 0 0; padding: 0; }
        .verdict {
          background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--soft);
          border-radius: 10px; padding: 1.25rem 1.5rem;
        }
        .verdict h2 { margin: 0; }
        .verdict .word { font-size: 2rem; font-weight: 700; line-height: 1.15; margin: .35rem 0 .5rem; }
        .verdict .digest { color: var(--soft); max-width: none; }
        .verdict .sentence { font-size: 1.05rem; margin-top: .75rem; }
        .verdict .counts { color: var(--soft); }
        .verdict.good { border-left-color: var(--good); } .verdict.good .word { color: var(--good); }
        .verdict.bad { border-left-color: var(--bad); } .verdict.bad .word { color: var(--bad); }
        .verdict.doubtful { border-left-color: var(--doubt); } .verdict.doubtful .word { color: var(--doubt); }
        figure { margin: 1.5rem 0 0; }
        figcaption { margin-top: .5rem; max-width: 48rem; }
        .scroll { overflow-x: auto; position: relative; }
        svg.chain { display: block; width: 100%; height: auto; font-family: inherit; }
        svg.narrow { display: none; max-width: 26rem; margin: 0 auto; }
        svg.graph { display: block; font-family: inherit; }
        svg .card { fill: var(--card); stroke: var(--line); stroke-width: 1.25; }
        svg .card.good { stroke: var(--good); } svg .card.bad { stroke: var(--bad); stroke-dasharray: 5 4; }
        svg .card.doubtful { stroke: var(--doubt); stroke-dasharray: 2 3; }
        svg .line { fill: none; stroke: var(--soft); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
        svg .line.good { stroke: var(--good); } svg .line.bad { stroke: var(--bad); }
        svg .line.doubtful { stroke: var(--doubt); }
        svg.graph .line { stroke-width: inherit; opacity: .75; }
        svg.graph .line.doubtful { stroke-dasharray: 7 4; } svg.graph .line.bad { stroke-dasharray: 2 5; }
        svg text { fill: var(--ink); font-size: 12px; }
        svg .station { font-size: 13px; font-weight: 700; }
        svg .column { font-size: 13px; font-weight: 650; fill: var(--soft); }
        svg .name { font-size: 12.5px; font-weight: 600; }
        svg .value { font-family: var(--mono); font-size: 11.5px; }
        svg .detail { fill: var(--soft); font-size: 11px; }
        svg .objection { fill: var(--bad); font-size: 11px; font-weight: 600; }
        svg .basis { font-size: 11px; font-weight: 600; }
        svg .basis.good { fill: var(--good); } svg .basis.bad { fill: var(--bad); }
        svg .basis.doubtful { fill: var(--doubt); }
        svg.times { display: block; width: 100%; min-width: 60rem; height: auto; font-family: inherit; }
        svg .lane { font-size: 13px; font-weight: 650; fill: var(--soft); }
        svg .track { stroke: var(--line); stroke-width: 1; fill: none; }
        svg .pause { fill: var(--soft); font-size: 11px; }
        svg .mark { stroke: var(--paper); stroke-width: 1.5; fill: var(--soft); }
        svg .mark.good { fill: var(--good); } svg .mark.bad { fill: var(--bad); } svg .mark.doubtful { fill: var(--doubt); }
        .filter { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: .9rem 0 .75rem; font-size: .875rem; color: var(--soft); max-width: none; }
        .filter label { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .5rem; }
        .filter input {
          font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: 6px;
          padding: .25rem .6rem; width: 16rem; max-width: 100%;
        }
        .filter output { align-self: center; }
        button.sort {
          all: unset; cursor: pointer; box-sizing: border-box; font: inherit; color: inherit; padding: .15rem 0; min-height: 1.5rem;
        }
        button.sort:hover { text-decoration: underline; text-underline-offset: .15em; }
        button.sort:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        button.sort::after { content: "\\00a0\\2195"; opacity: .55; }
        th[aria-sort=ascending] button.sort::after { content: "\\00a0\\2191"; opacity: 1; }
        th[aria-sort=descending] button.sort::after { content: "\\00a0\\2193"; opacity: 1; }
        main [hidden] { display: none !important; }
        table { width: 100%; border-collapse: collapse; font-size: .925rem; }
        thead th { color: var(--soft); font-size: .8125rem; padding: .4rem .75rem .4rem 0; vertical-align: bottom; }
        th { text-align: left; font-weight: 600; }
        td, tbody th { overflow-wrap: anywhere; min-width: 5.5rem; vertical-align: top; padding: .55rem .75rem .55rem 0; border-top: 1px solid var(--hair); }
        th.fact, td.fact, td.word { white-space: nowrap; min-width: 0; }
        td.number, td.cell { min-width: 0; } tbody th.head { min-width: 0; }
        td.run { min-width: 18rem; } td.brief { white-space: nowrap; min-width: 0; max-width: 14rem; }
        td.brief code { overflow-wrap: normal; }
        td.brief { overflow: hidden; text-overflow: ellipsis; }
        td.wide { min-width: 12rem; overflow-wrap: anywhere; } td.name { min-width: 12rem; overflow-wrap: anywhere; }
        td.time { white-space: nowrap; } td.number { text-align: left; white-space: nowrap; }
        td.cell { text-align: left; }
        tr.alarm td, tr.alarm th { background: var(--bad-soft); }
        tr.alarm td:first-child, tr.alarm th:first-child { padding-left: .5rem; }
        tr.faded td, tr.faded th { color: var(--soft); font-weight: 400; }
        .said + .said { margin-top: .6rem; }
        .said .value { display: block; font-size: .9rem; }
        .source { color: var(--soft); font-size: .85rem; margin-top: .15rem; overflow-wrap: anywhere; }
        .objection { color: var(--bad); font-weight: 600; font-size: .9rem; }
        .badge {
          display: inline-block; padding: 0 .5em; border-radius: 4px; font-size: .78rem; font-weight: 600;
          line-height: 1.6; white-space: nowrap; background: var(--quiet-soft); color: var(--soft);
        }
        .badge + .badge { margin-left: .35rem; }
        .badge.good { background: var(--good-soft); color: var(--good); }
        .badge.bad { background: var(--bad-soft); color: var(--bad); }
        .badge.doubtful { background: var(--doubt-soft); color: var(--doubt); }
        .legend { line-height: 2; margin-top: .75rem; max-width: none; }
        article {
          background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem;
          margin-bottom: 1rem;
        }
        dl { margin: .75rem 0; display: grid; gap: .3rem; }
        dl div { display: grid; grid-template-columns: 9rem 1fr; gap: .75rem; font-size: .925rem; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        article dl + dl { border-top: 1px solid var(--hair); padding-top: .75rem; }
        details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; margin-bottom: .5rem; padding: .2rem 0; }
        details.quiet summary { font-weight: 400; color: var(--accent); font-size: .925rem; }
        ul.findings { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
        ul.findings li {
          background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft);
          border-radius: 8px; padding: .75rem 1rem; overflow-wrap: anywhere;
        }
        ul.findings li.bad { border-left-color: var(--bad); } ul.findings li.doubtful { border-left-color: var(--doubt); }
        ol { padding-left: 1.25rem; } li { margin: .35rem 0; }
        ol.timeline { list-style: none; margin: 1rem 0 0; padding: 0; border-left: 2px solid var(--line); }
        ol.timeline li {
          position: relative; margin: 0; padding: .3rem 0 .55rem 1.25rem; display: grid;
          grid-template-columns: 12.5rem 5.5rem 1fr; gap: 0 .75rem; font-size: .925rem;
        }
        ol.timeline li::before {
          content: ""; position: absolute; left: -7px; top: .75rem; width: 12px; height: 12px; border-radius: 50%;
          background: var(--paper); border: 3px solid var(--soft);
        }
        ol.timeline li.good::before { border-color: var(--good); background: var(--good); }
        ol.timeline li.doubtful::before { border-color: var(--doubt); }
        ol.timeline li.bad::before { border-color: var(--bad); border-radius: 0; transform: rotate(45deg); }
        ol.timeline time { font-family: var(--mono); font-size: .86em; line-height: 1.8; grid-column: 1; }
        ol.timeline .gap { color: var(--soft); font-size: .85rem; line-height: 1.75; grid-column: 2; }
        ol.timeline li > div { grid-column: 3; min-width: 0; } ol.timeline .what { overflow-wrap: anywhere; }
        .step { margin: 1.25rem 0; } .step h3 { margin: 0; font-size: .95rem; font-weight: 600; }
        footer { border-top: 1px solid var(--line); padding-top: 1rem; color: var(--soft); font-size: .875rem; }
        @media screen and (max-width: 46rem) {
          body { padding: 1.25rem 1rem 3rem; }
          .verdict { padding: 1rem; } .verdict .word { font-size: 1.6rem; }
          svg.wide { display: none; } svg.narrow { display: block; }
          ul.tally { grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
          main :not(.scroll) > table > thead { display: none; }
          :not(.scroll) > table, :not(.scroll) > table > tbody, :not(.scroll) > table > tbody > tr,
          :not(.scroll) > table > tbody > tr > td, :not(.scroll) > table > tbody > tr > th { display: block; }
          :not(.scroll) > table > tbody > tr { border-top: 1px solid var(--line); padding: .6rem 0; }
          :not(.scroll) > table > tbody > tr > td, :not(.scroll) > table > tbody > tr > th {
            border: 0; padding: .15rem 0; white-space: normal; min-width: 0; max-width: none;
          }
          :not(.scroll) > table td[data-title]:not(:first-child):not(:empty)::before {
            content: attr(data-title); display: block; color: var(--soft); font-size: .75rem;
          }
          main :not(.scroll) > table td.number[data-title]:not(:empty)::before,
          main :not(.scroll) > table td.brief[data-title]:not(:empty)::before,
          main :not(.scroll) > table td.time[data-title]:not(:empty)::before {
            display: inline-block; min-width: 4.75rem;
          }
          .scroll td, .scroll th { padding-right: 1rem; }
          tr.alarm { background: var(--bad-soft); padding: .6rem; }
          dl div { grid-template-columns: 1fr; gap: 0; margin-bottom: .3rem; } dt { font-size: .75rem; }
          ol.timeline li { grid-template-columns: 1fr auto; }
          ol.timeline li > div { grid-column: 1 / -1; }
        }
        @media print {
          :root {
            --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --hair: #ddd; --good: #14532d;
            --good-soft: #fff; --bad: #8b1a12; --bad-soft: #fff; --doubt: #5f4200; --doubt-soft: #fff; --quiet-soft: #fff;
            --accent: #000;
          }
          @page { margin: 16mm 14mm; }
          body { padding: 0; max-width: none; font-size: 10pt; }
          nav, .skip, .pager, .filter { display: none; }
          button.sort::after { content: none; } svg.times { min-width: 0; }
          main tr[hidden] { display: table-row !important; } main ul.findings li[hidden] { display: list-item !important; }
          main ol.timeline li[hidden] { display: grid !important; }
          a { text-decoration: none; }
          .badge { border: 1px solid currentColor; }
          pre { border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
          pre code { overflow-wrap: anywhere; }
          h2, h3, h4, summary, figcaption { break-after: avoid; }
          tr, article dl, figure, ul.findings li, ul.tally li, .verdict, ol.timeline li, .step { break-inside: avoid; }
          section.image + section.image { break-before: page; }
          section.major { margin-bottom: 2rem; }
          .scroll { overflow: visible; } svg.graph { width: 100%; height: auto; }
          .scroll table { font-size: 8pt; } .scroll td, .scroll th { padding-right: .25rem; }
          td { min-width: 0; } td.wide { min-width: 9.5rem; } td.name { min-width: 8.25rem; } td.run { min-width: 11rem; }
          td.time { white-space: normal; min-width: 5.5rem; } table { font-size: 8.5pt; } summary { list-style: none; }
          ol.timeline li { grid-template-columns: 11rem 4.5rem 1fr; }
        }
        """
}
