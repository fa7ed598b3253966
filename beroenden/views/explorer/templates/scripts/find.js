// Finding and narrowing: search, payment, groups, filters, neighbourhood, the way between two.

/**
 * A text field that suggests what it could mean; arrow keys, Enter and Escape as usual.
 * `leave`, where given, is told what the text means when the field is left, and null where that is nothing or several.
 */
function combobox(field, options, take, leave) {
  const list = byId(field.getAttribute("aria-controls"));
  let [found, at] = [[], -1];
  function suggest() {
    const wanted = plainText(field.value);
    found = wanted ? options().filter(({ text }) => wanted.split(" ").every((word) => text.includes(word))) : [];
    found.sort((one, other) => rankOf(one, wanted) - rankOf(other, wanted) || collator.compare(one.name, other.name));
    at = found.length ? 0 : -1;
    list.replaceChildren(...found.slice(0, 30).map(suggestion));
    if (found.length > 30) list.append(remark(fill(words.more, { count: found.length - 30 })));
    if (wanted && !found.length) list.append(remark(words.noHit));
    list.hidden = !wanted;
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  }
  function suggestion(option, index) {
    const item = element("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.append(element("span", option.name), element("span", option.note, "note"));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(index); });
    return item;
  }
  function remark(text) {
    const item = element("li", text, "note");
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    return item;
  }
  function mark() {
    [...list.querySelectorAll("[role=option]:not([aria-disabled])")].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
      byId(`${list.id}-${at}`).scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  }
  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function pick(index) {
    field.value = found[index].name;
    close();
    take(found[index].id);
  }
  /** What is written means what is named so, else the only thing that it can mean. */
  function left() {
    const wanted = plainText(field.value);
    const exact = options().filter(({ id, name }) => wanted === plainText(name) || wanted === id);
    if (leave && !list.hidden) {
      const only = exact.length ? exact : found;
      if (only.length === 1) field.value = only[0].name;
      leave(only.length === 1 ? only[0].id : null);
    }
    close();
  }
  field.addEventListener("input", suggest);
  field.addEventListener("blur", left);
  field.addEventListener("keydown", (event) => {
    const last = Math.min(found.length, 30) - 1;
    if (event.key === "ArrowDown" && !list.hidden) at = Math.min(at + 1, last);
    else if (event.key === "ArrowUp" && !list.hidden) at = Math.max(at - 1, 0);
    else if (event.key === "Enter" && !list.hidden && at >= 0) return pick(at);
    else if (event.key === "Escape") return close();
    else return undefined;
    event.preventDefault();
    return mark();
  });
}

/** As it is compared: without case, each space one. */
const plainText = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();
const out = new Set(played ? played.outages.map(({ entity }) => entity) : []);

/** What is called exactly so comes first, then what is out, then what begins so. */
function rankOf({ id, name, text }, wanted) {
  if (id === wanted || plainText(name) === wanted) return 0;
  if (out.has(id)) return 1;
  return text.startsWith(wanted) ? 2 : text.includes(" " + wanted) ? 3 : 4;
}

const found = [
  ...[...entities].map(([id, entity]) => ({ id, name: entity.name, text: plainText(`${entity.name} ${id}`), note: data.kinds[entity.kind].name })),
  ...[...payments].map(([id, payment]) => ({ id, name: payment.name, text: plainText(`${payment.name} ${id}`), note: words.payment })),
];
const onlyEntities = found.filter(({ id }) => entities.has(id));

// ---- what is shown ----

/** Draw what the reader has chosen, and say so. */
function changeView() {
  draw();
  byId("payment").value = choice.payment || "";
  byId("grouping").value = choice.grouping;
  writeShown();
  choose(chosen !== null && (payments.has(chosen) || itemOf.has(chosen) || shown.items.has(chosen)) ? chosen : null);
}

/** What part of the map is shown, and how each narrowing is taken away. */
function writeShown() {
  const line = byId("shown");
  const hadFocus = line.contains(document.activeElement);
  const groups = [...shown.items.values()].filter((item) => item.group).length;
  const text = fill(words.shown, { some: numberText(shown.count), all: numberText(entities.size) });
  if (!shown.count) line.replaceChildren(element("strong", words.nothingShown));
  else line.replaceChildren(element("span", groups ? `${text}, ${fill(words.groups[shown.grouping], { groups: countText(groups, words.nouns.groups) })}` : text));
  if (shown.lines.size > MANY_EDGES) line.append(element("span", words.edgesOnDemand));
  if (choice.payment) line.append(chip(nameOf(choice.payment), () => { choice.payment = null; }));
  if (choice.focus) line.append(focusChip());
  if (choice.path) line.append(chip(`${nameOf(choice.path.one)} – ${nameOf(choice.path.other)}`, () => { choice.path = null; }));
  for (const name of Object.keys(choice.filters)) {
    line.append(chip(`${words.filter}: ${words.filters[name]}`, () => { delete choice.filters[name]; readFilters(); }));
  }
  if (choice.opened.size) line.append(chip(words.opened, () => choice.opened.clear()));
  if (hadFocus) (line.querySelector("button") || byId("find")).focus();
}

function chip(text, remove) {
  const made = element("span", text, "chip");
  const cross = button("×", () => { remove(); changeView(); });
  cross.setAttribute("aria-label", fill(words.remove, { what: text }));
  made.append(cross);
  return made;
}

/** The neighbourhood, with its depth to change. */
function focusChip() {
  const { id, depth } = choice.focus;
  const made = chip(fill(words.around, { name: nameOf(id), depth }), () => { choice.focus = null; });
  for (const [text, label, step] of [["−", words.narrower, -1], ["+", words.wider, 1]]) {
    const press = button(text, () => focusOn(id, Math.max(1, depth + step)));
    press.setAttribute("aria-label", label);
    made.insertBefore(press, made.lastChild);
  }
  return made;
}

/** Choose something by name, wherever it is: out of its group, and out of what the view has been narrowed to. */
function show(id) {
  const item = itemOf.get(id);
  if (!entities.has(id) || item === id) return choose(id);
  chosen = id;
  if (item) {
    choice.opened.add(item);
    return changeView();
  }
  Object.assign(choice, { payment: null, path: null, filters: {} });
  readFilters();
  return focusOn(id, 2);
}

function focusOn(id, depth) {
  choice.focus = { id, depth };
  chosen = id;
  changeView();
}

// ---- filters ----

/** The values that a filter can have, with how many entities have each. */
function valuesOf(name) {
  const counts = new Map();
  for (const [id, entity] of entities) {
    const value = filterValues[name](id, entity);
    counts.set(value, (counts.get(value) || 0) + 1);
  }
  const order = { kind: Object.keys(data.kinds), state: Object.keys(data.states), label: data.labels,
    confidence: ["high", "medium", "low", NOT_VERIFIED], age: [...Object.keys(ages), NOT_VERIFIED] }[name];
  const values = [...counts.keys()];
  values.sort(order ? (one, other) => order.indexOf(one) - order.indexOf(other) : byName);
  return values.map((value) => ({ value, count: counts.get(value) }));
}

function valueName(name, value) {
  if (name === "kind") return data.kinds[value].name;
  if (name === "state") return data.states[value].name;
  if (name === "owner") return nameOf(value);
  return name === "label" ? value : words[name][value];
}

/** A box for each filter, a tick for each of its values. */
function buildFilters() {
  const names = Object.keys(filterValues).filter((name) => name !== "state" || played);
  byId("filters").append(...names.map((name) => {
    const box = element("fieldset");
    box.dataset.filter = name;
    box.append(element("legend", words.filters[name]));
    const ticks = element("div", undefined, "ticks");
    for (const { value, count } of valuesOf(name)) {
      const label = element("label");
      const tick = element("input");
      Object.assign(tick, { type: "checkbox", checked: true, value });
      tick.addEventListener("change", () => takeFilter(name, box));
      label.append(tick, ` ${valueName(name, value)} (${numberText(count)})`);
      ticks.append(label);
    }
    box.append(button(words.none, () => tickAll(name, box, false)), button(words.all, () => tickAll(name, box, true)), ticks);
    return box;
  }));
}

function tickAll(name, box, checked) {
  for (const tick of box.querySelectorAll("input")) tick.checked = checked;
  takeFilter(name, box);
}

function takeFilter(name, box) {
  const ticks = [...box.querySelectorAll("input")];
  if (ticks.every((tick) => tick.checked)) delete choice.filters[name];
  else choice.filters[name] = new Set(ticks.filter((tick) => tick.checked).map((tick) => tick.value));
  changeView();
}

/** Let the ticks say what the filters are. */
function readFilters() {
  for (const box of byId("filters").querySelectorAll("fieldset")) {
    const values = choice.filters[box.dataset.filter];
    for (const tick of box.querySelectorAll("input")) tick.checked = !values || values.has(tick.value);
  }
}

// ---- the way between two ----

const ends = { one: null, other: null };

function openPath(id) {
  toggleBox("paths", true);
  ends.one = id;
  byId("path-one").value = nameOf(id);
  byId("path-other").focus();
}

function takeEnd(name, id) {
  ends[name] = id;
  sayEnd(name, "");
  if (ends.one && ends.other && ends.one !== ends.other) showPath();
}

/** An end whose field was left: taken where it is plain what it means, else said; an empty one is none. */
function leaveEnd(name, id) {
  if (id) return takeEnd(name, id);
  ends[name] = null;
  return sayEnd(name, byId(`path-${name}`).value.trim() ? words.chooseOne : "");
}

function sayEnd(name, text) {
  byId(`path-${name}-said`).textContent = text;
  byId(`path-${name}`).setAttribute("aria-invalid", String(text !== ""));
}

function showPath() {
  choice.path = { one: ends.one, other: ends.other };
  chosen = null;
  changeView();
  openPanel(words.pathTitle);
  const ways = waysBetween(ends.one, ends.other);
  const joining = paymentsJoining(ends.one, ends.other);
  if (ways) {
    addList(words.pathSteps, ways.path.map((id, place) =>
      linkedItem("", [id], place ? needBetween(ways.path[place - 1], id) : "")), "", "ol");
    if (ways.all.size > ways.path.length) chosenView.append(element("p", words.morePaths, "note"));
  }
  addList(words.joining, joining.map((id) => linkedItem("", [id])));
  if (!ways) {
    const names = { one: nameOf(ends.one), other: nameOf(ends.other) };
    chosenView.append(element("p", fill(joining.length ? words.onlyPayments : words.noPath, names)));
    addList(words.shared, sharedBy(ends.one, ends.other).map((id) => linkedItem("", [id])), words.nothingShared);
  }
  emphasise(null);
}

const needBetween = (provider, consumer) =>
  entities.get(consumer).needs.filter((need) => need.ids.includes(provider)).map((need) => need.text).join(" / ");

/** Open or close a box of the tool bar. */
function toggleBox(id, open) {
  const box = byId(id);
  if (id === "filters" && !box.firstChild) buildFilters();
  box.hidden = open === undefined ? !box.hidden : !open;
  byId(id + "-toggle").setAttribute("aria-expanded", String(!box.hidden));
  refit();
}

/** Everything as it was when the page was opened. */
function reset() {
  Object.assign(choice, { grouping: "auto", focus: null, payment: null, path: null, filters: {} });
  choice.opened.clear();
  Object.assign(ends, { one: null, other: null });
  for (const name of Object.keys(ends)) sayEnd(name, "");
  for (const field of document.querySelectorAll("[role=combobox]")) field.value = "";
  readFilters();
  chosen = null;
  changeView();
}
