/* The end of a session, told in time (WCAG 2.2.1); what was typed outlives it in this tab, for the same person only. */
(function () {
  "use strict";
  var KEY = "diapason-typed";
  var DAY = 24 * 3600 * 1000;
  var body = document.body;
  var who = body.dataset.who || "";
  var notice = document.getElementById("session-notice");
  var words = document.getElementById("typed-words");
  var store;
  try { store = window.sessionStorage; store.getItem(KEY); } catch (error) { store = null; }

  /* ---- what was typed ---- */
  function read() {
    try {
      var kept = JSON.parse(store.getItem(KEY) || "null");
      return kept && Date.now() - kept.at < DAY ? kept : null;
    } catch (error) { return null; }
  }
  function write(kept) {
    if (!store) { return; }
    try { if (kept) { store.setItem(KEY, JSON.stringify(kept)); } else { store.removeItem(KEY); } } catch (error) { /* full: nothing is kept */ }
  }
  function forms() {
    return Array.prototype.filter.call(document.querySelectorAll("main form[method=post]"), function (form) {
      return !("draft" in form.dataset) && !form.querySelector("input[type=password]");
    });
  }
  function name_of(form) {
    var action = new URL(form.getAttribute("action") || "", window.location.href).pathname;
    var same = forms().filter(function (other) {
      return new URL(other.getAttribute("action") || "", window.location.href).pathname === action;
    });
    return action + "#" + same.indexOf(form);
  }
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && (field.type !== "hidden" || field.name === "version") && ["submit", "button", "file", "password", "fieldset"].indexOf(field.type) < 0;
    });
  }
  function chosen(option) { return option.selected; }
  function is_typed(field) {
    if (field.type === "radio" || field.type === "checkbox") { return field.checked !== field.defaultChecked; }
    if (field.options) { return Array.prototype.some.call(field.options, function (option) { return option.selected !== option.defaultSelected; }); }
    return field.type !== "hidden" && field.value !== field.defaultValue;
  }
  function value_of(field) {
    if (field.type === "radio" || field.type === "checkbox") { return field.checked; }
    if (field.options) { return Array.prototype.filter.call(field.options, chosen).map(function (option) { return option.value; }); }
    return field.value;
  }
  function values_of(form) {
    return fields(form).map(function (field) {
      var tick = field.type === "radio" || field.type === "checkbox";
      return { name: field.name, of: tick ? field.value : "", typed: "posted" in body.dataset || is_typed(field), value: value_of(field) };
    });
  }
  function page_of_form() {
    /* A page that answers a form cannot be asked for again: the page of the form is the one before. */
    if ("posted" in body.dataset && document.referrer.indexOf(window.location.origin + "/") === 0) {
      return document.referrer.slice(window.location.origin.length);
    }
    return window.location.pathname + window.location.search;
  }
  function keep(sent) {
    if (!who) { return; }
    var typed = {};
    forms().forEach(function (form) {
      if (form === sent || "posted" in body.dataset || fields(form).some(is_typed)) { typed[name_of(form)] = values_of(form); }
    });
    if (Object.keys(typed).length) { write({ at: Date.now(), who: who, page: page_of_form(), title: document.title, sent: Boolean(sent), forms: typed }); }
  }
  /* Only what this person changed is put back, with the version it was typed over: a change by somebody else shows. */
  function put_back(form, values, past) {
    var left = values.slice();
    fields(form).forEach(function (field) {
      var tick = field.type === "radio" || field.type === "checkbox";
      var at = left.findIndex(function (value) { return value.name === field.name && (!tick || value.of === field.value); });
      if (at < 0) { return; }
      var kept = left.splice(at, 1)[0];
      if (field.name === "version" ? past : !kept.typed) { return; }
      if (tick) { field.checked = kept.value; }
      else if (field.options) { Array.prototype.forEach.call(field.options, function (option) { option.selected = kept.value.indexOf(option.value) >= 0; }); }
      else { field.value = kept.value; }
    });
  }
  function note(text, button, press) {
    var line = document.createElement("div");
    line.className = "note warning typed-note";
    line.setAttribute("role", "status");
    line.appendChild(document.createElement("span")).textContent = text + " ";
    button.className = "btn-quiet";
    button.addEventListener("click", press);
    line.appendChild(button);
    return line;
  }
  function forget() { write(null); document.querySelectorAll(".typed-note").forEach(function (line) { line.remove(); }); }

  var kept = store ? read() : null;
  if (kept && who && kept.who !== who) { write(null); kept = null; }
  if (kept && !who) { kept.sent = false; write(kept); kept = null; }
  if (kept && document.querySelector("[data-not-saved]")) { kept.sent = false; kept.past = true; write(kept); }
  else if (kept && kept.sent) { write(null); kept = null; }
  if (kept && words) {
    var found = false;
    forms().forEach(function (form) {
      var values = kept.forms[name_of(form)];
      if (!values || "posted" in body.dataset) { return; }
      found = true;
      put_back(form, values, kept.past);
      var off = document.createElement("button");
      off.type = "button";
      off.textContent = words.dataset.forget;
      form.insertBefore(note(words.dataset.back, off, function () { form.reset(); forget(); }), form.firstChild);
    });
    if (found) { write(null); }
    else if ("posted" in body.dataset || kept.page !== page_of_form()) {
      var link = document.createElement("a");
      link.href = kept.page;
      link.textContent = words.dataset.open;
      var main = document.getElementById("content");
      if (main) { main.insertBefore(note(words.dataset.elsewhere + " " + kept.title.replace(/ · Diapason$/, "") + ".", link, function () {}), main.firstChild); }
    }
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (notice && form.getAttribute("action") === notice.dataset.leave) { write(null); return; }
    if (forms().indexOf(form) >= 0 && fields(form).some(function (field) { return field.type !== "hidden"; })) { keep(form); }
  });

  /* ---- the end of the session ---- */
  var idle = Number(body.dataset.idle || 0);
  if (!notice || !idle) { return; }
  var text = document.getElementById("session-notice-text");
  var stay = notice.querySelector("[data-stay]");
  var again = notice.querySelector("[data-again]");
  var later = notice.querySelector("[data-later]");
  var IDLE_WORD = 120, END_WORD = 600;
  var idle_at, timer, before = null, shown = "", put_off = false;
  var end_at = Date.now() + Number(body.dataset.left || 0) * 1000;
  if (!body.dataset.left) { end_at = Infinity; }

  function say(kind) {
    if (kind === shown) { return; }
    if (!shown) { before = document.activeElement; }
    shown = kind;
    notice.hidden = !kind;
    if (!kind) { if (before && before.focus) { before.focus(); } return; }
    if (kind === "over") { keep(null); }
    text.textContent = text.dataset[kind];
    stay.hidden = kind !== "idle";
    again.hidden = kind === "idle";
    later.hidden = kind !== "end";
    (kind === "idle" ? stay : kind === "end" ? later : again).focus();
  }
  function look() {
    var now = Date.now();
    window.clearTimeout(timer);
    if (now >= Math.min(idle_at, end_at)) { say("over"); return; }
    var word_at = [idle_at - IDLE_WORD * 1000, put_off ? Infinity : end_at - END_WORD * 1000];
    if (now >= word_at[1]) { say("end"); }
    else if (now >= word_at[0]) { say("idle"); }
    var next = [idle_at, end_at].concat(word_at).filter(function (at) { return at > now; });
    timer = window.setTimeout(look, Math.min(Math.min.apply(null, next) - now, DAY));
  }
  function touched() {
    idle_at = Date.now() + idle * 1000;
    if (shown === "idle") { say(""); }
    look();
  }
  function sign_in() {
    keep(null);
    window.location.assign(notice.dataset.enter + "?next=" + encodeURIComponent(page_of_form()));
  }
  stay.addEventListener("click", function () {
    window.fetch(window.location.href, { method: "HEAD", credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      if (answer.redirected) { say("over"); return; }
      touched();
    }).catch(function () { /* No network: the notice stays, and so does its button. */ });
  });
  again.addEventListener("click", function () {
    if (shown === "over") { sign_in(); return; }
    keep(null);
    window.fetch(notice.dataset.leave, { method: "POST", credentials: "same-origin", headers: JSON.parse(body.getAttribute("hx-headers")) })
      .then(sign_in).catch(function () { /* No network: nothing is lost, the notice stays. */ });
  });
  later.addEventListener("click", function () { put_off = true; say(""); look(); });
  body.addEventListener("htmx:afterRequest", touched);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { look(); } });
  document.addEventListener("visibilitychange", look);
  touched();
})();
