"use strict";
// Everything is on the page already; this joins the figures to their places and keeps what a person says of them.
(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const [AT, NAME, TEXT, DOUBT, PAGE, LINE, BOX, KIND] = [0, 1, 2, 3, 4, 5, 6, 7];
  const items = about.items, words = about.words;
  const said = new Map(); // number of the item -> null (as read) or the text that is right
  const done = []; // for undoing, in the order of saying
  const key = "mingzhang.corrections." + about.sha256;
  const $ = (id) => document.getElementById(id);
  const buttons = new Map();
  for (const b of document.querySelectorAll(".it")) buttons.set(Number(b.dataset.n), b);
  const order = [...buttons.keys()].sort((a, b) =>
    buttons.get(a).compareDocumentPosition(buttons.get(b)) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  const rank = new Map(order.map((n, i) => [n, i]));
  const doubted = order.filter((n) => items[n][DOUBT]);
  let current = -1, saved = true;
  const mark = document.createElement("div");
  mark.className = "mark";
  const lens = $("lens");

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const line = (kind, text) => Object.assign(document.createElement("p"), { className: kind, textContent: text });

  function show(n, focus = true) {
    if (current >= 0) buttons.get(current).removeAttribute("aria-current");
    current = n;
    const button = buttons.get(n), item = items[n];
    button.setAttribute("aria-current", "true");
    button.scrollIntoView({ block: "center", inline: "nearest" });
    if (focus) button.focus({ preventScroll: true });
    place(item);
    tell();
    $("fix").hidden = true;
  }

  function place(item) {
    mark.remove();
    for (const e of document.querySelectorAll(".here, .exact")) e.classList.remove("here", "exact");
    const page = $("p" + item[PAGE]);
    if (page && $("page")) $("page").value = page.id;
    enlarge(item, page);
    if (page) {
      const [w, h] = [Number(page.dataset.w), Number(page.dataset.h)];
      if (item[BOX]) {
        const [l, t, r, b] = item[BOX], gap = 120;
        Object.assign(mark.style, {
          left: (100 * (l - gap)) / w + "%", width: (100 * (r - l + 2 * gap)) / w + "%",
          top: (page.querySelector("img").clientHeight * (t - gap)) / h + "px",
          height: (page.querySelector("img").clientHeight * (b - t + 2 * gap)) / h + "px",
        });
        page.append(mark);
        mark.scrollIntoView({ block: "center", inline: "center" });
      } else page.scrollIntoView({ block: "start" });
      return;
    }
    const row = item[LINE] && ($("l" + (item[PAGE] || 0) + "-" + item[LINE]));
    if (!row) return;
    row.classList.add("here");
    for (const cell of row.querySelectorAll("span"))
      if (item[TEXT] && cell.textContent.trim() === item[TEXT]) cell.classList.add("exact");
    row.scrollIntoView({ block: "center" });
  }

  // what stands there, so large that it can be read beside what was read
  function enlarge(item, page) {
    if (!lens) return;
    lens.hidden = !page || !item[BOX];
    if (lens.hidden) return;
    const [l, t, r, b] = item[BOX], [wide, high] = [Number(page.dataset.w), Number(page.dataset.h)];
    const [w, h] = [lens.clientWidth, lens.clientHeight];
    const scale = Math.max(Math.min((0.55 * h) / (b - t), (0.9 * w) / (r - l), 0.026), w / wide);
    const [x, y] = [w / 2 - (scale * (l + r)) / 2, h / 2 - (scale * (t + b)) / 2];
    const [left, top] = [Math.min(0, Math.max(x, w - scale * wide)), Math.min(0, Math.max(y, h - scale * high))];
    const image = lens.querySelector("img"), own = page.querySelector("img");
    if (image.src !== own.src) image.src = own.src;
    Object.assign(image.style, { left: left + "px", top: top + "px", width: scale * wide + "px" });
    Object.assign(lens.querySelector(".mark").style, {
      left: left + scale * l - 4 + "px", top: top + scale * t - 4 + "px",
      width: scale * (r - l) + 8 + "px", height: scale * (b - t) + 8 + "px",
    });
  }

  function tell() {
    const item = items[current], now = said.get(current), out = [line("", item[NAME])];
    if (item[KIND] !== "note") out.push(line("said", fill(words.read, { text: item[TEXT] || words.blank })));
    if (item[DOUBT]) out.push(line("why", item[DOUBT]));
    if (said.has(current)) out.push(line("said", now === null ? words.accepted : fill(words.changed, { text: now || words.blank })));
    if (!item[PAGE] && !item[LINE]) out.push(line("said", words.nowhere));
    $("what").replaceChildren(...out);
    $("correct").disabled = item[KIND] === "note";
  }

  function draw(n) {
    const button = buttons.get(n), item = items[n], now = said.get(n);
    button.classList.toggle("good", said.has(n) && now === null);
    button.classList.toggle("changed", said.has(n) && now !== null);
    button.classList.toggle("doubt", !said.has(n) && Boolean(item[DOUBT]));
    const old = Object.assign(document.createElement("del"), { textContent: item[TEXT] });
    if (said.has(n) && now !== null) button.replaceChildren(...(item[TEXT] ? [old] : []), now || words.blank);
    else button.textContent = item[KIND] === "note" ? item[NAME] : item[TEXT] || "\u00a0";
  }

  function count() {
    const open = doubted.filter((n) => !said.has(n)).length;
    const changed = [...said.values()].filter((v) => v !== null).length;
    const finished = doubted.length > 0 && open === 0;
    $("left").textContent = fill(finished ? words.all : words.left, { left: open, done: said.size - changed, changed });
    $("left").classList.toggle("all", finished);
    $("far").value = doubted.length ? 1 - open / doubted.length : 0;
    $("save").disabled = said.size === 0;
  }

  function say(n, now) {
    done.push([n, said.has(n), said.get(n)]);
    said.set(n, now);
    settled(n);
  }

  function settled(n) {
    saved = false;
    draw(n); count(); keep();
    if (n === current) tell();
  }

  function undo() {
    const last = done.pop();
    if (!last) return;
    const [n, before, now] = last;
    if (before) said.set(n, now); else said.delete(n);
    show(n);
    settled(n);
  }

  function step(way) {
    const among = doubted.filter((n) => !said.has(n) || n === current);
    const list = among.length && !(among.length === 1 && among[0] === current && said.has(current)) ? among : order;
    if (!list.length) return;
    const at = rank.get(current) ?? -1;
    const next = way > 0 ? list.find((n) => rank.get(n) > at) : list.findLast((n) => rank.get(n) < at);
    show(next ?? (way > 0 ? list[0] : list[list.length - 1]));
  }

  // on to the next doubt; after the last one it is time to save, not to begin with what nobody doubts
  function onwards() {
    if (doubted.length && doubted.every((n) => said.has(n)) && items[current][DOUBT]) {
      $("what").append(line("said", words.finished));
      $("save").focus();
    } else step(1);
  }

  function edit(typed) {
    if (current < 0 || items[current][KIND] === "note") return;
    const box = $("now");
    box.value = typed ?? said.get(current) ?? items[current][TEXT];
    box.setCustomValidity("");
    $("fix").hidden = false;
    box.focus();
    if (typed === undefined) box.select();
  }

  const number = /^\s*(?:[-−－]?\s*\d+(?:[,，]\d{3})*(?:[.．]\d+)?|[-—－–/／]*)\s*$/;
  function entered(event) {
    event.preventDefault();
    const box = $("now"), text = box.value.trim();
    if (items[current][KIND] === "figure" && !number.test(text.normalize("NFKC"))) {
      box.setCustomValidity(words.bad);
      box.reportValidity();
      return;
    }
    $("fix").hidden = true;
    say(current, text === items[current][TEXT] ? null : text);
    onwards();
  }

  const content = () => ({
    schema: "mingzhang.corrections/1.0", file: about.file, sha256: about.sha256,
    made: [...said].sort((a, b) => a[0] - b[0]).map(([n, now]) =>
      ({ at: items[n][AT], was: items[n][TEXT], ...(now === null ? {} : { now }) })),
  });

  function keep() { try { localStorage.setItem(key, JSON.stringify(content().made)); } catch { /* a page from a file may have no store */ } }

  function take(made) {
    const numbers = new Map(items.map((item, n) => [item[AT], n]));
    let taken = 0;
    for (const m of made) {
      const n = numbers.get(m.at);
      if (n !== undefined && buttons.has(n) && items[n][TEXT] === m.was) { said.set(n, m.now ?? null); draw(n); taken++; }
    }
    return taken;
  }

  function again() {
    try { take(JSON.parse(localStorage.getItem(key) || "[]")); } catch { /* nothing was kept */ }
  }

  // what somebody else, or another browser, saved
  async function load(file) {
    let given = null;
    try { given = JSON.parse(await file.text()); } catch { /* told below */ }
    const of = given && Array.isArray(given.made) && given.sha256 === about.sha256;
    const taken = of ? take(given.made) : 0;
    count(); keep();
    $("what").replaceChildren(line(of ? "said" : "why", of ? fill(words.loaded, { n: taken, of: given.made.length }) : words.other));
  }

  function save() {
    if (!said.size) return;
    const file = about.file.replace(/\.[^.]*$/, "") + ".corrections.json";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(content(), null, 1) + "\n"], { type: "application/json" }));
    link.download = file;
    link.click();
    URL.revokeObjectURL(link.href);
    saved = true;
    $("what").replaceChildren(line("said", fill(words.saved, { file })));
  }

  const accept = () => { if (current >= 0) { say(current, null); onwards(); } };
  const keys = { j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1), a: accept, e: () => edit(), u: undo, s: save };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.id === "now") { if (event.key === "Escape") { $("fix").hidden = true; show(current); } return; }
    if (["INPUT", "SELECT"].includes(event.target.tagName)) return;
    if (/^[0-9-]$/.test(event.key) && current >= 0 && items[current][KIND] === "figure") { event.preventDefault(); edit(event.key); return; }
    const act = keys[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  $("next").onclick = () => step(1);
  $("previous").onclick = () => step(-1);
  $("accept").onclick = accept;
  $("correct").onclick = () => edit();
  $("load").onclick = () => $("given").click();
  $("given").onchange = (event) => { if (event.target.files[0]) load(event.target.files[0]); event.target.value = ""; };
  $("go").onchange = (event) => {
    const article = $(event.target.value);
    if (!article) return;
    const own = [...article.querySelectorAll(".it")].map((b) => Number(b.dataset.n));
    const first = own.find((n) => items[n][DOUBT] && !said.has(n)) ?? own[0];
    if (first !== undefined) show(first);
    article.scrollIntoView({ block: "start" });
    event.target.value = "";
  };
  if ($("page")) $("page").onchange = (event) => $(event.target.value).scrollIntoView({ block: "start" });
  $("undo").onclick = undo;
  $("save").onclick = save;
  $("fix").onsubmit = entered;
  $("now").oninput = () => $("now").setCustomValidity("");
  $("only").onchange = (event) => document.body.classList.toggle("only-doubts", event.target.checked);
  if ($("zoom")) $("zoom").oninput = (event) => {
    $("original").style.setProperty("--zoom", event.target.value / 100);
    if (current >= 0) place(items[current]);
  };
  $("reading").addEventListener("click", (event) => {
    const button = event.target.closest(".it");
    if (button) show(Number(button.dataset.n));
  });
  // a click on the picture asks what was read there: the smallest box around the point
  for (const page of document.querySelectorAll("figure[data-w]")) page.querySelector("img").onclick = (event) => {
    const image = event.target, x = (event.offsetX / image.clientWidth) * page.dataset.w;
    const y = (event.offsetY / image.clientHeight) * page.dataset.h, number = Number(page.id.slice(1));
    const size = ([l, t, r, b]) => (r - l) * (b - t);
    const hit = order.filter((n) => items[n][PAGE] === number && items[n][BOX])
      .filter((n) => { const [l, t, r, b] = items[n][BOX]; return l - 200 <= x && x <= r + 200 && t - 200 <= y && y <= b + 200; })
      .sort((a, b) => size(items[a][BOX]) - size(items[b][BOX]))[0];
    if (hit !== undefined) show(hit);
  };
  window.addEventListener("resize", () => { if (current >= 0) place(items[current]); });
  window.addEventListener("beforeunload", (event) => { if (!saved) { event.preventDefault(); event.returnValue = words.leave; } });
  again();
  count();
  saved = true;
  if (doubted.length) show(doubted.find((n) => !said.has(n)) ?? doubted[0], false);
})();
