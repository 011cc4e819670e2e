import { fold, segments, stemOf, words } from "./analysis.js";
import { Index } from "./index.js";
import { search } from "./query.js";
import { lacks, passage } from "./passage.js";

// The search page: what the reader types, sees and shares. All text goes in as
// text; nothing of an article is ever parsed as markup.

const base = new URL("../../", import.meta.url); // …/search/
const site = new URL("../", base);
const byId = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const e = Object.assign(document.createElement(tag), props);
  e.append(...children);
  return e;
};

const form = byId("search"), box = byId("q"), status = byId("search-status"), results = byId("results");
status.setAttribute("aria-live", "polite");
results.hidden = true;
let filters = byId("search-filters");
if (!filters) results.before((filters = make("div", { id: "search-filters" })));
filters.hidden = true;
let more = byId("search-more");
if (!more) results.after((more = make("p", { id: "search-more" })));

let distrust = false; // what the browser keeps of the index may be damaged: ask the server
const read = async (path) => {
  const r = await fetch(new URL(path, base), { cache: distrust ? "reload" : path === "index.bin" ? "no-cache" : "default" });
  if (!r.ok) throw Object.assign(new Error(path), { missing: r.status === 404 });
  const raw = new Uint8Array(await r.arrayBuffer());
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) return raw; // a server decoded it
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

let index; // a promise of the opened index
const open = () => (index ??= new Index(read).open().catch((e) => ((index = undefined), Promise.reject(e))));

// The page says how the site writes numbers and months.
const months = (results.dataset.months ?? "").split("|");
const number = (n, more) => Number(n).toLocaleString("ar-u-nu-" + (results.dataset.digits || "latn"), more);

// plural says how many results, as Arabic counts.
const plural = (n) => {
  if (n < 3) return ["لا نتائج", "نتيجة واحدة", "نتيجتان"][n];
  const m = n % 100;
  return number(n) + (m >= 3 && m <= 10 ? " نتائج" : " نتيجة");
};

const dateText = (iso) => {
  const [y, m, d] = iso.split("-");
  const plain = (n) => number(n, { useGrouping: false });
  return [d && plain(d), m && (months[m - 1] || plain(m)), plain(y)].filter(Boolean).join(" ");
};

// marked gives a text with the words that were found marked, letters as written.
const marked = (text, senses) => {
  const out = [], at = words(text);
  let last = 0;
  for (let i = 0; i < at.length; i += 2) {
    const word = text.slice(at[i], at[i + 1]);
    if (!segments(fold(word)).map(stemOf).some((t) => senses.some((s) => s.has(t)))) continue;
    out.push(text.slice(last, at[i]), make("mark", {}, word));
    last = at[i + 1];
  }
  return [...out, text.slice(last)];
};

const item = (h, senses) => {
  const meta = make("p", { className: "meta" });
  if (h.date) meta.append(make("time", { dateTime: h.date }, dateText(h.date)));
  if (h.source) meta.append(h.date ? " · " : "", h.source);
  const li = make("li", {}, make("h2", {}, make("a", { href: new URL(h.url, site) }, ...marked(h.title, senses))), meta);
  const excerpt = make("p", { className: "excerpt" }, ...marked(h.excerpt, senses));
  if (h.excerpt) li.append(excerpt);
  if (h.excerpt && lacks(h.title + " " + h.excerpt, senses)) quote(li, excerpt, h.url, senses);
  return li;
};

// quote replaces the lead of an article by the passage in which the words
// stand: from its own page, once the reader sees the result, because texts in
// the index would double it, and the page is what the reader opens next.
const seen = new IntersectionObserver((entries) => {
  for (const e of entries)
    if (e.isIntersecting) {
      seen.unobserve(e.target);
      e.target.quote();
    }
});
const quote = (li, excerpt, url, senses) => {
  if (navigator.connection?.saveData) return;
  li.quote = async () => {
    const r = await fetch(new URL(url, site)).catch(() => null); // without it the lead stays
    if (!r?.ok || !li.isConnected) return;
    const text = new DOMParser().parseFromString(await r.text(), "text/html").querySelector("article .text");
    const blocks = [...(text?.querySelectorAll("p, li, td, h2, h3") ?? [])].filter((b) => !b.querySelector("p, li"));
    const found = passage(blocks.map((b) => b.textContent.replace(/\s+/g, " ")), senses);
    if (found) excerpt.replaceChildren(...marked(found, senses));
  };
};

