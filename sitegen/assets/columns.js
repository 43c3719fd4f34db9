/* The reader chooses the columns of a table marked data-choose. Those that begin hidden carry sg-off; the choice lies in the address. */
(function () {
  "use strict";

  function show(table, column, shown) {
    Array.from(table.rows, function (row) { if (row.cells[column]) { row.cells[column].classList.toggle("sg-off", !shown); } });
  }

  function chooser(table, asked) {
    var heads = Array.from(table.tHead.rows[0].cells);
    if (asked) {
      asked = asked.split(".").map(Number);
      heads.forEach(function (head, column) { if (column) { show(table, column, asked.indexOf(column) >= 0); } });
    }
    var more = document.createElement("details");
    var summary = document.createElement("summary");
    var set = document.createElement("fieldset");
    var legend = document.createElement("legend");
    more.className = "sg-more sg-choose";
    summary.textContent = table.dataset.choose;
    legend.className = "sg-only";
    legend.textContent = table.dataset.choose;
    set.append(legend);
    heads.forEach(function (head, column) {
      if (!column) { return; }
      var label = document.createElement("label");
      var box = document.createElement("input");
      box.type = "checkbox";
      box.checked = !head.classList.contains("sg-off");
      box.addEventListener("change", function () {
        show(table, column, box.checked);
        var address = new URL(location);
        address.searchParams.set("columns", heads.map(function (one, place) { return place; }).filter(function (place) {
          return place && !heads[place].classList.contains("sg-off");
        }).join("."));
        try { history.replaceState(history.state, "", address); } catch (refused) { /* file:// may refuse */ }
      });
      label.append(box, " " + head.textContent.trim().replace(/\s+/g, " "));
      set.append(label);
    });
    more.append(summary, set);
    var frame = table.closest(".sg-scroll"), hint = frame.previousElementSibling;
    (hint && hint.classList.contains("sg-wider") ? hint : frame).before(more);
  }

  window.sitegenColumns = function (page) {
    var asked = new URLSearchParams(location.search).get("columns");
    page.querySelectorAll("table[data-choose]").forEach(function (table, number) { chooser(table, number ? "" : asked); });
  };
})();
