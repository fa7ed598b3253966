// The map: what is shown, where it stands, and how it looks at the time that is played.

const MANY_EDGES = 700; // above this they are drawn only where the reader looks
const SMALLEST = 0.33; // at which names can be read
const LARGEST = 1.1; // a few entities need not fill the window
const TITLES = 104; // height of the titles of columns, over up to three lines
const BUTTONS = 34; // pixels that the buttons take above the map
const map = byId("map");
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
const network = new vis.Network(map, { nodes, edges }, data.options);

let shown = { items: new Map(), columns: [], bottom: 0, lines: new Map(), grouping: "none", count: 0 };
let itemOf = new Map(); // entity -> the item that shows it
let lit = null; // { items: Set, edge: (line) => boolean }: what stands out; null: everything
let moved = false; // whether the reader has moved about in the map
let forced = false; // whether a force layout has moved what is shown
let allHidden = false; // whether there are so many edges that none is drawn
const painted = new Map(); // id -> how it was last painted

/** Show what the reader has chosen, each thing in its place. */
function draw() {
  const { items, grouping, count } = shownItems();
  itemOf = new Map();
  for (const item of items.values()) for (const id of item.members) itemOf.set(id, item.id);
  for (const item of items.values()) prepare(item);
  const lines = linesBetween();
  const consumersShown = new Map();
  for (const { from, to } of lines.values()) {
    if (!consumersShown.has(from)) consumersShown.set(from, []);
    consumersShown.get(from).push(to);
  }
  if (forced) rest();
  forced = false;
  edges.clear();
  nodes.clear();
  painted.clear();
  allHidden = false;
  shown = { items, grouping, count, lines, ...arrange(items.values(), consumersShown) };
  for (const item of items.values()) style(item);
  nodes.add([...items.values()].map(({ id, x, y }) => ({ id, x, y, shape: "custom", ctxRenderer: render })));
  edges.add([...lines].map(([id, line]) => Object.assign({ id, from: line.from, to: line.to, dashes: line.dashes }, inkOf(line))));
  wholeMap();
}

function prepare(item) {
  const like = groupKind(item);
  item.kind = like;
  item.sign = data.kinds[like];
  item.label = labelOf(item).split("\n");
  item.room = 2 * SIZE + data.measures.line * item.label.length + 14;
}

function labelOf(item) {
  if (!item.group) return plain.get(item.id).label;
  const owner = item.id.split("owner:")[1];
  const name = item.id.startsWith("owner:") && plain.has(owner) ? plain.get(owner).label : groupName(item.id);
  return `${name}\n(${countText(item.members.length, words.nouns.parts)})`;
}

/** One line for all needs between two items: { from, to, pairs, dashes }. */
function linesBetween() {
  const lines = new Map();
  for (const { from, to, dashes } of data.edges) {
    const [provider, consumer] = [itemOf.get(from), itemOf.get(to)];
    if (!provider || !consumer || provider === consumer) continue;
    const id = provider + "\n" + consumer;
    if (!lines.has(id)) lines.set(id, { from: provider, to: consumer, pairs: [], dashes });
    const line = lines.get(id);
    line.pairs.push(`${from} ${to}`);
    if (!dashes) line.dashes = false;
  }
  for (const line of lines.values()) line.telling = line.pairs.filter((pair) => spreading.has(pair) || enduring.has(pair));
  return lines;
}

// ---- looks ----

function inkOf(line) {
  const flows = played ? line.telling.map((pair) => flowAt(pair, now)) : [];
  const flow = flows.includes("harm") ? "harm" : flows.find(Boolean) || "";
  const looked = lit && lit.edge(line);
  const hidden = lit ? !looked : shown.lines.size > MANY_EDGES;
  const line_ = flow ? colour(flow + "-line") : colour(lit ? "faint" : "edge");
  return {
    color: { color: line_, highlight: line_, opacity: flow || lit ? 1 : 0.35 },
    width: flow ? 2.5 : Math.min(4, 1 + Math.log2(line.pairs.length) / 2),
    hidden,
  };
}

/** Let the map look as it does now; only edges that have changed are handed on anew. */
function paint() {
  for (const item of shown.items.values()) style(item);
  const hidden = lit === null && shown.lines.size > MANY_EDGES;
  if (!hidden || !allHidden) edges.update(changed([...shown.lines].map(([id, line]) => ({ id, ...inkOf(line) }))));
  allHidden = hidden;
  network.redraw();
}

function changed(looks) {
  return looks.filter((look) => {
    const text = JSON.stringify(look);
    if (painted.get(look.id) === text) return false;
    painted.set(look.id, text);
    return true;
  });
}

/** Let some entities, and the edges between items that `edge` accepts, stand out; null: all as at first. */
function emphasise(ids, edge) {
  lit = ids && { items: new Set([...ids].map((id) => itemOf.get(id)).filter(Boolean)), edge };
  paint();
}

