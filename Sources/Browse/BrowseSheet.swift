internal import Report

/// How pages look: as the report does, with a banner, forms and links in the heads of columns.
enum BrowseSheet {
    static let text = "\(StyleSheet.text)\n\(more)\n"

    private static let more: StaticString = """
        body { padding-top: 1rem; }
        .banner { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; margin-bottom: .75rem; }
        .banner .home { font-weight: 700; font-size: 1.1rem; color: var(--ink); text-decoration: none; }
        .banner form { display: flex; flex: 1 1 20rem; gap: .5rem; }
        nav { margin-bottom: 1.5rem; }
        nav a[aria-current], .choices a[aria-current] { font-weight: 700; color: var(--ink); }
        input, select, button {
          font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: 8px;
          padding: .4rem .7rem; min-width: 0;
        }
        input[type="search"] { flex: 1 1 10rem; }
        button { background: var(--accent); color: var(--paper); border-color: var(--accent); font-weight: 650; cursor: pointer; }
        form.ask { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: .5rem 0 1rem; }
        form.ask label { display: grid; gap: .2rem; font-size: .8125rem; color: var(--soft); flex: 0 1 auto; min-width: 0; }
        form.ask label.wide { flex: 1 1 16rem; }
        form.ask input { width: 100%; }
        thead th a { color: inherit; text-decoration: none; white-space: nowrap; }
        thead th a:hover { text-decoration: underline; }
        thead th[aria-sort] a { color: var(--ink); font-weight: 700; }
        ul.choices { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1rem; padding: 0; margin: .25rem 0 1rem; }
        ul.choices li { margin: 0; font-size: .925rem; }
        ul.questions { list-style: none; padding: 0; margin: 0; display: grid; gap: .9rem 1.5rem;
          grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
        ul.questions li { margin: 0; } ul.questions a { font-weight: 650; }
        td.path { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere; }
        td.mono { font-family: var(--mono); font-size: .82em; white-space: nowrap; }
        tr.added td { background: var(--good-soft); } tr.removed td { background: var(--bad-soft); }
        footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
        ul.tree { padding-left: 1.25rem; margin: .25rem 0; }
        svg.tree text { font-size: 12px; }
        dd, li, .lead, .notice { overflow-wrap: anywhere; }
        @media (max-width: 46rem) {
          main > table:not(.list) > thead { display: none; }
          table.list > thead, table.list > thead > tr { display: flex; flex-wrap: wrap; gap: .2rem .9rem; }
          table.list > thead th { padding: 0; } td.mono { white-space: normal; }
          .banner form { flex-basis: 100%; }
        }
        """
}
