internal import Cryptography

/// The one script of a page: it adds sorting and filtering to tables and lists that read whole without it.
///
/// It moves and hides what stands in the page, writes text as text alone, keeps nothing and loads nothing. The policy of the
/// page allows this script by its digest, and no other.
enum PageScript {
    /// The element that holds it.
    static var node: HTMLNode { .script(text) }

    /// What a Content Security Policy calls it (CSP Level 3, hash-source): the digest of all that stands in the element.
    static let source = "'sha256-" + Base64.encode(Digest(hashing: Array("\n\(text)\n".utf8)).bytes) + "'"

    /// Fewer rows are not worth a button, fewer entries no field.
    private static let text: StaticString = #"""
        "use strict";
        (() => {
          const sortable = 3, filterable = 8;

          // A field above a list, and how much of the list it leaves.
          function addFilter(place, entries, title) {
            const bar = document.createElement("p"), label = document.createElement("label");
            const field = document.createElement("input"), state = document.createElement("output");
            bar.className = "filter";
            field.type = "search";
            field.autocomplete = "off";
            field.spellcheck = false;
            label.append("Show only what contains ", field);
            if (title) field.setAttribute("aria-label", "Show only what contains, in: " + title);
            bar.append(label, state);
            place.before(bar);
            const texts = entries.map(entry => entry.textContent.toLowerCase());
            field.addEventListener("input", () => {
              const wanted = field.value.trim().toLowerCase();
              let shown = 0;
              entries.forEach((entry, index) => {
                entry.hidden = wanted !== "" && !texts[index].includes(wanted);
                if (!entry.hidden) shown += 1;
              });
              state.textContent = wanted === "" ? "" : `${shown} of ${entries.length}`;
            });
          }

          const words = (row, column) => row.cells[column] ? row.cells[column].textContent.trim() : "";
          const number = text => /^-?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replaceAll(",", "")) : NaN;

          function sorted(rows, column, order) {
            if (order === "none") return rows;
            const numeric = rows.every(row => words(row, column) === "" || !Number.isNaN(number(words(row, column))));
            const keys = new Map(rows.map(row => {
              const text = words(row, column);
              return [row, numeric ? (text === "" ? -Infinity : number(text)) : text.toLowerCase()];
            }));
            const sign = order === "ascending" ? 1 : -1;
            return [...rows].sort((one, other) => {
              const first = keys.get(one), second = keys.get(other);
              return first < second ? -sign : first > second ? sign : 0;
            });
          }

          function addButtons(head, body, rows) {
            const next = { none: "ascending", ascending: "descending", descending: "none" };
            [...head.cells].forEach((cell, column) => {
              if (cell.textContent.trim() === "") return;
              const button = document.createElement("button");
              button.type = "button";
              button.className = "sort";
              button.textContent = cell.textContent;
              cell.replaceChildren(button);
              button.addEventListener("click", () => {
                const order = next[cell.getAttribute("aria-sort") || "none"];
                for (const other of head.cells) other.removeAttribute("aria-sort");
                if (order !== "none") cell.setAttribute("aria-sort", order);
                body.append(...sorted(rows, column, order));
              });
            });
          }

          for (const table of document.querySelectorAll("main table")) {
            const body = table.tBodies[0], head = table.tHead && table.tHead.rows[0];
            if (!body || !head) continue;
            const rows = [...body.rows];
            if (rows.length >= sortable) addButtons(head, body, rows);
            const title = table.caption ? table.caption.textContent : "";
            const around = table.parentElement.classList.contains("scroll") ? table.parentElement : table;
            if (rows.length >= filterable) addFilter(around, rows, title);
          }
          for (const list of document.querySelectorAll("main ol.timeline, main ul.findings")) {
            const title = list.matches("ol.timeline") ? "Timeline" : "Findings";
            if (list.children.length >= filterable) addFilter(list, [...list.children], title);
          }
        })();
        """#
}
