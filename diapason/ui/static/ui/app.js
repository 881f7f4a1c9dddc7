/* Comforts only: every page works without this file. */
(function () {
  "use strict";
  var root = document.documentElement;

  /* Ctrl K goes to the search field. */
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      var field = document.getElementById("find");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
    if (event.key === "Escape") { closePops(null, true); }
  });

  /* Light or dark without a new page; remembered by the same cookie as without scripts. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.classList.contains("theme-form") && event.submitter) {
      event.preventDefault();
      var theme = event.submitter.value;
      var secure = location.protocol === "https:" ? ";secure" : "";
      document.cookie = "theme=" + theme + ";path=/;max-age=31536000;samesite=lax" + secure;
      root.setAttribute("data-bs-theme", theme);
      root.removeAttribute("data-follow-device");
      var other = form.querySelector(theme === "dark" ? ".to-light" : ".to-dark");
      if (other) { other.focus(); }
      return;
    }
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { event.preventDefault(); return; }
    /* A second click does not send the same act twice. */
    if (form.method === "post" && !("givesFile" in form.dataset)) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  /* Menus close when one clicks elsewhere. */
  function closePops(except, focus) {
    document.querySelectorAll("details.pop[open]").forEach(function (pop) {
      if (pop === except) { return; }
      if (focus && pop.contains(document.activeElement)) { pop.querySelector("summary").focus(); }
      pop.removeAttribute("open");
    });
  }
  document.addEventListener("click", function (event) { closePops(event.target.closest("details.pop"), false); });

  /* The sidebar on a telephone. */
  var button = document.querySelector(".menu-button");
  var menu = document.getElementById("menu");
  if (button && menu) {
    button.setAttribute("role", "button");
    button.addEventListener("keydown", function (event) {
      if (event.key === " ") { event.preventDefault(); button.click(); }
    });
    button.addEventListener("click", function (event) {
      event.preventDefault();
      var open = menu.classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
      if (open) { var first = menu.querySelector("a"); if (first) { first.focus(); } }
    });
  }
})();
