// Playing the outage: the slider, what happens when, and the payments over time.

let playing = 0;
let last = 0;

/** Show the outage at a time. */
function setTime(time) {
  now = Math.max(played.start, Math.min(played.until, Math.round(time)));
  const slider = byId("time");
  slider.value = now;
  slider.setAttribute("aria-valuetext", timeText(now));
  byId("now").textContent = `${timeText(now)} (+${durationText(now - played.start)})`;
  paint();
  count();
  refreshState();
  listEvents();
  moveCursor();
}

// ---- play, pause, step ----

function toggle() {
  if (playing) return pause();
  if (now >= played.until) setTime(played.start);
  last = performance.now();
  let exact = now;
  const run = (time) => {
    exact += ((time - last) / 1000) * Number(byId("speed").value);
    last = time;
    setTime(exact);
    playing = now < played.until ? requestAnimationFrame(run) : 0;
    if (!playing) pause();
  };
  playing = requestAnimationFrame(run);
  sayPlaying(true);
  return undefined;
}

function pause() {
  cancelAnimationFrame(playing);
  playing = 0;
  sayPlaying(false);
}

function sayPlaying(is) {
  byId("toggle").textContent = is ? words.pause : words.play;
  byId("toggle").setAttribute("aria-pressed", String(is));
}

/** To the next time at which something happens, or the one before. */
function stepTo(direction) {
  pause();
  const times = [...new Set([played.start, ...played.events.map(([time]) => time)])]
    .filter((time) => time >= played.start && time <= played.until).sort((one, other) => one - other);
  const next = direction > 0 ? times.find((time) => time > now) : times.reverse().find((time) => time < now);
  if (next !== undefined) setTime(next);
}

/** Space plays, comma and full stop step, wherever nothing else takes the key. */
function takeKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input:not([type=range]), select, textarea")) return;
  if (event.key === " " && event.target.closest("button, summary")) return; // which it presses
  const press = { " ": toggle, ",": () => stepTo(-1), ".": () => stepTo(1) }[event.key];
  if (!press) return;
  event.preventDefault();
  press();
}

// ---- counters ----

const citizens = [...entities].filter(([, entity]) => entity.kind === "citizens");

/** What the outage means to citizens at the time. */
function count() {
  const overdue = played.runs.map((run) => lastBegun(run.overdue, now)).filter(Boolean);
  const parts = (place) => overdue.map((part) => part[place]).filter((part) => part !== 0);
  byId("payouts").textContent = sumText(parts(1), numberText, words.unknown);
  byId("amount").textContent = sumText(parts(2), moneyText, words.unknown);
  const lost = played.runs.filter((run) => run.status !== "on_time" && now < run.planned
    && (run.latestState === "too_late" || (run.latestState === "by" && run.latest <= now)));
  byId("lost").textContent = lost.length
    ? `${countText(lost.length, words.nouns.runs)}, ${payoutsText(lost.map((run) => run.payouts))}` : words.noLost;
  byId("harmed").textContent = numberText(Object.keys(played.levels).filter((id) => levelAt(id, now) < 1).length);
  const without = citizens.filter(([id]) => levelAt(id, now) < 1)
    .map(([id, { name, population }]) => ({ name, people: population === null ? null : population * (1 - levelAt(id, now)) }))
    .sort((one, other) => (other.people ?? -1) - (one.people ?? -1));
  byId("citizens").textContent = without.length ? without.slice(0, 2).map(({ name, people }) =>
    `${name} ${people === null ? words.unknown : about(people)}`).join(", ")
    + (without.length > 2 ? " " + fill(words.andMore, { groups: countText(without.length - 2, words.nouns.groups) }) : "") : words.nobody;
  byId("citizens").title = without.map(({ name }) => name).join(", ");
}

// ---- what happens when ----

const BEFORE = 5; // so many moments that have been are listed,
const AFTER = 15; // and so many to come
const AT_ONCE = 12; // and of each moment so many events
let told = []; // { time, events }, rising in time
let toldAt = null; // how many of them had happened when they were last listed

function gatherEvents() {
  for (const [time, text, id] of played.events) {
    if (time < played.start || time > played.until) continue;
    if (!told.length || told[told.length - 1].time !== time) told.push({ time, events: [] });
    told[told.length - 1].events.push([id, text]);
  }
}

/** What happens around the time that is shown; what has happened stands out against what is to come. */
function listEvents() {
  const happened = told.filter(({ time }) => time <= now).length;
  if (happened === toldAt) return;
  toldAt = happened;
  const [from, to] = [Math.max(0, happened - BEFORE), happened + AFTER];
  const rows = told.slice(from, to).map((one, index) => eventRow(one, from + index < happened, from + index === happened - 1));
  if (from) rows.unshift(element("li", fill(words.earlier, { times: countText(from, words.nouns.times) }), "note"));
  if (to < told.length) rows.push(element("li", fill(words.later, { times: countText(told.length - to, words.nouns.times) }), "note"));
  const hadFocus = byId("events").contains(document.activeElement);
  byId("events").replaceChildren(...rows);
  if (hadFocus) panel.focus();
  const current = byId("events").querySelector(".current");
  byId("events").scrollTop = current ? current.offsetTop - byId("events").offsetTop - 40 : 0;
}

