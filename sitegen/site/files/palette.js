/* Puts light or dark on the page before it is drawn: what the reader chose, else what the machine prefers. */
(function () {
  "use strict";
  var chosen = window.__md_get("__palette"), colours = chosen && chosen.color;
  if (!colours || colours.media === "(prefers-color-scheme)") {
    var wanted = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    var option = document.querySelector("[data-md-color-media='(prefers-color-scheme: " + wanted + ")']");
    colours = option && { scheme: option.getAttribute("data-md-color-scheme") };
  }
  for (var key in colours || {}) { document.body.setAttribute("data-md-color-" + key, colours[key]); }
})();
