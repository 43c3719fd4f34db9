/* `sitegen serve` only: loads the page again when the site was built anew, and shows what is wrong with a record. */
(function () {
  "use strict";
  var version = document.currentScript.dataset.version, banner = null;
  function show(problems, heading) {
    if (banner) { banner.remove(); banner = null; }
    if (!problems.length) { return; }
    banner = document.createElement("div");
    banner.id = "sitegen-problems";
    banner.setAttribute("role", "alert");
    Object.assign(banner.style, {
      position: "fixed", left: "0", right: "0", bottom: "0", zIndex: "1000", maxHeight: "50vh", overflow: "auto",
      padding: "16px 24px", background: "#A3362A", color: "#FFFFFF", font: "14px/1.5 ui-monospace, Consolas, monospace"
    });
    var title = document.createElement("strong");
    title.textContent = heading;
    banner.appendChild(title);
    problems.forEach(function (problem) {
      var line = document.createElement("div");
      line.textContent = problem;
      banner.appendChild(line);
    });
    document.body.appendChild(banner);
  }
  function ask() {
    fetch("/__sitegen/state", { cache: "no-store" }).then(function (answer) { return answer.json(); }).then(function (state) {
      if (String(state.version) !== version) { location.reload(); return; }
      show(state.problems, state.heading);
      setTimeout(ask, 400);
    }).catch(function () { setTimeout(ask, 2000); });
  }
  ask();
})();
