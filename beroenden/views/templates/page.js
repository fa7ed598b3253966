"use strict";
// The map and its panel. All text comes from the data block and reaches the page as text only.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const entities = new Map(Object.entries(data.entities));
  const map = document.getElementById("map");
  const start = document.getElementById("start");
  const chosen = document.getElementById("chosen");
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(map, { nodes, edges }, data.options);
  const plain = new Map(data.nodes.map((node) => [node.id, node]));
  let moved = false;

  // ---- look of the map ----

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  /** Take the colours of light, dark or print from the style sheet. */
  function paint() {
    network.setOptions({
      nodes: { font: { color: colour("ink"), strokeColor: colour("paper") } },
    });
    emphasise(null);
  }

  /** Bands and titles behind the columns. */
  function drawColumns(context) {
    const top = data.top - 76;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const [title, left, right] of data.columns) {
      context.fillStyle = colour("band");
      context.fillRect(left - 12, top, right - left + 24, data.bottom + 12 - top);
      context.fillStyle = colour("faint");
      drawTitle(context, title, (left + right) / 2, top + 8, right - left);
    }
  }

  /** A title over one or two lines, as the column's width allows. */
  function drawTitle(context, title, x, y, width) {
    context.font = "600 19px system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";
    const lines = [""];
    for (const word of title.split(" ")) {
      const longer = (lines[lines.length - 1] + " " + word).trim();
      if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    lines.filter(Boolean).forEach((line, number) => context.fillText(line, x, y + 23 * number));
  }

  /** Let some entities, and the edges that `shows` accepts, stand out; null: all as at first. */
  function emphasise(ids, shows) {
    nodes.update(data.nodes.map(({ id }) => {
      const node = plain.get(id);
      const faded = ids !== null && !ids.has(id);
      const font = Object.assign({ color: colour("ink") }, node.font);
      if (faded) font.color = colour("rule");
      return { id, opacity: faded ? 0.15 : ids ? 1 : node.opacity ?? 1, font };
    }));
    const line = colour(ids ? "faint" : "edge");
    const ink = { color: line, highlight: line, opacity: ids ? 1 : 0.45 };
    edges.update(data.edges.map((edge) => ({
      id: edge.id,
      color: edge.color ?? ink,
      hidden: ids === null ? data.edgesOnDemand : !shows(edge),
    })));
  }

  /** Show all columns with their titles. */
  function wholeMap() {
    moved = false;
    const right = data.columns.length ? data.columns[data.columns.length - 1][2] : 1;
    const [width, height] = [right + 40, data.bottom - data.top + 110];
    network.moveTo({
      position: { x: right / 2, y: (data.top + data.bottom) / 2 - 30 },
      scale: Math.min(map.clientWidth / width, map.clientHeight / height),
    });
  }

  /** As the window changes, as long as the reader has not moved about in the map. */
  function refit() {
    if (!moved) wholeMap();
  }

  function zoom(factor) {
    moved = true;
    network.moveTo({ scale: network.getScale() * factor });
  }

  // ---- panel ----

  function element(tag, text, className) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** A button that chooses an entity. */
  function entityLink(id) {
    const entity = entities.get(id);
    if (!entity) return element("span", id);
    const button = element("button", entity.name, "link");
    button.type = "button";
    button.dataset.entity = id;
    return button;
  }

  /** Links to some entities, each on a line, between a text before and a note after. */
  function linkedItem(before, ids, note) {
    const item = element("li", before);
    for (const id of ids) {
      const line = element("div");
      line.append(entityLink(id));
      item.append(line);
    }
    if (note) item.append(element("div", note, "note"));
    return item;
  }

  /** A titled list; nothing when there are no items, unless an `empty` text is given. */
  function addList(title, items, empty, tag) {
    if (!items.length && !empty) return;
    chosen.append(element("h3", title));
    if (!items.length) {
      chosen.append(element("p", empty, "note"));
      return;
    }
    const list = element(tag || "ul");
    list.append(...items);
    chosen.append(list);
  }

  function addFacts(facts) {
    const list = element("dl");
    for (const [term, value] of facts) list.append(element("dt", term), element("dd", value));
    chosen.append(list);
  }

  function openPanel(name) {
    const back = element("button", "← Alla betalningar", "link back");
    back.type = "button";
    back.addEventListener("click", clear);
    chosen.replaceChildren(back, element("h2", name));
    start.hidden = true;
    chosen.hidden = false;
    document.getElementById("panel").scrollTop = 0;
  }

  function showEntity(id) {
    const entity = entities.get(id);
    openPanel(entity.name);
    if (entity.state) chosen.append(element("p", entity.state, "mark"));
    addFacts(entity.facts);
    addList("När (modellberäknat)", entity.spells.map((text) => element("li", text)));
    addList("Varför", entity.because.map(({ text }) => element("li", text)), "", "ol");
    addList("Behöver", entity.needs.map((need) => linkedItem("", need.ids, need.text)), "Inget annat i modellen.");
    addList("Behövs av", entity.neededBy.map((need) => linkedItem("", need.ids, need.text)),
      entity.payments.length ? "" : "Inget annat i modellen.");
    addList("Betalningar", entity.payments.map((text) => element("li", text)));
    network.selectNodes([id], false);
    const path = entity.because.flatMap((link) => link.ids);
    const steps = new Set(path.slice(1).map((provider, place) => provider + " " + path[place]));
    const beside = entity.needs.concat(entity.neededBy).flatMap((need) => need.ids);
    emphasise(new Set([id, ...path, ...beside]),
      (edge) => edge.from === id || edge.to === id || steps.has(edge.from + " " + edge.to));
  }

  function showPayment(payment) {
    openPanel(payment.name);
    addFacts(payment.facts);
    addList("Steg och vad de behöver",
      payment.stages.map((stage) => linkedItem(stage.name, stage.ids, "")), "Inga steg i modellen.", "ol");
    const shown = new Set(payment.shows);
    network.unselectAll();
    emphasise(shown, (edge) => shown.has(edge.from) && shown.has(edge.to));
  }

  function clear() {
    chosen.hidden = true;
    start.hidden = false;
    network.unselectAll();
    emphasise(null);
  }

  // ---- start ----

  network.on("beforeDrawing", drawColumns);
  network.on("resize", () => queueMicrotask(refit)); // after vis has restored its own view
  network.on("zoom", () => { moved = true; });
  network.on("dragEnd", () => { moved = true; });
  network.on("click", ({ nodes: hit }) => (hit.length ? showEntity(hit[0]) : clear()));
  document.getElementById("whole").addEventListener("click", wholeMap);
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-entity], [data-payment]");
    if (!button) return;
    if (button.dataset.payment) showPayment(data.payments[Number(button.dataset.payment)]);
    else showEntity(button.dataset.entity);
    if (!button.closest("#panel")) map.scrollIntoView({ block: "nearest" });
  });
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    window.matchMedia(query).addEventListener("change", () => { clear(); paint(); });
  }
  paint();
  wholeMap();
})();