// ---- behind the map ----

/** Bands and titles behind the columns. */
function drawColumns(context) {
  if (forced) return;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const [number, left, right] of shown.columns) {
    context.fillStyle = colour("band");
    context.fillRect(left - 12, -TITLES, right - left + 24, shown.bottom + TITLES + 12);
    context.fillStyle = colour("faint");
    drawTitle(context, data.titles[number], (left + right) / 2, -TITLES + 8, right - left);
  }
}

/** The way of the money of the payment that is looked at, beneath everything else. */
function drawRoute(context) {
  const payment = payments.get(payments.has(chosen) ? chosen : choice.payment);
  if (!payment) return;
  const places = network.getPositions();
  context.save();
  context.globalAlpha = 0.5;
  context.strokeStyle = colour("route");
  context.lineWidth = 7;
  context.lineCap = "round";
  const ways = payment.route.map(([from, to]) => [itemOf.get(from), itemOf.get(to)]);
  for (const [from, to] of ways) {
    if (!places[from] || !places[to] || from === to) continue;
    const [a, b] = [places[from], places[to]];
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.bezierCurveTo((a.x + b.x) / 2, a.y, (a.x + b.x) / 2, b.y, b.x, b.y);
    context.stroke();
  }
  context.restore();
}

/** A title over one or two lines, as the column's width allows. */
function drawTitle(context, title, x, y, width) {
  context.font = "600 22px system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";
  const lines = [""];
  for (const word of title.split(" ")) {
    const longer = (lines[lines.length - 1] + " " + word).trim();
    if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  lines.filter(Boolean).forEach((line, number) => context.fillText(line, x, y + 26 * number));
}

// ---- where the reader looks ----

/** Show all columns with their titles, below the buttons. */
function wholeMap() {
  if (map.clientHeight <= BUTTONS) return; // not shown
  moved = false;
  const right = shown.columns.length ? shown.columns[shown.columns.length - 1][2] : 1;
  const [width, height] = [right + 40, shown.bottom + TITLES + 34];
  const scale = Math.min(LARGEST, map.clientWidth / width, (map.clientHeight - BUTTONS) / height);
  network.moveTo({ position: { x: right / 2, y: (shown.bottom - TITLES) / 2 + 8 - BUTTONS / 2 / scale }, scale });
}

/** As the window changes, as long as the reader has not moved about in the map. */
function refit() {
  if (!moved) wholeMap();
}

function zoom(factor) {
  moved = true;
  network.moveTo({ scale: network.getScale() * factor });
}

/** What part of the map is in the window. */
function visibleBox() {
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: map.clientWidth, y: map.clientHeight });
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

/** Move the map so that an entity is in it and its name can be read. */
function goTo(id) {
  const shownAs = itemOf.get(id);
  if (!shownAs) return;
  const place = network.getPositions([shownAs])[shownAs];
  const view = visibleBox();
  const inView = place.x > view.left && place.x < view.right && place.y > view.top && place.y < view.bottom;
  if (inView && network.getScale() > SMALLEST) return;
  moved = true;
  network.moveTo({ position: place, scale: Math.max(network.getScale(), 0.7) });
}

/** Let forces move what is shown, until it is told to stop or a few seconds have passed. */
let forcing = 0;
let following = 0;
function force() {
  clearTimeout(forcing);
  if (byId("force").getAttribute("aria-pressed") === "true") return rest();
  forced = true;
  byId("force").setAttribute("aria-pressed", "true");
  network.setOptions({ physics: {
    enabled: true, solver: "forceAtlas2Based", stabilization: false, minVelocity: 1,
    forceAtlas2Based: { springLength: 220, avoidOverlap: 1, gravitationalConstant: -260, centralGravity: 0.02 },
  } });
  following = setInterval(follow, 100);
  forcing = setTimeout(rest, 6000);
}

function rest() {
  clearTimeout(forcing);
  clearInterval(following);
  byId("force").setAttribute("aria-pressed", "false");
  network.setOptions({ physics: { enabled: false } });
}

/** Keep everything in view while forces move it. */
function follow() {
  const places = Object.values(network.getPositions());
  if (!places.length) return; // an empty map is nowhere
  const [left, right] = [Math.min(...places.map(({ x }) => x)) - 100, Math.max(...places.map(({ x }) => x)) + 100];
  const [top, bottom] = [Math.min(...places.map(({ y }) => y)) - 60, Math.max(...places.map(({ y }) => y)) + 90];
  const scale = Math.min(LARGEST, map.clientWidth / (right - left), (map.clientHeight - BUTTONS) / (bottom - top));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 - BUTTONS / 2 / scale }, scale });
}

network.on("beforeDrawing", (context) => { drawColumns(context); drawRoute(context); });
network.on("resize", () => queueMicrotask(refit)); // after vis has restored its own view
network.on("zoom", () => { moved = true; });
network.on("dragEnd", () => { moved = true; });
