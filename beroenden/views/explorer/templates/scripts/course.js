// The outage at a point in time.

const played = data.playback;
let now = played ? played.start : 0;

/** The last [from, ...] that has begun. */
function lastBegun(list, time) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle][0] <= time) low = middle + 1;
    else high = middle;
  }
  return low ? list[low - 1] : null;
}

function levelAt(id, time) {
  const levels = played && played.levels[id];
  const begun = levels && lastBegun(levels, time);
  return begun ? begun[1] : 1;
}

/** The needs of an entity that live on endurance: { need, until, level }, the next fall first; `until` null: no more comes. */
function respitesAt(id, time) {
  const all = (played && played.endurance[id]) || [];
  return all.filter(({ since, to }) => since <= time && time < to).map(({ need, to, drops }) => {
    const next = drops.find(([at]) => at > time);
    return { need, supplyChanges: to, until: next ? next[0] : null, level: next ? next[1] : null };
  }).sort((one, other) => (one.until ?? Infinity) - (other.until ?? Infinity));
}

/** The needs of an entity that have no reserve left. */
function reservesLostAt(id, time) {
  const lost = (played && played.reserves[id]) || [];
  return lost.filter(([, since, to]) => since <= time && (to === null || time < to));
}

/** Payment runs to the same recipients, by the recipients' id. */
const runsTo = new Map();
for (const run of (played && played.runs) || []) {
  const to = payments.has(run.payment) && payments.get(run.payment).recipients;
  if (to && run.overdue.length) runsTo.set(to, [...(runsTo.get(to) || []), run]);
}

/** Of each run to some recipients, how many payouts they should have had by a time and have not; null is unknown. */
function waitingAt(id, time) {
  const overdue = (runsTo.get(id) || []).map((run) => lastBegun(run.overdue, time)).filter(Boolean);
  return overdue.map(([, payouts]) => payouts).filter((payouts) => payouts !== 0);
}

/** { state, level, … } of an entity. */
function stateAt(id, time) {
  const level = levelAt(id, time);
  if (level <= 0) return { state: "down", level };
  if (level < 1) return { state: "degraded", level };
  const waiting = waitingAt(id, time);
  if (waiting.length) return { state: "waiting", level, waiting };
  if (reservesLostAt(id, time).length) return { state: "reserve", level };
  const [respite] = respitesAt(id, time);
  return respite ? { state: "endures", level, respite } : { state: "unharmed", level };
}

/** The worst that befalls an entity in the whole period. */
function worstState(id) {
  if (!played) return "unharmed";
  const worst = Math.min(1, ...(played.levels[id] || []).map(([, level]) => level));
  if (worst < 1) return worst <= 0 ? "down" : "degraded";
  if (runsTo.has(id)) return "waiting";
  if (played.reserves[id]) return "reserve";
  return played.endurance[id] ? "endures" : "unharmed";
}

/** The state of what is shown as one: that of its worst member, and how many are harmed. */
function stateOfAll(members, time) {
  const order = Object.keys(data.states);
  let worst = null;
  let harmed = 0;
  for (const id of members) {
    const found = stateAt(id, time);
    if (found.level < 1) harmed += 1;
    const [place, before] = [order.indexOf(found.state), worst && order.indexOf(worst.state)];
    const sooner = worst && found.respite && worst.respite && (found.respite.until ?? Infinity) < (worst.respite.until ?? Infinity);
    if (!worst || place < before || (place === before && (found.level < worst.level || sooner))) worst = found;
  }
  return { ...worst, harmed };
}

/** The state in a few characters, beside a shape. */
function markOf({ state, level, respite, harmed, waiting }, size) {
  const { mark } = data.states[state];
  if (state === "waiting") return sumText(waiting, (sum) => countText(sum, words.nouns.late), words.unknownLate);
  if (state === "down" || state === "degraded") {
    return size > 1 ? `${mark} ${fill(words.ofAll, { some: harmed, all: size })}` : `${mark} ${percentText(level)}`;
  }
  if (state === "endures") return respite.until === null ? mark : `${mark} ${durationText(respite.until - now)}`;
  return mark;
}

/** The fill of something harmed: red when down, else the paler the less it has fallen. */
function harmFill(level) {
  if (level <= 0) return data.colours.harm;
  const { slight, grave } = data.colours;
  const mixed = grave.map((part, index) => Math.round(part + (slight[index] - part) * level));
  return `rgb(${mixed.join(",")})`;
}

/** The state in a word; what has been harmed and no longer is, is restored. */
function stateName(id, time) {
  const { state } = stateAt(id, time);
  const fallen = (played.levels[id] || []).some(([since, level]) => level < 1 && since <= time);
  return state === "unharmed" && fallen ? words.restored : data.states[state].name;
}

// ---- why, and what spreads as pairs "provider consumer" ----

/** The path from a harmed entity to the cause, victim first: [id, instant, level]. */
const becauseOf = (id) => (played && played.because[id]) || [];

/** The providers that a need on the path could have lived on: those that failed together. */
function together(consumer, provider) {
  const need = entities.has(consumer) && entities.get(consumer).needs.find(({ ids }) => ids.includes(provider));
  return need ? need.ids : [provider];
}

const spreading = new Set();
for (const path of Object.values((played && played.because) || {})) {
  for (let place = 1; place < path.length; place += 1) {
    for (const provider of together(path[place - 1][0], path[place][0])) spreading.add(`${provider} ${path[place - 1][0]}`);
  }
}
const enduring = new Map(); // pair -> the consumer's respites
for (const [id, list] of Object.entries((played && played.endurance) || {})) {
  for (const respite of list) {
    for (const provider of entities.get(id).needs[respite.need].ids) {
      const pair = `${provider} ${id}`;
      enduring.set(pair, [...(enduring.get(pair) || []), respite]);
    }
  }
}

/** How an edge fares: "harm" where harm spreads along it, "endures" where the consumer lives without the provider. */
function flowAt(pair, time) {
  const [provider, consumer] = pair.split(" ");
  if (spreading.has(pair) && levelAt(provider, time) < 1 && levelAt(consumer, time) < 1) return "harm";
  const list = enduring.get(pair) || [];
  return levelAt(provider, time) < 1 && list.some(({ since, to }) => since <= time && time < to) ? "endures" : "";
}