// The state is the address: ?q=&theme=&source=&year=&kind=&sort=date.
const fields = ["theme", "source", "year", "kind"];
const fromAddress = () => {
  const p = new URLSearchParams(location.search), s = { q: p.get("q") ?? "", date: p.get("sort") === "date" };
  for (const f of fields) s[f] = p.get(f) ?? "";
  return s;
};
const toAddress = (s, push) => {
  const p = new URLSearchParams();
  if (s.q) p.set("q", s.q);
  for (const f of fields) if (s[f]) p.set(f, s[f]);
  if (s.date) p.set("sort", "date");
  const query = p.toString(), url = location.pathname + (query ? "?" + query : "");
  if (url !== location.pathname + location.search) history[push ? "pushState" : "replaceState"](null, "", url);
};

let state = fromAddress(), limit = 10, all = false, turn = 0, failed = false;

const button = (text, onclick) => make("button", { type: "button", onclick }, text);

const say = (text, ...rest) => status.replaceChildren(text, ...rest);

const run = async (again = false) => {
  const mine = ++turn;
  byId("browse")?.toggleAttribute("hidden", state.q.trim() !== "");
  if (!state.q.trim()) {
    results.replaceChildren();
    results.hidden = filters.hidden = true;
    more.replaceChildren();
    say("");
    return;
  }
  results.setAttribute("aria-busy", "true");
  try {
    const ix = await open();
    const counted = ix.entry.docs <= 4000 || filters.querySelector("details")?.open || fields.some((f) => state[f]);
    const res = await search(ix, state.q, { ...state, facets: counted, limit, all });
    const names = counted ? await ix.names() : null;
    if (mine !== turn) return; // the reader went on typing
    distrust = failed = false;
    show(res, names);
  } catch (e) {
    if (mine !== turn) return;
    index = undefined;
    if (e.missing && !again) return run(true); // the site was built anew since the entry was read
    console.error(e);
    failed = true;
    distrust = navigator.onLine !== false;
    results.replaceChildren();
    results.hidden = filters.hidden = true;
    more.replaceChildren();
    say(
      navigator.onLine === false ? "انقطع الاتصال بالشبكة، ويُستأنف البحث حين يعود. " : "تعذّر تحميل جزء من فهرس البحث. ",
      button("أعد المحاولة", () => run()),
    );
  } finally {
    if (mine === turn) results.removeAttribute("aria-busy");
  }
};

const show = (res, names) => {
  const items = [];
  let near = false;
  for (const h of res.hits) {
    if (h.tier >= 3 && !near) {
      near = true;
      items.push(make("li", { className: "near-label" }, "نتائج قريبة"));
    }
    items.push(item(h, res.senses));
  }
  seen.disconnect();
  results.replaceChildren(...items);
  for (const li of items) if (li.quote) seen.observe(li);
  results.hidden = !items.length;

  if (!res.words.length) say("كلمات الاستعلام عامة جدًّا. أضف كلمة تدل على الموضوع.");
  else if (!res.total) say(`لا نتائج لبحثك عن «${state.q.trim()}».` + absent(res.words));
  else if (res.near === res.total) say(`لا نتائج مطابقة. ${plural(res.near)} قريبة.`);
  else say(plural(res.total - res.near) + (res.near ? `، و${plural(res.near)} قريبة` : "") + (res.complete ? "" : " في أحدث الأرشيف") + ".");

  more.replaceChildren();
  if (res.total > res.hits.length) more.append(button("المزيد من النتائج", () => ((limit += 10), run())));
  if (!res.complete) more.append(button("ابحث في الأرشيف كله", () => ((all = true), run())));
  controls(res, names);
};

