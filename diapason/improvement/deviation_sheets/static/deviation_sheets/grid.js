/* A comfort only: Enter and the arrows go up and down in a grid of counts, as in a spreadsheet. */
(function () {
  "use strict";
  document.querySelectorAll("table.counts").forEach(function (table) {
    table.addEventListener("keydown", function (event) {
      var field = event.target;
      var step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !field.matches("input") || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (event.key === "Enter" && field.type === "checkbox") { return; }
      event.preventDefault();
      var cell = field.closest("td");
      var row = cell.parentElement;
      var next = table.tBodies[0].rows[row.sectionRowIndex + step];
      var other = next && next.cells[cell.cellIndex].querySelector("input:not([type=hidden])");
      if (other) { other.focus(); if (other.select) { other.select(); } }
    });
  });
})();
