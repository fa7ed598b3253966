// How each entity or group is drawn: sign, letter, name, and its state at the time that is played.

const SIZE = data.measures.size; // half the height of a shape
const FADED = 0.15;

/** How an item looks at the time that is played. */
function style(item) {
  item.now = played ? stateOfAll(item.members, now) : { state: "unharmed", level: 1, harmed: 0 };
  const { state, level } = item.now;
  const harmed = state === "down" || state === "degraded";
  const border = { down: "harm", degraded: "harm", waiting: "harm", reserve: "reserve", endures: "endures" }[state];
  item.style = {
    fill: harmed ? harmFill(level) : item.sign.fill,
    border: border ? data.colours[border] : item.group ? colour("ink") : data.colours.border,
    width: border ? 4 : item.group ? 2.5 : 1,
    dashes: { waiting: [9, 4], reserve: [5, 3], endures: [2, 3] }[state] || [],
    letter: state === "down" ? "#ffffff" : harmed ? "#1b1f24" : item.sign.ink,
    mark: markOf(item.now, item.members.length),
    tint: colour({ reserve: "reserve-ink", endures: "endures-ink" }[state] || "harm-ink"),
    faded: lit !== null && !lit.items.has(item.id),
  };
}

const FONT = "system-ui, 'Segoe UI', 'Segoe UI Symbol', 'Liberation Sans', Arial, sans-serif";
const outlines = new Map(Object.entries(data.kinds).map(([kind, { outline }]) => [kind, new Path2D(outline)]));

/** What vis-network calls for each node that it draws; small text is left out, it cannot be read. */
function render({ ctx, id, x, y, state }) {
  const item = shown.items.get(id);
  const scale = network.getScale();
  const readable = scale * data.measures.line > 5;
  if (!item.sign.letter) return renderBox(ctx, item, x, y, state.selected, readable);
  return {
    drawNode() {
      ctx.globalAlpha = item.style.faded ? FADED : 1;
      drawShape(ctx, item, x, y, state.selected);
      if (readable) drawText(ctx, item.sign.letter, x, y + 1, `700 ${SIZE}px ${FONT}`, item.style.letter);
    },
    drawExternalLabel() {
      ctx.globalAlpha = item.style.faded ? FADED : 1;
      if (readable) drawLabel(ctx, item, x, y + SIZE + data.measures.line / 2 + 3, state.selected);
      if (readable && item.style.mark && !item.style.faded) drawMark(ctx, item, x + SIZE + 8, y, "left");
    },
    nodeDimensions: { width: 2 * SIZE, height: 2 * SIZE },
  };
}

/** The sign of the kind, as the legend has it. */
function drawShape(ctx, item, x, y, selected) {
  const { fill: background, border, width, dashes } = item.style;
  ctx.save();
  ctx.translate(x - SIZE, y - SIZE);
  ctx.scale(SIZE / 10, SIZE / 10);
  ctx.fillStyle = background;
  ctx.fill(outlines.get(item.kind));
  ctx.lineWidth = ((selected ? 2 : 0) + width) / (SIZE / 10);
  ctx.strokeStyle = border;
  ctx.setLineDash(dashes);
  ctx.stroke(outlines.get(item.kind));
  ctx.restore();
}

/** Those whose name stands in a box: citizens. */
function renderBox(ctx, item, x, y, selected, readable) {
  ctx.font = `${selected ? 700 : 400} 18px ${FONT}`;
  item.wide ??= Math.max(...item.label.map((line) => ctx.measureText(line).width));
  const [width, height] = [item.wide + 18, data.measures.line * item.label.length + 8];
  return {
    drawNode() {
      ctx.globalAlpha = item.style.faded ? FADED : 1;
      ctx.beginPath();
      ctx.roundRect(x - width / 2, y - height / 2, width, height, 14);
      ctx.fillStyle = item.style.fill;
      ctx.fill();
      ctx.lineWidth = item.style.width + (selected ? 2 : 0);
      ctx.strokeStyle = item.style.border;
      ctx.setLineDash(item.style.dashes);
      ctx.stroke();
      if (!readable) return;
      item.label.forEach((line, number) => drawText(ctx, line, x,
        y + data.measures.line * (number - (item.label.length - 1) / 2), `${selected ? 700 : 400} 18px ${FONT}`, item.style.letter));
    },
    drawExternalLabel() {
      if (readable && item.style.mark && !item.style.faded) drawMark(ctx, item, x, y - height / 2 - 13, "center");
    },
    nodeDimensions: { width, height },
  };
}

function drawText(ctx, text, x, y, font, ink) {
  ctx.font = font;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}

function drawLabel(ctx, item, x, y, selected) {
  ctx.strokeStyle = colour("paper");
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  ctx.font = `${selected ? 700 : 400} 18px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour("ink");
  item.label.forEach((line, number) => {
    ctx.strokeText(line, x, y + data.measures.line * number);
    ctx.fillText(line, x, y + data.measures.line * number);
  });
}

/** The state in a few characters, beside the shape. */
function drawMark(ctx, item, x, y, align) {
  ctx.font = `700 18px ${FONT}`;
  const width = ctx.measureText(item.style.mark).width;
  ctx.fillStyle = colour("paper");
  ctx.fillRect(x - (align === "center" ? width / 2 : 0) - 3, y - 11, width + 6, 21);
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.fillStyle = item.style.tint;
  ctx.fillText(item.style.mark, x, y);
}
