/* The page of a missing address, opened as a file: all it needs lies beside it, not where the site is published. */
if (location.protocol === "file:") {
  document.head.prepend(Object.assign(document.createElement("base"), { href: new URL(".", location).href }));
}
