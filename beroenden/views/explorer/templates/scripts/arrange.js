// Places in columns, by the rules of layout.py, for whatever is shown.

/** Rows of at most so many, filled row by row so that the order stays top to bottom. */
function spread(members, rows) {
  const across = Math.ceil(members.length / rows);
  const table = [];
  for (let start = 0; start < members.length; start += across) table.push(members.slice(start, start + across));
  return table;
}

/** Numbers of rows worth trying: all small ones, then fewer and fewer of the large. */
function rowCounts(widest) {
  const counts = [];
  for (let count = 1; count < widest; count += Math.max(1, Math.floor(count / 12))) counts.push(count);
  return [...counts, widest];
}

const tableHeight = (table) => table.reduce((sum, row) => sum + Math.max(...row.map((item) => item.room)), 0);

/** How much room a picture takes in the direction in which it is short of it. */
function scaleNeeded(tables) {
  const { cell, gap, shape } = data.measures;
  const width = tables.reduce((sum, table) => sum + table[0].length * cell + gap, 0);
  return Math.max(width, Math.max(0, ...tables.map(tableHeight)) * shape);
}

/** A row with those that others of it need to the left. */
function providersFirst(row, consumersShown) {
  const uses = new Map(row.map((item) => [item.id, 0]));
  for (const { id } of row) {
    for (const consumer of consumersShown.get(id) || []) {
      if (!uses.has(consumer)) continue;
      uses.set(id, uses.get(id) + 1);
      uses.set(consumer, uses.get(consumer) - 1);
    }
  }
  return [...row].sort((one, other) => uses.get(other.id) - uses.get(one.id));
}

/** Give each item its x and y; the columns that have members, as [number, left, right], and where they end. */
function arrange(items, consumersShown) {
  const { cell, gap, widestGap, shape } = data.measures;
  const byColumn = new Map();
  for (const item of [...items].sort((one, other) => one.column - other.column || one.rank - other.rank)) {
    if (!byColumn.has(item.column)) byColumn.set(item.column, []);
    byColumn.get(item.column).push(item);
  }
  const members = [...byColumn.values()];
  let best = null;
  for (const rows of rowCounts(Math.max(1, ...members.map((column) => column.length)))) {
    const tables = members.map((column) => spread(column, rows));
    const scale = scaleNeeded(tables);
    if (!best || scale < best.scale) best = { tables, scale };
  }
  const bottom = Math.max(0, ...best.tables.map(tableHeight));
  const cells = best.tables.reduce((sum, table) => sum + table[0].length * cell, 0);
  const spareGap = Math.floor((bottom * shape - cells) / Math.max(1, best.tables.length - 1));
  const between = Math.trunc(Math.min(Math.max(spareGap, gap), widestGap));
  const columns = [];
  let left = 0;
  [...byColumn.keys()].forEach((number, index) => {
    const table = best.tables[index];
    const right = left + table[0].length * cell;
    const spare = Math.floor((bottom - tableHeight(table)) / table.length);
    let y = Math.floor(spare / 2);
    for (const row of table) {
      providersFirst(row, consumersShown).forEach((item, place) => {
        item.x = left + place * cell + cell / 2;
        item.y = y;
      });
      y += Math.max(...row.map((item) => item.room)) + spare;
    }
    columns.push([number, left, right]);
    left = right + between;
  });
  return { columns, bottom };
}
