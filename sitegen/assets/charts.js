/* Interactive charts: a button beside each still picture that has a spec in its <template>; the renderer is fetched at the first press. */
(function () {
  "use strict";
  var here = document.currentScript.src;
  var waiting;

  function library() {
    waiting = waiting || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = new URL("vega.js", here);
      script.onload = done;
      script.onerror = function () { waiting = null; failed(); };
      document.head.append(script);
    });
    return waiting;
  }

  function button(template, config) {
    var pictures = template.previousElementSibling;
    var figure = template.closest("figure, section") || template.parentNode;
    var place = figure.querySelector(".sg-downloads");
    var press = document.createElement("button");
    var live;
    while (pictures.previousElementSibling && pictures.previousElementSibling.matches("svg.sg-wide, svg.sg-narrow")) {
      pictures = pictures.previousElementSibling;
    }
    if (!place) {
      place = document.createElement("p");
      place.className = "sg-downloads";
      template.after(place);
    }
    press.type = "button";
    press.className = "sg-interactive";
    press.textContent = template.dataset.label;
    place.append(press);

    function close() {
      if (live) { live.remove(); }
      live = null;
      press.textContent = template.dataset.label;
    }

    press.addEventListener("click", function () {
      if (live) { close(); return; }
      press.disabled = true;
      library().then(function () {
        var spec = JSON.parse(template.content.textContent);
        live = document.createElement("div");
        live.className = "sg-live";
        pictures.before(live);
        spec.config = JSON.parse(config.content.textContent);
        if (spec.width) { spec.width = live.clientWidth; }
        return window.vegaEmbed(live, spec, {
          actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true }
        });
      }).then(function () { press.textContent = config.dataset.close; }, close).then(function () { press.disabled = false; });
    });
  }

  window.sitegenCharts = function (page) {
    var config = page.querySelector("template.sg-config");
    if (config) { page.querySelectorAll("template.sg-spec").forEach(function (template) { button(template, config); }); }
  };
})();
