/* Tables that may be wider than their frame (data-wide: the words that say so). */
(function () {
  "use strict";

  /* A table wider than its frame says so above it; the words are a button that moves on to what is hidden. */
  function wide(frame) {
    var hint = document.createElement("button");
    hint.type = "button";
    hint.className = "sg-wider";
    hint.textContent = frame.dataset.wide + " →";
    hint.addEventListener("click", function () { frame.scrollBy({ left: frame.clientWidth * 0.6, behavior: "smooth" }); });
    function look() {
      hint.hidden = frame.scrollWidth <= frame.clientWidth + 1;
      hint.disabled = frame.scrollLeft + frame.clientWidth >= frame.scrollWidth - 1;
      frame.classList.toggle("sg-scroll--moved", frame.scrollLeft > 1);
    }
    frame.before(hint);
    frame.addEventListener("scroll", look, { passive: true });
    var watch = new ResizeObserver(look);
    watch.observe(frame);
    watch.observe(frame.firstElementChild);
  }

  window.sitegenWide = function (page) { page.querySelectorAll(".sg-scroll[data-wide]").forEach(wide); };
})();
