/* Before the first paint: follow the device when nobody chose light or dark. */
(function () {
  var root = document.documentElement;
  if (root.hasAttribute("data-follow-device") && window.matchMedia("(prefers-color-scheme: dark)").matches) {
    root.setAttribute("data-bs-theme", "dark");
  }
})();
