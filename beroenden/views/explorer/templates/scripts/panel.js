// The panel: what is known of what the reader has chosen.

const panel = byId("panel");
const startView = byId("start");
const chosenView = byId("chosen");
let chosen = null; // { entity } | { payment } | { group } | null

function link(id) {
  const isKnown = entities.has(id) || payments.has(id);
  return isKnown ? button(nameOf(id), () => choose(id), "link") : element("span", nameOf(id));
}

/** Links to some entities, each on a line, between a text before and a note after. */
function linkedItem(before, ids, note) {
  const item = element("li", before);
  for (const id of ids) {
    const line = element("div");
    line.append(link(id));
    item.append(line);
  }
  if (note) item.append(element("div", note, "note"));
  return item;
}

/** A titled list; nothing when there are no items, unless an `empty` text is given. */
function addList(title, items, empty, tag) {
  if (!items.length && !empty) return;
  chosenView.append(element("h3", title));
  if (!items.length) {
    chosenView.append(element("p", empty, "note"));
    return;
  }
  const list = element(tag || "ul");
  list.append(...items);
  chosenView.append(list);
}

function addFacts(facts) {
  const list = element("dl");
  for (const [term, value] of facts) list.append(element("dt", term), element("dd", value));
  chosenView.append(list);
}

function openPanel(name, kind) {
  chosenView.replaceChildren(button(words.back, () => choose(null), "link back"), element("h2", name));
  if (kind) chosenView.append(element("p", kind, "note"));
  startView.hidden = true;
  chosenView.hidden = false;
  panel.scrollTop = 0;
}

/** Show what is known of an entity, payment or group; null: what there is to choose. */
function choose(id) {
  const hadFocus = panel.contains(document.activeElement);
  chosen = id;
  network.unselectAll();
  if (id === null) {
    chosenView.hidden = true;
    startView.hidden = false;
    emphasise(null);
  } else if (payments.has(id)) showPayment(id);
  else if (entities.has(id)) showEntity(id);
  else showGroup(id);
  if (hadFocus) panel.focus();
}

function showEntity(id) {
  const entity = entities.get(id);
  const path = becauseOf(id);
  openPanel(entity.name);
  chosenView.append(stateLines(id), actions(id));
  addList(words.why, path.map(([cause, at, level], place) => whyItem(cause, at, level, path[place - 1])), "", "ol");
  addList(words.when, spellsOf(id).map((text) => element("li", text)));
  addList(words.pays, paymentItems((payment) => payment.payer === id));
  addList(words.receives, paymentItems((payment) => payment.recipients === id));
  addFacts(entity.facts);
  addList(words.needs, entity.needs.map((need) => linkedItem("", need.ids, need.text)), words.nothing);
  addList(words.neededBy, consumersOf.get(id).flatMap((consumer) => entities.get(consumer).needs
    .filter((need) => need.ids.includes(id)).map((need) => linkedItem("", [consumer], need.text))),
  words.nothing);
  addList(words.crossing, entity.payments.map(([payment, stages]) => linkedItem("", [payment], stages)));
  const item = itemOf.get(id);
  if (item) network.selectNodes([item], false);
  goTo(id);
  if (choice.focus && choice.focus.id === id) emphasise(null);
  else lightAround(id, path.map(([cause]) => cause));
}

/** A link of the because-path; of several providers that could have done, those that fell together. */
function whyItem(cause, at, level, before) {
  const item = linkedItem("", [cause], fill(words.levelFrom, { level: percentText(level), time: timeText(at) }));
  const others = before ? together(before[0], cause).filter((id) => id !== cause) : [];
  if (others.length) {
    const said = others.map((id) => `${nameOf(id)} ${percentText(levelAt(id, before[1]))}`).join(", ");
    item.append(element("div", fill(words.togetherWith, { others: said }), "note"));
  }
  return item;
}

/** Payments of a sort, each with its runs in the period. */
function paymentItems(isWanted) {
  return [...payments].filter(([, payment]) => isWanted(payment)).map(([id]) => {
    const item = linkedItem("", [id]);
    for (const run of (played ? played.runs : []).filter((one) => one.payment === id)) {
      item.append(element("div", runText(run), "note"));
    }
    return item;
  });
}

/** From when to when an entity is harmed, and at what level. */
function spellsOf(id) {
  if (!played) return [];
  const levels = played.levels[id] || [];
  const until = (time) => (time === undefined || time === null ? words.endOfPeriod : timeText(time));
  const harmed = levels.map(([since, level], place) => (level < 1
    ? `${timeText(since)} – ${until(levels[place + 1] && levels[place + 1][0])}: ${percentText(level)}` : ""));
  const lost = (played.reserves[id] || []).map(([, since, to]) => `${timeText(since)} – ${until(to)}: ${words.noReserve}`);
  return [...harmed.filter(Boolean), ...lost];
}

