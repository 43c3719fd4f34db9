/* Puts the reader's choice of light or dark on the page before it is drawn; without a choice, what the machine prefers. */
(function () {
  "use strict";
  var chosen = window.__md_get("__palette");
  var colours = chosen && chosen.color;
  if (!colours) {
    var wanted = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    var option = document.querySelector("[data-md-color-media='(prefers-color-scheme: " + wanted + ")']");
    colours = option && { scheme: option.getAttribute("data-md-color-scheme") };
  }
  for (var key in colours || {}) { document.body.setAttribute("data-md-color-" + key, colours[key]); }
})();
