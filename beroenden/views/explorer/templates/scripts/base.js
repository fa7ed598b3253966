// What every part of the page uses. All texts come from the data block and reach the page as text only.

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const byId = (id) => document.getElementById(id);

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function drawing(tag, attributes, text) {
  const made = document.createElementNS(document.querySelector("svg").namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, press, className) {
  const made = element("button", text, className);
  made.type = "button";
  if (press) made.addEventListener("click", press);
  return made;
}

/** A text with its {gaps} filled. */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap));
}

/** A colour of the style sheet, as light, dark or print has it; read anew when these change. */
const known = new Map();
function colour(name) {
  if (!known.has(name)) {
    known.set(name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
  }
  return known.get(name);
}

// ---- numbers and times as the reader's language writes them ----

const numbers = new Intl.NumberFormat(data.language === "sv" ? "sv-SE" : "en", { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: data.zone, weekday: "short", day: "numeric", month: "numeric", hour: "2-digit", minute: "2-digit",
  hourCycle: "h23",
});
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const moments = new Map();

/** The local date and time of minutes since the epoch. */
function moment(time) {
  if (!moments.has(time)) {
    const parts = {};
    for (const { type, value } of clock.formatToParts(time * 60000)) parts[type] = value;
    moments.set(time, {
      day: `${words.weekdays[WEEKDAYS.indexOf(parts.weekday)]} ${parts.day} ${words.months[parts.month - 1]}`,
      clock: `${parts.hour}${words.colon}${parts.minute}`,
    });
  }
  return moments.get(time);
}

const timeText = (time) => `${moment(time).day} ${moment(time).clock}`;
const numberText = (value) => numbers.format(value);
const percentText = (level) => fill(words.percent, { number: numberText(100 * level) });
const moneyText = (kronor) =>
  fill(kronor >= 1e6 ? words.millions : words.kronor, { number: numberText(kronor >= 1e6 ? kronor / 1e6 : kronor) });

/** So many of something, in the singular and in the plural. */
const countText = (count, [one, several]) => `${numberText(count)} ${count === 1 ? one : several}`;

/** The sum of some parts in words: at least what is known where some are unknown (null), `unknown` where all are. */
function sumText(parts, inWords, unknown) {
  const known = parts.filter((part) => part !== null);
  if (parts.length && !known.length) return unknown;
  const text = inWords(known.reduce((sum, part) => sum + part, 0));
  return known.length < parts.length ? fill(words.atLeast, { text }) : text;
}
const payoutsText = (parts) => sumText(parts, (sum) => countText(sum, words.nouns.payouts), words.unknownPayouts);

/** A count as an estimate says it: two significant digits. */
function about(value) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return `${words.about} ${numberText(Math.round(value / unit) * unit)}`;
}

/** "1 dygn 11 tim 30 min", "2 dygn 4 tim": to the minute, without what is zero. */
function durationText(minutes) {
  const counts = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, Math.round(minutes) % 60];
  const said = counts.map((count, unit) => (count ? `${count} ${words.units[unit]}` : "")).filter(Boolean);
  return said.join(" ") || `0 ${words.units[2]}`;
}
