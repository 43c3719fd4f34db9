/* What the theme writes as inline scripts in its head, as a file: the policy allows no inline script at all. */
(function () {
  "use strict";
  /* The whole site, whatever the language: a choice of light or dark is made once. */
  window.__md_scope = new URL(document.currentScript.dataset.root, location);
  window.__md_hash = function (text) {
    return Array.from(text).reduce(function (sum, letter) { return (sum << 5) - sum + letter.charCodeAt(0); }, 0);
  };
  window.__md_get = function (key, storage, scope) {
    try {
      return JSON.parse((storage || localStorage).getItem((scope || window.__md_scope).pathname + "." + key));
    } catch (refused) { return null; }
  };
  window.__md_set = function (key, value, storage, scope) {
    try {
      (storage || localStorage).setItem((scope || window.__md_scope).pathname + "." + key, JSON.stringify(value));
    } catch (refused) { /* private window: the choice lasts for this page */ }
  };
  /* A file:// page may not start a Worker: search runs in a hidden frame instead, which this page fills script by script. */
  if (location.protocol === "file:") {
    window.IFrameWorker = class extends EventTarget {
      constructor(url) {
        super();
        var self = this, frame = document.createElement("iframe");
        frame.hidden = true;
        frame.title = "search";
        this.ready = new Promise(function (resolve) {
          document.addEventListener("DOMContentLoaded", resolve);
          if (document.readyState !== "loading") { resolve(); }
        }).then(function () {
          document.body.appendChild(frame);
          self.inner = frame.contentWindow;
          self.inner.postMessage = function (data) { self.dispatchEvent(new MessageEvent("message", { data: data })); };
          self.inner.importScripts = function () {
            return Array.from(arguments).reduce(function (before, script) {
              return before.then(function () { return self.load(script); });
            }, Promise.resolve());
          };
          self.inner.parent.IFrameWorker = window.IFrameWorker;
          return self.load(url);
        });
      }
      load(url) {
        var inner = this.inner;
        return new Promise(function (resolve, reject) {
          var script = inner.document.createElement("script");
          script.src = url;
          script.onload = resolve;
          script.onerror = reject;
          inner.document.body.appendChild(script);
        });
      }
      postMessage(data) {
        var self = this;
        this.ready.then(function () { self.inner.dispatchEvent(new MessageEvent("message", { data: data })); });
      }
      terminate() { if (this.inner) { this.inner.frameElement.remove(); } }
    };
    window.Worker = window.IFrameWorker;
  }
})();
