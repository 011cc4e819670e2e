// Asks the search page while the network fails in one way after another, and
// prints what the reader saw as JSON. See search_test.go.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const job = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath: job.chromium, args: ["--no-sandbox", "--disable-gpu"] });
const seen = {};

const visit = async (name, walk) => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  const page = await context.newPage();
  await page.goto(job.base + "/search/");
  const status = () => page.textContent("#search-status");
  const settled = async (what) => page.waitForFunction(what, null, { timeout: 15000 }).catch(() => {});
  const failure = () => settled(() => document.querySelector("#search-status").textContent.match(/تعذّر|انقطع/));
  const results = () => settled(() => document.querySelector("#results li a"));
  const ask = async (q) => {
    await page.fill("#q", q);
    await page.press("#q", "Enter");
  };
  const out = { Failed: "", Results: 0, Status: "", Marks: [], Excerpts: [] };
  await walk({ page, context, out, ask, failure, results, status });
  out.Status = (await status()) ?? "";
  out.Results = await page.locator("#results li a").count();
  out.Marks = await page.locator("#results mark").allTextContents();
  out.Excerpts = await page.locator("#results .excerpt").allTextContents();
  seen[name] = out;
  await context.close();
};
const files = /\/search\/i\/.*\.bin$/;

// broken answers every file of the index wrongly, then mends it and presses «again».
const broken = (answer) => async ({ page, out, ask, failure, results, status }) => {
  await page.focus("#q");
  await page.route(files, answer);
  await ask("لجوء");
  await failure();
  out.Failed = await status();
  await page.unroute(files);
  await page.click("#search-status button").catch(() => {});
  await results();
};
await visit("blocked", broken((route) => route.abort()));
await visit("missing", broken((route) => route.fulfill({ status: 404, body: "" })));
await visit("damaged", broken((route) => route.fulfill({ status: 200, body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6]), headers: { "cache-control": "max-age=600" } })));
await visit("cut short", broken((route) => route.fulfill({ status: 200, body: Buffer.from([9, 9, 9]), headers: { "cache-control": "max-age=600" } })));
await visit("built anew", async ({ page, ask, results }) => {
  let first = true;
  await page.route(files, (route) => (first ? ((first = false), route.fulfill({ status: 404, body: "" })) : route.continue()));
  await ask("لجوء");
  await results();
});
await visit("offline", async ({ page, context, out, ask, failure, results, status }) => {
  await ask("حميميم");
  await results();
  await context.setOffline(true);
  await ask("ألاسكا");
  await failure();
  out.Failed = await status();
  await context.setOffline(false); // the page goes on by itself
  await results();
});
await visit("no script", async ({ page, out, ask, failure, results, status }) => {
  const script = /\/search\/i\/.*\.js/;
  await page.route(script, (route) => route.abort());
  await page.focus("#q");
  await failure();
  out.Failed = await status();
  await page.unroute(script);
  await page.type("#q", "لجوء");
  await results();
});
// The passage comes from the article, its letters and marks as written there.
await visit("passage", async ({ page, ask, results }) => {
  await ask("زارياديه");
  await results();
  await page.waitForFunction(() => document.querySelector("#results .excerpt mark"), null, { timeout: 15000 }).catch(() => {});
});
await visit("tashkeel", async ({ page, ask, results }) => {
  await ask("نقاط كثيرة");
  await results();
  await page.waitForFunction(() => document.querySelectorAll("#results .excerpt mark").length > 1, null, { timeout: 15000 }).catch(() => {});
});
console.log(JSON.stringify(seen));
await browser.close();
