/* What a page gains with a script: tables that sort and filter. Without it everything reads. Charts that answer: charts.js. */
(function () {
  "use strict";
  var here = document.currentScript.src;
  var order;
  var loaded = {};

  function fold(text) {
    return text.toLowerCase().replace(/å/g, "aa").replace(/æ/g, "ae").replace(/ø/g, "oe");
  }

  /* A figure by its raw value, anything else by its words; what is unknown is null and always last. */
  function worth(cell) {
    var raw = cell.querySelector("data, time");
    if (!raw) { return cell.querySelector(".sg-none") ? null : (cell.querySelector("a") || cell).textContent.trim() || null; }
    raw = raw.getAttribute("value") || raw.getAttribute("datetime");
    return isNaN(raw) ? raw : Number(raw);
  }

  function sort(table, column, down) {
    var body = table.tBodies[0];
    var rows = Array.from(body.rows, function (row) { return [worth(row.cells[column]), row]; });
    rows.sort(function (one, other) {
      var a = one[0], b = other[0];
      if (a === null || b === null) { return (a === null) - (b === null); }
      var by = typeof a === "number" && typeof b === "number" ? a - b : order.compare(a, b);
      return down ? -by : by;
    });
    rows.forEach(function (row) { body.append(row[1]); });
    Array.from(table.tHead.rows[0].cells, function (head, place) {
      if (place === column) { head.setAttribute("aria-sort", down ? "descending" : "ascending"); } else { head.removeAttribute("aria-sort"); }
    });
  }

  /* The state lies in the address: find and sort. Not q: the shell opens its own search for that. */
  function remember(key, text) {
    var address = new URL(location);
    if (text) { address.searchParams.set(key, text); } else { address.searchParams.delete(key); }
    try { history.replaceState(history.state, "", address); } catch (refused) { /* file:// may refuse; the page works all the same */ }
  }

  /* sort=0.2- is the first table by its third column, downwards. */
  function sortable(table, number, asked) {
    Array.from(table.tHead.rows[0].cells, function (head, column) {
      if (head.hasAttribute("data-plain")) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sg-sort";
      button.append.apply(button, head.childNodes);
      head.append(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var down = now ? now === "ascending" : head.className.indexOf("sg-num") >= 0;
        sort(table, column, down);
        remember("sort", number + "." + column + (down ? "-" : ""));
      });
    });
    asked = /^(\d+)\.(\d+)(-?)$/.exec(asked);
    if (asked && +asked[1] === number && +asked[2] < table.tHead.rows[0].cells.length) { sort(table, +asked[2], !!asked[3]); }
  }

  function filter(label, asked) {
    var table = label.nextElementSibling.querySelector("table");
    var input = label.querySelector("input");
    var said = document.createElement("output");
    label.append(said);
    function narrow() {
      var wanted = fold(input.value.trim()), left = 0, rows = table.tBodies[0].rows;
      Array.from(rows, function (row) {
        var text = fold(row.textContent);
        row.hidden = !wanted.split(" ").every(function (word) { return text.includes(word); });
        left += !row.hidden;
      });
      /* the totals are those of all rows */
      if (table.tFoot) { table.tFoot.hidden = wanted !== ""; }
      said.textContent = !wanted ? "" : left ? left + " / " + rows.length : input.dataset.none;
    }
    input.addEventListener("input", function () { narrow(); remember("find", input.value.trim()); });
    label.hidden = false;
    if (asked) { input.value = asked; narrow(); }
  }

  function start() {
    var page = document.querySelector(".sg");
    if (!page || page.dataset.ready) { return; }
    page.dataset.ready = "yes";
    order = new Intl.Collator(document.documentElement.lang || "da", { numeric: true });
    var asked = new URLSearchParams(location.search);
    page.querySelectorAll("table[data-sortable]").forEach(function (table, number) { sortable(table, number, asked.get("sort")); });
    page.querySelectorAll(".sg-filter").forEach(function (label, number) { filter(label, number ? "" : asked.get("find")); });
    if (page.querySelector(".sg-scroll[data-wide]")) { more("wide.js", function () { window.sitegenWide(page); }); }
    if (page.querySelector("template.sg-spec")) { more("charts.js", function () { window.sitegenCharts(page); }); }
    if (page.querySelector("[data-choose]")) { more("columns.js", function () { window.sitegenColumns(page); }); }
    if (page.querySelector("[data-pivot]")) { more("pivot.js", function () { window.sitegenPivot(page); }); }
  }

  /* What few pages need is loaded by those. */
  function more(name, then) {
    if (loaded[name]) { then(); return; }
    var script = loaded[name] = document.createElement("script");
    script.src = new URL(name, here);
    script.onload = then;
    document.head.append(script);
  }

  /* With instant navigation the shell replaces the content and says so on document$; on file:// it never does. */
  if (window.document$) { window.document$.subscribe(start); }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
