// What the reader has chosen to see, and what is shown as one for it.

const READABLE = 70; // so many names can be read on a laptop's screen
const MOST_GROUPS = 160;

const choice = {
  grouping: "auto", // auto | none | owner | kind
  opened: new Set(), // ids of groups that are shown member by member
  focus: null, // { id, depth }
  payment: null,
  path: null, // { one, other }
  filters: {}, // name of a filter -> Set of the values that are shown; absent: all
};

const NOT_VERIFIED = "none";
const ages = { year: 365.25, older: Infinity };

/** How long ago an entity was verified, in the steps of the filter. */
function ageOf(entity) {
  if (!entity.verified) return NOT_VERIFIED;
  const days = (Date.now() - Date.parse(entity.verified)) / 86400000;
  return Object.keys(ages).find((step) => days <= ages[step]);
}

const filterValues = {
  kind: (id, entity) => entity.kind,
  owner: (id, entity) => entity.owner,
  state: (id) => worstState(id),
  label: (id, entity) => entity.label,
  confidence: (id, entity) => entity.confidence || NOT_VERIFIED,
  age: (id, entity) => ageOf(entity),
};

/** The entities that the reader wants to see. */
function chosenEntities() {
  const sets = [];
  if (choice.payment) sets.push(chainOf(choice.payment));
  if (choice.focus) sets.push(neighbourhood(choice.focus.id, choice.focus.depth));
  if (choice.path) sets.push(pathEntities(choice.path));
  const filters = Object.entries(choice.filters);
  return [...entities.keys()].filter((id) =>
    sets.every((set) => set.has(id)) &&
    filters.every(([name, values]) => values.has(filterValues[name](id, entities.get(id)))));
}

function pathEntities({ one, other }) {
  const ways = waysBetween(one, other);
  if (ways) return ways.all;
  const joining = paymentsJoining(one, other);
  if (joining.length) return new Set([one, other, ...joining.flatMap((payment) => [...directOf(payment)])]);
  return new Set([one, other, ...sharedBy(one, other)]);
}

/** How the chosen entities are grouped: as the reader says, or as fine as can be read. */
function groupingOf(ids) {
  if (choice.grouping !== "auto") return choice.grouping;
  if (ids.length <= READABLE) return "none";
  return new Set(ids.map((id) => entities.get(id).owner)).size <= MOST_GROUPS ? "owner" : "kind";
}

/** The groups that an entity belongs to, from the coarsest. */
function groupsOf(id, grouping) {
  const { owner, kind } = entities.get(id);
  if (grouping === "owner") return ["owner:" + owner];
  return grouping === "kind" ? ["kind:" + kind, `kind:${kind} owner:${owner}`] : [];
}

/** What is shown: entities, and groups { id, members, group: true } of more than one. */
function shownItems() {
  const ids = chosenEntities();
  const grouping = groupingOf(ids);
  const sizes = new Map();
  const chains = ids.map((id) => groupsOf(id, grouping));
  for (const chain of chains) for (const group of chain) sizes.set(group, (sizes.get(group) || 0) + 1);
  const items = new Map();
  ids.forEach((id, index) => {
    const closed = chains[index].find((group) => sizes.get(group) > 1 && isClosed(group, sizes));
    const shown = closed || id;
    if (!items.has(shown)) items.set(shown, { id: shown, members: [], group: Boolean(closed) });
    items.get(shown).members.push(id);
  });
  for (const item of items.values()) Object.assign(item, item.group ? groupPlace(item) : placeOf.get(item.id));
  return { items, grouping, count: ids.length };
}

/** Whether a group is shown as one; an opened kind is grouped by owner within, where it would be too many. */
function isClosed(group, sizes) {
  if (choice.opened.has(group)) return false;
  const [kind, owner] = group.split(" ");
  return !owner || sizes.get(kind) > MOST_GROUPS;
}

/** A group stands where the actor stands that answers for it; one of a kind, where the kind belongs. */
function groupPlace({ id, members }) {
  const owner = id.split("owner:")[1];
  if (members.includes(owner)) return placeOf.get(owner);
  return id.startsWith("kind:") ? { column: data.kinds[entities.get(members[0]).kind].column, rank: -1 } : placeOf.get(members[0]);
}

function groupName(id) {
  const [, kind, owner] = /^(?:kind:(\S+))? ?(?:owner:(\S+))?$/.exec(id);
  return [kind && data.kinds[kind].name, owner && nameOf(owner)].filter(Boolean).join(", ");
}

function groupKind({ id, members }) {
  const owner = id.split("owner:")[1];
  return entities.get(members.includes(owner) ? owner : members[0]).kind;
}