/** Neighbours and the because-path stand out. */
function lightAround(id, path) {
  const pairs = new Set(path.slice(1).map((provider, place) => `${provider} ${path[place]}`));
  emphasise([id, ...path, ...providersOf.get(id), ...consumersOf.get(id)], (line) =>
    line.pairs.some((pair) => pairs.has(pair) || pair.split(" ").includes(id)));
}

/** How an entity fares at the time that is played; written anew at each step. */
function stateLines(id) {
  const box = element("div", undefined, "now");
  box.id = "state";
  if (!played) return box;
  const found = stateAt(id, now);
  const said = found.state === "waiting" ? [stateName(id, now), markOf(found, 1)].join(": ") : `${markOf(found, 1)} ${stateName(id, now)}`;
  box.append(element("p", said.trim(), "mark " + found.state), element("p", fill(words.asOf, { time: timeText(now) }), "note"));
  for (const { need, until, level, supplyChanges } of respitesAt(id, now)) {
    const providers = entities.get(id).needs[need].ids.map(nameOf).join(", ");
    const lasts = until === null ? words.lastStep : fill(words.endures, {
      time: timeText(until), left: durationText(until - now), level: percentText(level),
    });
    const change = until !== null && supplyChanges < until ? " " + fill(words.supplyChanges, { time: timeText(supplyChanges) }) : "";
    box.append(element("p", `${fill(words.without, { providers })} ${lasts}${change}`));
  }
  for (const [need] of reservesLostAt(id, now)) {
    const ids = entities.get(id).needs[need] ? entities.get(id).needs[need].ids : [];
    const left = ids.filter((provider) => levelAt(provider, now) > 0).map(nameOf).join(", ");
    box.append(element("p", fill(words.reserveLost, { left, all: ids.map(nameOf).join(", ") })));
  }
  return box;
}

function refreshState() {
  const box = byId("state");
  if (box && chosen !== null && entities.has(chosen)) box.replaceWith(stateLines(chosen));
}

function actions(id) {
  const row = element("p", undefined, "actions");
  row.append(button(words.showAround, () => { focusOn(id, choice.focus ? choice.focus.depth : 2); }));
  row.append(button(words.pathFrom, () => openPath(id)));
  const group = groupsOf(id, shown.grouping).find((one) => choice.opened.has(one));
  if (group) row.append(button(words.close, () => { choice.opened.delete(group); changeView(); }));
  return row;
}

function showGroup(id) {
  const item = shown.items.get(id);
  openPanel(groupName(id), fill(words.groupOf, { count: item.members.length }));
  const row = element("p", undefined, "actions");
  row.append(button(words.open, () => { choice.opened.add(id); changeView(); }));
  chosenView.append(row);
  addList(words.members, [...item.members].sort(byName).map((member) => linkedItem("", [member],
    played && stateAt(member, now).state !== "unharmed" ? `${markOf(stateAt(member, now), 1)} ${stateName(member, now)}` : "")));
  network.selectNodes([id], false);
  const beside = item.members.flatMap((member) => [...providersOf.get(member), ...consumersOf.get(member)]);
  emphasise([...item.members, ...beside], (line) => line.from === id || line.to === id);
}

const collator = new Intl.Collator(data.language === "sv" ? "sv-SE" : "en", { numeric: true });
const byName = (one, other) => collator.compare(nameOf(one), nameOf(other));

function showPayment(id) {
  const payment = payments.get(id);
  openPanel(payment.name);
  const row = element("p", undefined, "actions");
  row.append(button(words.showChain, () => { choice.payment = id; changeView(); }));
  chosenView.append(row);
  if (played) addList(words.runs, played.runs.filter((run) => run.payment === id).map((run) => element("li", runText(run))));
  addList(words.stages, payment.stages.map((stage) => linkedItem(stage.name, stage.ids, stage.text)), words.noStages, "ol");
  addFacts(payment.facts);
  if (choice.payment === id) return emphasise(null);
  const direct = directOf(id);
  return emphasise(direct, (line) => line.pairs.some((pair) => pair.split(" ").every((one) => direct.has(one))));
}

/** A run in words: planned, complete, how many are late, why, and until when it could have been saved. */
function runText(run) {
  const planned = timeText(run.planned);
  if (run.status === "on_time") return fill(words.onTime, { planned }) + latestText(run);
  const when = run.completed === null ? fill(words.notCompleted, { planned })
    : fill(words.late, { planned, completed: timeText(run.completed) });
  const size = ` ${payoutsText([run.payouts])}, ${sumText([run.amount], moneyText, words.unknownAmount)}.`;
  const over = run.isOver ? " " + words.over : "";
  const cause = run.causes ? " " + fill(words.cause, { causes: run.causes }) : "";
  return when + size + over + cause + latestText(run);
}

/** Until when a run could wait for everything to be back. */
function latestText(run) {
  if (run.latestState === "by") return " " + fill(words.latest, { time: timeText(run.latest) });
  return run.status === "on_time" ? "" : " " + words[run.latestState];
}
