// Putting it together.

combobox(byId("find"), () => found, show);
combobox(byId("path-one"), () => onlyEntities, (id) => takeEnd("one", id), (id) => leaveEnd("one", id));
combobox(byId("path-other"), () => onlyEntities, (id) => takeEnd("other", id), (id) => leaveEnd("other", id));
byId("payment").addEventListener("change", ({ target }) => {
  choice.payment = target.value || null;
  chosen = choice.payment;
  changeView();
});
byId("grouping").addEventListener("change", ({ target }) => {
  choice.grouping = target.value;
  choice.opened.clear();
  changeView();
});
for (const id of ["filters", "paths"]) byId(id + "-toggle").addEventListener("click", () => toggleBox(id));
for (const [id, press] of [["whole", wholeMap], ["zoom-in", () => zoom(1.3)], ["zoom-out", () => zoom(1 / 1.3)], ["force", force], ["reset", reset], ["large", large]]) {
  byId(id).addEventListener("click", press);
}
/** The map over the whole window, without the panel; and back. */
function large() {
  const is = document.body.classList.toggle("large");
  byId("large").setAttribute("aria-pressed", String(is));
  moved = false;
}

network.on("click", ({ nodes: hit }) => choose(hit.length ? hit[0] : null));
network.on("doubleClick", ({ nodes: hit }) => {
  if (hit.length && shown.items.get(hit[0]).group) {
    choice.opened.add(hit[0]);
    changeView();
  }
});
document.addEventListener("click", (event) => {
  const press = event.target.closest("[data-choose]");
  if (!press) return;
  show(press.dataset.choose);
  if (!press.closest("#panel")) map.scrollIntoView({ block: "nearest" });
});
for (const query of ["(prefers-color-scheme: dark)", "print"]) {
  window.matchMedia(query).addEventListener("change", () => {
    known.clear();
    painted.clear();
    paint();
  });
}

prepareTables(document);
Object.assign(choice, { focus: data.opening.focus && { id: data.opening.focus, depth: data.opening.depth }, payment: data.opening.payment });
chosen = data.opening.focus || data.opening.payment;
changeView();
if (played) startPlaying();
document.documentElement.dataset.ready = "yes";
