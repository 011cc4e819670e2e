// Asks the search page of a built site, or Pagefind's script on the same host,
// and prints what each query cost: a JSON object a line. Bytes are those that
// the host sent, compressed; what the browser's cache answered counts nothing.
// The job comes as JSON on standard input: see internal/bench/search.go.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const job = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath: job.chromium, args: ["--no-sandbox", "--disable-gpu"] });

const warraq = {
  path: "/search/",
  // The script comes at the first focus and hides the empty list; results stand when the list is no longer busy.
  ask: async (q) => {
    const box = document.getElementById("q"), results = document.getElementById("results");
    const tick = () => new Promise((r) => setTimeout(r, 1));
    const start = performance.now();
    box.focus();
    while (!results.hidden && !results.children.length) await tick();
    box.value = q;
    let busy = false;
    new MutationObserver(() => (busy ||= results.hasAttribute("aria-busy"))).observe(results, { attributes: true });
    document.getElementById("search").requestSubmit();
    while (!busy || results.hasAttribute("aria-busy")) await tick();
    return performance.now() - start;
  },
};
const pagefind = {
  path: "/404.html",
  ask: async (q) => {
    const start = performance.now();
    window.pf ??= await import("/pagefind/pagefind.js");
    const r = await window.pf.search(q);
    await Promise.all(r.results.slice(0, 10).map((x) => x.data()));
    return performance.now() - start;
  },
};
const engine = job.pagefind ? pagefind : warraq;

const open = async () => {
  const page = await (await browser.newContext({ bypassCSP: job.pagefind })).newPage(); // ours lives with the site's policy
  // The host counts, because Pagefind asks from a worker, which the page's own tools do not see.
  const cost = async () => (await fetch(job.base + "/cost")).json();
  await page.goto(job.base + engine.path, { waitUntil: "networkidle" });
  const ask = async (q) => {
    await cost();
    const Ms = await page.evaluate(engine.ask, q);
    await page.waitForTimeout(400); // the passages of what is in view
    return { ...(await cost()), Ms };
  };
  return { ask, close: () => page.context().close() };
};
const say = (When, Kind, cost) => console.log(JSON.stringify({ When, Kind, ...cost }));

for (const [i, { Kind, Text }] of job.queries.entries()) {
  const page = await open();
  say("first", Kind, await page.ask(Text));
  const other = job.queries[(i + 7) % job.queries.length].Text;
  await page.ask(other);
  say("repeat", Kind, await page.ask(Text));
  await page.close();
  const next = await open();
  await next.ask(other);
  say("next", Kind, await next.ask(Text));
  await next.close();
}
await browser.close();