function eventRow({ time, events }, isPast, isCurrent) {
  const row = element("li", undefined, `${isPast ? "past" : ""} ${isCurrent ? "current" : ""}`.trim());
  row.append(button(timeText(time), () => { pause(); setTime(time); }, "link when"));
  for (const [id, text] of events.slice(0, AT_ONCE)) {
    const line = element("div");
    line.append(link(id), element("span", ` ${text}`));
    row.append(line);
  }
  if (events.length > AT_ONCE) row.append(element("div", fill(words.moreEvents, { count: events.length - AT_ONCE }), "note"));
  return row;
}

// ---- the payments over time ----

const ROW = 20;
const share = (time) => (100 * (Math.min(Math.max(time, played.start), played.until) - played.start)) / (played.until - played.start);
const percentOf = (time) => share(time).toFixed(3) + "%";

/** Days and outages along the slider and the strip. */
function drawAxis() {
  const axis = byId("axis");
  axis.replaceChildren();
  for (const { since, to } of played.outages) {
    const end = to === null ? played.until : to;
    axis.append(drawing("rect", { x: percentOf(since), y: 0, width: (share(end) - share(since)).toFixed(3) + "%", height: 5, class: "out" }));
  }
  let free = 0; // where the next label may begin, in pixels
  for (const time of midnights()) {
    axis.append(drawing("line", { x1: percentOf(time), x2: percentOf(time), y1: 5, y2: 10, class: "tick" }));
    const at = (share(time) / 100) * axis.clientWidth;
    if (at < free || at > axis.clientWidth - 60) continue;
    axis.append(drawing("text", { x: percentOf(time), y: 20 }, moment(time).day));
    free = at + 84;
  }
}

/** The first instant of each local day of the period. */
function midnights() {
  const found = [];
  for (let time = Math.ceil(played.start / 15) * 15; time <= played.until; time += 15) {
    if (moment(time).clock === `00${words.colon}00`) found.push(time);
  }
  return found.length ? found : [played.start];
}

/** A row for each payment run: planned, delay, completed, latest recovery. */
function drawStrip() {
  const withAll = byId("all-runs").checked;
  const runs = played.runs.filter((run) => withAll || run.status !== "on_time");
  byId("runs").replaceChildren(...runs.map(runRow));
  byId("no-runs").hidden = played.runs.some((run) => run.status !== "on_time");
  moveCursor();
}

function runRow(run) {
  const row = element("li");
  const name = link(run.payment);
  name.title = nameOf(run.payment);
  const track = drawing("svg", { class: "lane", height: ROW, role: "img", "aria-label": runText(run) });
  const middle = ROW / 2;
  const done = run.completed === null ? played.until : run.completed;
  track.append(drawing("line", { x1: "0%", x2: "100%", y1: middle, y2: middle, class: "rule" }));
  if (run.status !== "on_time") {
    track.append(drawing("line", { x1: percentOf(run.planned), x2: percentOf(done), y1: middle, y2: middle, class: "delay" }));
    track.append(sign(run.completed === null || run.completed > played.until ? "→" : "●", done, "completed"));
  }
  if (run.planned > played.until) track.append(sign(`${moment(run.planned).day} →`, played.until, "later"));
  else track.append(sign(run.status === "on_time" ? "●" : "○", run.planned, "planned"));
  if (run.latestState === "by" && run.latest <= played.until) track.append(sign("▼", run.latest, "latest"));
  const note = element("span", `${run.status === "on_time" ? words.inTime : words.lateShort}.${latestText(run)}`, "verdict");
  note.title = note.textContent;
  row.append(name, track, note);
  return row;
}

const sign = (text, time, className) =>
  drawing("text", { x: percentOf(time), y: ROW / 2 + 5, class: className, "text-anchor": share(time) > 98 ? "end" : share(time) < 2 ? "start" : "middle" }, text);

/** The line that says where in time the map is. */
function moveCursor() {
  for (const track of document.querySelectorAll("svg.lane, #axis")) {
    let cursor = track.querySelector(".cursor");
    if (!cursor) {
      cursor = drawing("line", { y1: 0, y2: "100%", class: "cursor" });
      track.append(cursor);
    }
    cursor.setAttribute("x1", percentOf(now));
    cursor.setAttribute("x2", percentOf(now));
  }
}

function startPlaying() {
  const slider = byId("time");
  Object.assign(slider, { min: played.start, max: played.until, step: 5 });
  const span = played.until - played.start;
  for (const [seconds, name] of [[60, words.slow], [25, words.medium], [10, words.fast]]) {
    const option = element("option", name);
    option.value = span / seconds;
    byId("speed").append(option);
  }
  byId("speed").selectedIndex = 1;
  slider.addEventListener("input", () => { pause(); setTime(Number(slider.value)); });
  byId("toggle").addEventListener("click", toggle);
  byId("previous").addEventListener("click", () => stepTo(-1));
  byId("next").addEventListener("click", () => stepTo(1));
  byId("all-runs").addEventListener("change", drawStrip);
  document.addEventListener("keydown", takeKey);
  window.addEventListener("resize", drawAxis);
  gatherEvents();
  byId("all-runs").checked = !played.runs.some((run) => run.status !== "on_time");
  drawAxis();
  drawStrip();
  setTime(played.start);
}
