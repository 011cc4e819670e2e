// Asks the search page of a built site, or Pagefind's script on the same host,
// and prints what each query cost as soon as it is known: a JSON object a line,
// with Error where a query met its deadline; progress goes to standard error.
// Bytes are those that the host sent, compressed; what the browser's cache
// answered counts nothing.
// The job comes as JSON on standard input: see internal/bench/search.go.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const job = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath: job.chromium, args: ["--no-sandbox", "--disable-gpu"] });

const warraq = {
  path: "/search/",
  // The script comes at the first focus and hides the empty list; results stand when the list, once busy, is no longer so.
  ask: async (q) => {
    const box = document.getElementById("q"), results = document.getElementById("results");
    const until = (done) =>
      new Promise((resolve) => {
        const look = () => done() && (observer.disconnect(), resolve());
        const observer = new MutationObserver(look);
        observer.observe(results, { attributes: true });
        look();
      });
    const start = performance.now();
    box.focus();
    await until(() => results.hidden || results.children.length);
    box.value = q;
    document.getElementById("search").requestSubmit(); // the list is busy when this returns
    await until(() => !results.hasAttribute("aria-busy"));
    const took = performance.now() - start;
    const status = document.getElementById("search-status");
    if (status.querySelector("button")) throw new Error(status.firstChild.textContent); // it offers to try again
    return took;
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

// within gives what a promise gives, unless it takes longer than a query may:
// whatever hangs (script, renderer, host), the run goes on.
const within = (promise) => {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer within ${job.deadline} ms`)), job.deadline)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

// The host counts, because Pagefind asks from a worker, which the page's own tools do not see.
const cost = async () => (await fetch(job.base + "/cost")).json();
// settled waits until nothing more was sent for a while: the passages of what is in view.
const settled = async () => {
  const sum = await cost(), until = performance.now() + job.deadline;
  for (let quiet = 0; quiet < 2 && performance.now() < until; quiet++) {
    await new Promise((r) => setTimeout(r, 150));
    const more = await cost();
    for (const k in more) sum[k] += more[k];
    if (more.Requests) quiet = -1;
  }
  return sum;
};

const say = (line) => console.log(JSON.stringify(line));
let asked = 0;

// ask says what a query cost on a page, and reports whether it was answered.
const ask = async (page, When, { Kind, Text }) => {
  await cost();
  asked++;
  try {
    const Ms = await within(page.evaluate(engine.ask, Text));
    const sum = await settled();
    say({ When, Kind, ...sum, Ms });
    console.error(`${asked} of ${3 * job.queries.length}: ${When} ${Text}: ${(sum.Bytes / 1000).toFixed(1)} KB, ${sum.Requests} requests, ${Ms.toFixed()} ms`);
    return true;
  } catch (e) {
    const Error = `${When} query «${Text}» (${Kind}): ${e.message.split("\n")[0]}`;
    console.error(Error);
    say({ When, Kind, Error });
    return false;
  }
};

// Each query is asked once of a fresh browser, then again behind another one;
// the other, which follows it there, is the next query of its own kind. Halfway
// through the list queries are of another kind.
for (const [i, query] of job.queries.entries()) {
  const other = job.queries[(i + (job.queries.length >> 1)) % job.queries.length];
  const context = await browser.newContext({ bypassCSP: job.pagefind }); // ours lives with the site's policy
  context.setDefaultTimeout(job.deadline);
  try {
    const page = await context.newPage();
    await page.goto(job.base + engine.path, { waitUntil: "load" });
    // What one query left behind unanswered would count for the next.
    (await ask(page, "first", query)) && (await ask(page, "next", other)) && (await ask(page, "repeat", query));
  } catch (e) {
    say({ When: "first", Kind: query.Kind, Error: `the page of «${query.Text}» did not open: ${e.message.split("\n")[0]}` });
  }
  await within(context.close()).catch(() => {}); // a hanging page goes with the browser
}
await within(browser.close()).catch(() => {});
process.exit();
