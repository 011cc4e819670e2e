// Measures bytes, requests and time of queries in a real browser, of Warraq's
// index and of Pagefind's on the same pages:
//
//	WARRAQ_SCALE=10000 WARRAQ_SCALE_DIR=/tmp/m go test -run TestScale ./internal/search
//	node_modules/@pagefind/*/bin/pagefind_extended --site /tmp/m
//	node measure.mjs /tmp/m [path of chromium]
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";
import { chromium } from "playwright-core";

const root = process.argv[2];
const queries = JSON.parse(fs.readFileSync(path.join(root, "queries.json")));
let sent, requests;
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json" };
const server = http.createServer((q, s) => {
  let file = path.join(root, decodeURIComponent(new URL(q.url, "http://x").pathname));
  if (file.endsWith("/")) file += "index.html";
  if (!fs.existsSync(file)) return s.writeHead(404).end();
  const type = types[path.extname(file)];
  let body = fs.readFileSync(file);
  const head = { "content-type": type ?? "application/octet-stream", "cache-control": "max-age=600" };
  if (type) {
    body = zlib.brotliCompressSync(body);
    head["content-encoding"] = "br";
  }
  sent += body.length;
  requests++;
  s.writeHead(200, head).end(body);
}).listen(0);
const base = `http://localhost:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.argv[3] ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

const ours = {
  open: async (page) => page.goto(base + "/search/"),
  // The status changes when results stand.
  ask: (page, q) =>
    page.evaluate(async (q) => {
      const box = document.getElementById("q"), status = document.getElementById("search-status");
      const done = new Promise((r) => new MutationObserver((_, o) => (o.disconnect(), r())).observe(status, { childList: true }));
      const start = performance.now();
      box.focus();
      box.value = q;
      while (!document.getElementById("search-filters")) await new Promise((r) => setTimeout(r, 1));
      document.getElementById("search").requestSubmit();
      await done;
      return [performance.now() - start, status.textContent];
    }, q),
};
const pagefind = {
  open: async (page) => page.goto(base + "/"),
  ask: (page, q) =>
    page.evaluate(async (q) => {
      const start = performance.now();
      window.pf ??= await import("/pagefind/pagefind.js");
      const r = await window.pf.search(q);
      await Promise.all(r.results.slice(0, 10).map((x) => x.data()));
      return [performance.now() - start, r.results.length];
    }, q),
};
const measure = async (name, engine) => {
  for (const [kind, q] of queries) {
    const page = await (await browser.newContext()).newPage();
    await engine.open(page);
    sent = requests = 0;
    const line = async (which) => {
      const [ms, found] = await engine.ask(page, q);
      console.log(name.padEnd(9), which.padEnd(6), kind.padEnd(20), `${(sent / 1000).toFixed(1)} KB`.padStart(10), String(requests).padStart(4), `${ms.toFixed(0)} ms`.padStart(8), found);
      sent = requests = 0;
    };
    await line("first");
    await engine.ask(page, queries[(queries.findIndex((x) => x[1] === q) + 1) % queries.length][1]);
    sent = requests = 0;
    await line("again");
    await page.context().close();
  }
  const page = await (await browser.newContext()).newPage(); // the others, one after another
  await engine.open(page);
  await engine.ask(page, queries[2][1]);
  for (const [kind, q] of queries) {
    sent = requests = 0;
    const [ms, found] = await engine.ask(page, q);
    console.log(name.padEnd(9), "next  ", kind.padEnd(20), `${(sent / 1000).toFixed(1)} KB`.padStart(10), String(requests).padStart(4), `${ms.toFixed(0)} ms`.padStart(8), found);
  }
};
await measure("warraq", ours);
if (fs.existsSync(path.join(root, "pagefind"))) await measure("pagefind", pagefind);
await browser.close();
server.close();
