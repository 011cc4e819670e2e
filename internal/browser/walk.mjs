// Opens pages in headless Chromium and reports what a reader would meet.
// A job is read from standard input, a report written to standard output:
//   job    {base, chromium, shots, pages: [{name, path, status}], only: ["load","axe","nojs","keyboard","filters","timelinejs"]}
//   report [{page, mode, check, ...findings}]
import { chromium } from "playwright-core";
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";

const job = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const only = new Set(job.only ?? ["load", "axe", "nojs"]);

const browser = await chromium.launch({
  executablePath: job.chromium,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const report = [];

// load: the page as it is, with its own content security policy.
async function load(page, mode, viewport) {
  const context = await browser.newContext({ colorScheme: mode, viewport });
  const tab = await context.newPage();
  const errors = [], foreign = [];
  tab.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") errors.push(m.text()); });
  tab.on("pageerror", (e) => errors.push(String(e)));
  tab.on("request", (r) => { if (!r.url().startsWith(job.base) && !r.url().startsWith("data:")) foreign.push(r.url()); });
  await tab.addInitScript(() => {
    globalThis.__shift = 0;
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) if (!e.hadRecentInput) globalThis.__shift += e.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const response = await tab.goto(job.base + page.path, { waitUntil: "load" });
  await tab.waitForTimeout(150);
  const facts = await tab.evaluate(() => ({
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    direction: getComputedStyle(document.body).direction,
    title: document.title,
    h1: document.querySelectorAll("h1").length,
    shift: globalThis.__shift,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  if (job.shots) {
    mkdirSync(job.shots, { recursive: true });
    await tab.screenshot({ path: `${job.shots}/${page.name}-${viewport.width}-${mode}.png`, fullPage: true });
  }
  const expected = page.status ?? 200;
  report.push({
    page: page.name, mode, check: "load", width: viewport.width, status: response.status(), expected, foreign, ...facts,
    errors: errors.filter((e) => !(expected === 404 && e.includes("404"))),
  });
  await context.close();
}

// axe: accessibility rules, with the policy lifted so that the checker can run.
async function axe(page, mode) {
  const context = await browser.newContext({ colorScheme: mode, bypassCSP: true, viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(job.base + page.path, { waitUntil: "load" });
  await tab.evaluate(axeSource);
  const result = await tab.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  report.push({
    page: page.name, mode, check: "axe",
    violations: result.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`),
    passes: result.passes.length,
  });
  await context.close();
}

// nojs: what is left without scripts.
async function nojs(page) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  const tab = await context.newPage();
  await tab.goto(job.base + page.path, { waitUntil: "load" });
  const text = await tab.locator("main").innerText();
  const links = await tab.locator("main a[href], nav a[href]").count();
  report.push({ page: page.name, mode: "light", check: "nojs", letters: text.length, links });
  await context.close();
}

// keyboard: Tab through the page; every stop must be visible and marked.
async function keyboard(page) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(job.base + page.path, { waitUntil: "load" });
  const stops = [], faults = [];
  for (let i = 0; i < 60; i++) {
    await tab.keyboard.press("Tab");
    const stop = await tab.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
      return {
        name: (e.innerText || e.getAttribute("aria-label") || e.id || e.tagName).trim().slice(0, 60),
        href: e.getAttribute("href"),
        seen: box.width > 0 && box.height > 0 && style.visibility !== "hidden",
        marked: style.outlineStyle !== "none" || style.boxShadow !== "none",
      };
    });
    if (!stop) break;
    stops.push(stop.name);
    if (!stop.seen) faults.push(`not visible: ${stop.name}`);
    if (!stop.marked) faults.push(`focus not marked: ${stop.name}`);
  }
  // The first stop is the skip link; following it must move the focus to main.
  await tab.goto(job.base + page.path, { waitUntil: "load" });
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  const target = await tab.evaluate(() => location.hash);
  report.push({ page: page.name, mode: "light", check: "keyboard", stops: stops.length, first: stops[0] ?? "", target, faults });
  await context.close();
}

// filters: each choice, taken by the keyboard, leaves exactly the entries that it names
// in sight, and no heading without one.
async function filters(page) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(job.base + page.path, { waitUntil: "load" });
  const faults = [];
  let stops = 0;
  for (const group of ["kind", "theme"]) {
    await tab.focus(`input[name=${group}]:checked`);
    const choices = await tab.locator(`input[name=${group}]`).count();
    for (let i = 0; i < choices; i++) {
      const state = await tab.evaluate((name) => {
        const id = document.activeElement.id, choice = id.slice(2);
        const wanted = choice === "all" ? "" : name === "kind" ? "." + choice : ".t" + choice;
        const seen = (e) => e.getClientRects().length > 0;
        const entries = [...document.querySelectorAll(".day li:not(.report)")];
        const faults = entries.filter((e) => seen(e) !== (!wanted || e.matches(wanted))).map((e) => e.innerText.slice(0, 40));
        const empty = [...document.querySelectorAll(".month, .day, .report")].filter((e) => seen(e) && ![...e.querySelectorAll(".day li:not(.report)")].some(seen));
        return { id, checked: document.activeElement.checked, shown: entries.filter(seen).length, all: entries.length, faults, empty: empty.length };
      }, group);
      stops++;
      if (!state.checked) faults.push(`${state.id} is not chosen by the arrow key`);
      if (state.shown === 0) faults.push(`${state.id} leaves nothing of ${state.all} entries`);
      if (i > 0 && state.shown === state.all) faults.push(`${state.id} leaves everything`);
      if (state.empty) faults.push(`${state.id} leaves ${state.empty} headings over nothing`);
      for (const f of state.faults.slice(0, 3)) faults.push(`${state.id} is wrong about: ${f}`);
      await tab.keyboard.press("ArrowDown");
    }
  }
  report.push({ page: page.name, mode: "light", check: "filters", stops, faults });
  await context.close();
}

// timelinejs: the export, opened in TimelineJS itself.
async function timelinejs(page) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  const errors = [], foreign = [];
  let bytes = 0;
  tab.on("pageerror", (e) => errors.push(String(e)));
  tab.on("request", (r) => { if (!r.url().startsWith(job.base) && !r.url().startsWith("data:")) foreign.push(r.url()); });
  tab.on("response", async (r) => { try { bytes += (await r.body()).length; } catch { /* a redirect has no body */ } });
  await tab.goto(job.base + page.path, { waitUntil: "load" });
  // Attached, not visible: TimelineJS shows only the markers near its title.
  await tab.waitForSelector(".tl-timemarker", { state: "attached", timeout: 30000 });
  const facts = await tab.evaluate(() => ({
    markers: document.querySelectorAll(".tl-timemarker").length,
    title: document.querySelector(".tl-slide h2")?.innerText ?? "",
    scripts: document.querySelectorAll(".tl-slide script").length,
  }));
  report.push({ page: page.name, mode: "light", check: "timelinejs", errors, foreign, bytes, ...facts });
  await context.close();
}

for (const page of job.pages) {
  if (only.has("timelinejs")) await timelinejs(page);
  if (only.has("load")) for (const mode of ["light", "dark"]) {
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) await load(page, mode, viewport);
  }
  if (only.has("load")) await load(page, "light", { width: 320, height: 700 });
  if (only.has("axe")) for (const mode of ["light", "dark"]) await axe(page, mode);
  if (only.has("nojs")) await nojs(page);
  if (only.has("keyboard")) await keyboard(page);
  if (only.has("filters")) await filters(page);
}
await browser.close();
process.stdout.write(JSON.stringify(report));
