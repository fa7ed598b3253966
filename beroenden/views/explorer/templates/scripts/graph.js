// The map as a graph: who needs whom, what lies around something, and the way between two.

const entities = new Map(Object.entries(data.entities));
const payments = new Map(Object.entries(data.payments));
const plain = new Map(data.nodes.map((node) => [node.id, node]));
const placeOf = new Map();
for (const [column, ids] of Object.entries(data.columns)) {
  ids.forEach((id, rank) => placeOf.set(id, { column: Number(column), rank }));
}
const providersOf = new Map([...entities.keys()].map((id) => [id, []]));
const consumersOf = new Map([...entities.keys()].map((id) => [id, []]));
for (const { from, to } of data.edges) {
  providersOf.get(to).push(from);
  consumersOf.get(from).push(to);
}

const nameOf = (id) => (entities.get(id) || payments.get(id) || { name: id === data.withheld ? words.withheld : id }).name;

/** How many steps each entity is from some others, the others themselves 0; at most `depth` steps. */
function steps(ids, beside, depth = Infinity) {
  const found = new Map([...ids].filter((id) => entities.has(id)).map((id) => [id, 0]));
  for (const [id, distance] of found) {
    if (distance >= depth) continue;
    for (const other of beside.get(id)) if (!found.has(other)) found.set(other, distance + 1);
  }
  return found;
}

/** What lies up- and downstream of an entity. */
function neighbourhood(id, depth) {
  return new Set([...steps([id], providersOf, depth).keys(), ...steps([id], consumersOf, depth).keys()]);
}

/** What a payment needs directly, the payer, the bank and the recipients among it. */
function directOf(payment) {
  const { ends, stages } = payments.get(payment);
  return new Set([...ends, ...stages.flatMap((stage) => stage.ids)].filter((id) => entities.has(id)));
}

/** Everything that a payment depends on. */
function chainOf(payment) {
  const { ends, stages } = payments.get(payment);
  const needed = steps(stages.flatMap((stage) => stage.ids), providersOf);
  return new Set([...needed.keys(), ...ends.filter((id) => entities.has(id))]);
}

/** The shortest ways along which a failure spreads between two: from one to the other or the other way round; null: none. */
function waysBetween(one, other) {
  for (const [from, to] of [[one, other], [other, one]]) {
    const ahead = steps([from], consumersOf);
    if (!ahead.has(to)) continue;
    const behind = steps([to], providersOf);
    const length = ahead.get(to);
    const on = [...behind.keys()].filter((id) => ahead.has(id) && ahead.get(id) + behind.get(id) === length);
    const path = [from];
    while (path[path.length - 1] !== to) {
      const next = path.length;
      path.push(consumersOf.get(path[next - 1]).find((id) => on.includes(id) && ahead.get(id) === next));
    }
    return { path, all: new Set(on) };
  }
  return null;
}

/** What two both depend on, the nearest first. */
function sharedBy(one, other) {
  const [first, second] = [steps([one], providersOf), steps([other], providersOf)];
  const shared = [...first.keys()].filter((id) => second.has(id));
  return shared.sort((a, b) => first.get(a) + second.get(a) - first.get(b) - second.get(b));
}

/** The payments that cross both, as payer, bank, recipients or something that a stage depends on. */
function paymentsJoining(one, other) {
  return [...payments.keys()].filter((payment) => {
    const chain = chainOf(payment);
    return chain.has(one) && chain.has(other);
  });
}
