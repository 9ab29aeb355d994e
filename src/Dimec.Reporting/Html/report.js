"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = Array.from(table.tHead.rows[0].cells);
  const body = table.tBodies[0];
  const isNumber = text => text.trim() === "" ? false : !Number.isNaN(Number(text));
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const key = row => row.cells[column].dataset.value;
      const numeric = Array.from(body.rows).every(row => isNumber(key(row)));
      const first = numeric ? "descending" : "ascending";
      const other = numeric ? "ascending" : "descending";
      const order = head.getAttribute("aria-sort") === first ? other : first;
      heads.forEach(h => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      const compare = numeric ? (a, b) => Number(key(a)) - Number(key(b)) : (a, b) => key(a).localeCompare(key(b), "en", { numeric: true });
      const sign = order === "ascending" ? 1 : -1;
      body.append(...Array.from(body.rows).sort((a, b) => sign * compare(a, b)));
    });
  });
}
for (const data of document.querySelectorAll("pre.csv")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save";
  button.textContent = "Save as " + data.dataset.file;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data.textContent], { type: "text/csv" }));
    link.download = data.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  data.before(button);
}
