/* Keep what is typed on this device until it has arrived: a comfort, the form works without it. */
(function () {
  "use strict";
  var LONGEST = 24 * 3600 * 1000;
  var store;
  try { store = window.localStorage; store.getItem("x"); } catch (error) { return; }

  function read(name) {
    try {
      var kept = JSON.parse(store.getItem("draft:" + name) || "null");
      if (kept && Date.now() - kept.at < LONGEST) { return kept; }
    } catch (error) { /* an unreadable draft is no draft */ }
    store.removeItem("draft:" + name);
    return null;
  }

  /* What is older than a day goes, whoever typed it on this device. */
  Object.keys(store).forEach(function (key) { if (key.indexOf("draft:") === 0) { read(key.slice(6)); } });

  /* The page after sending: what arrived is forgotten here. */
  document.querySelectorAll("[data-draft-sent]").forEach(function (mark) {
    var kept = read(mark.dataset.draftSent);
    if (kept && kept.values.sent_key === mark.dataset.key) { store.removeItem("draft:" + mark.dataset.draftSent); }
  });

  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    var name = form.dataset.draft;
    var state = form.querySelector(".draft-state");
    var forget = form.querySelector(".draft-forget");

    function say(text) { if (state) { state.textContent = text || ""; } }
    function fields() {
      return Array.prototype.filter.call(form.elements, function (field) {
        return field.name && field.name !== "csrfmiddlewaretoken" && field.type !== "submit";
      });
    }
    function keep(waiting) {
      var values = {};
      fields().forEach(function (field) {
        if (field.type === "radio" || field.type === "checkbox") {
          if (field.checked) { values[field.name] = field.value; }
        } else { values[field.name] = field.value; }
      });
      store.setItem("draft:" + name, JSON.stringify({ at: Date.now(), values: values, waiting: Boolean(waiting) }));
      if (forget) { forget.hidden = false; }
      say(waiting ? form.dataset.offline : form.dataset.kept);
    }
    function restore(kept) {
      fields().forEach(function (field) {
        var value = kept.values[field.name];
        if (value === undefined) { return; }
        if (field.type === "radio" || field.type === "checkbox") { field.checked = field.value === value; }
        else if (field.type !== "hidden" || field.name === "sent_key") { field.value = value; }
      });
      if (forget) { forget.hidden = false; }
      say(kept.waiting ? form.dataset.offline : form.dataset.kept);
    }
    function sendWaiting() {
      var kept = read(name);
      if (!kept || !kept.waiting || !navigator.onLine) { return; }
      say(form.dataset.back);
      /* A fresh page first: its form carries a valid token; the key makes sure that it is entered once. */
      fetch(window.location.href, { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
        if (!answer.ok || answer.redirected) { say(form.dataset.login); return; }
        return answer.text().then(function (text) {
          var page = new DOMParser().parseFromString(text, "text/html");
          var token = page.querySelector("form[data-draft] [name=csrfmiddlewaretoken]");
          if (!token) { return; }
          form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
          keep(false);
          form.submit();
        });
      }).catch(function () { say(form.dataset.offline); });
    }

    var kept = form.querySelector(".errors") ? null : read(name);
    if (kept) { restore(kept); }
    form.addEventListener("input", function () { keep(false); });
    form.addEventListener("change", function () { keep(false); });
    form.addEventListener("submit", function (event) {
      if (!navigator.onLine) {
        event.preventDefault();
        event.stopImmediatePropagation();
        keep(true);
      }
    }, true);
    if (forget) {
      forget.addEventListener("click", function () {
        store.removeItem("draft:" + name);
        form.reset();
        forget.hidden = true;
        say("");
      });
    }
    window.addEventListener("online", sendWaiting);
    sendWaiting();
  });
})();