// absent names the words that the archive does not hold.
const absent = (found) => {
  const gone = found.filter((m) => !m.exact.length && !m.near.length).map((m) => `«${m.word.text}»`);
  return gone.length && gone.length < found.length ? ` لا يرد في الأرشيف: ${gone.join("، ")}.` : "";
};

const labels = { theme: "الموضوع", source: "المصدر", year: "السنة", kind: "فيه ذكر" };
const kindNames = { person: "أشخاص", place: "أماكن", organisation: "منظمات", keyword: "وسوم" };

// controls draws the filters with their counts.
const controls = (res, names) => {
  const wanted = fields.some((f) => state[f]);
  filters.hidden = !res.total && !wanted;
  const wasOpen = filters.querySelector("details")?.open ?? wanted, focused = document.activeElement?.name;
  const select = (name, label, options) => {
    const s = make("select", { name }, ...options.map(([value, text]) => make("option", { value }, text)));
    s.value = name === "sort" ? (state.date ? "date" : "") : state[name];
    s.onchange = () => change(name === "sort" ? { date: s.value === "date" } : { [name]: s.value });
    return make("label", {}, label + " ", s);
  };
  const facet = (name, counts, title) => {
    const values = Object.keys(counts ?? {});
    if (state[name] && !values.includes(state[name])) values.push(state[name]);
    if (!values.length) return "";
    if (name === "year") values.sort().reverse();
    else values.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (a < b ? -1 : 1));
    return select(name, labels[name], [["", "الكل"], ...values.slice(0, 50).map((v) => [v, `${title(v)} (${counts[v] ?? 0})`])]);
  };
  const titles = (list) => ((m) => (slug) => m.get(slug) ?? slug)(new Map(list));
  const body = names
    ? [
        facet("theme", res.facets.themes, titles(names.themes)),
        facet("year", res.facets.years, (y) => y),
        facet("source", res.facets.sources, titles(names.sources)),
        facet("kind", res.facets.kinds, (k) => kindNames[k] ?? k),
      ]
    : [];
  const details = make("details", { open: wasOpen }, make("summary", {}, "تصفية النتائج"), ...body);
  details.ontoggle = () => details.open && !names && run();
  filters.replaceChildren(select("sort", "الترتيب", [["", "الأنسب"], ["date", "الأحدث"]]), details);
  if (focused) filters.querySelector(`[name="${focused}"]`)?.focus();
};

const change = (by, push = true) => {
  state = { ...state, ...by };
  limit = 10;
  all = false;
  toAddress(state, push);
  run();
};

addEventListener("online", () => failed && run());

let timer;
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => change({ q: box.value }, false), 180);
});
form.addEventListener("submit", (e) => {
  e.preventDefault();
  clearTimeout(timer);
  change({ q: box.value });
});
addEventListener("popstate", () => {
  state = fromAddress();
  box.value = state.q;
  limit = 10;
  run();
});

// Arrows walk from the box through the results and back; Escape returns to the
// box, and there empties it. (The loader answers «/».)
addEventListener("keydown", (e) => {
  const links = [...results.querySelectorAll("a")], here = document.activeElement, i = links.indexOf(here);
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (step && (here === box || i >= 0)) {
    const to = here === box ? (step > 0 ? links[0] : null) : (links[i + step] ?? (step < 0 ? box : null));
    if (to) {
      e.preventDefault();
      to.focus();
    }
  } else if (e.key === "Escape" && (here === box || i >= 0)) {
    if (here === box) {
      box.value = "";
      change({ q: "" }, false);
    } else box.focus();
    e.preventDefault();
  }
});

if (state.q) {
  box.value = state.q;
  run();
} else if (box.value) change({ q: box.value }, false);
