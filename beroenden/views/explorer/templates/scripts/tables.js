// The tables: sorted by any column, and copied to a spreadsheet.

function cellKey(cell) {
  if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
  if (cell.classList.contains("number")) {
    const digits = cell.textContent.replace(/[^\d,.]/g, "").replace(",", ".");
    return digits ? Number(digits) : -1;
  }
  if (cell.classList.contains("time")) return cell.textContent.replace(/^\D+/, "") || "9999"; // what has no time comes last
  return cell.textContent.trim();
}

function compareKeys(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : collator.compare(String(one), String(other));
}

/** Sort by a column, rising at first, then falling. */
function sortBy(table, heading, column) {
  const falling = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, key: cellKey(row.cells[column]) }));
  rows.sort((one, other) => (falling ? -1 : 1) * compareKeys(one.key, other.key));
  body.append(...rows.map(({ row }) => row));
}

/** A time as it is read here, with or without its weekday and its time of day. */
const TIME = /^(?:\p{L}+ )?(\d{4}-\d\d-\d\d)(?: (\d\d)[.:](\d\d))?$/u;

/**
 * A cell as a spreadsheet takes it: numbers and times plain, in the unit that the heading then has; on one line, never as a
 * formula, never as the beginning of a quotation.
 */
function spreadsheetCell(cell) {
  if (cell.dataset.copy !== undefined) return cell.dataset.copy;
  const parts = [...cell.querySelectorAll("div")].map((part) => part.textContent);
  const text = (parts.length ? parts.join("; ") : cell.textContent).replace(/\s+/g, " ").trim();
  const time = cell.classList.contains("time") && TIME.exec(text);
  if (time) return time[2] ? `${time[1]} ${time[2]}:${time[3]}` : time[1];
  const plain_ = cell.classList.contains("number") ? text.replace(/(\d) (?=\d)/g, "$1") : text;
  return /^[=+\-@"]/.test(plain_) ? "'" + plain_ : plain_;
}

async function copy(table, press) {
  const text = [...table.rows].map((row) => [...row.cells].map(spreadsheetCell).join("\t")).join("\r\n");
  const done = await toClipboard(text);
  press.textContent = done ? fill(words.copied, { rows: countText(table.tBodies[0].rows.length, words.nouns.rows) }) : words.notCopied;
  setTimeout(() => { press.textContent = words.copy; }, 4000);
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", text);
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function prepareTables(within) {
  for (const table of within.querySelectorAll("table.sorted")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      heading.replaceChildren(button(heading.textContent, () => sortBy(table, heading, column), "sort"));
    });
    const press = button(words.copy, () => copy(table, press), "copy");
    table.before(press);
  }
}

/** Long tables wait in a template until they are asked for, so that the page opens quickly. */
for (const fold of document.querySelectorAll("details")) {
  fold.addEventListener("toggle", () => {
    const waiting = fold.querySelector("template");
    if (!fold.open || !waiting) return;
    const box = element("div");
    box.append(waiting.content);
    waiting.replaceWith(box);
    prepareTables(box);
  });
}
