// Asks Pagefind and Warraq the same pairs of query and documents about the same
// pages and prints pass rates by category: those of testdata/pairs.txt about
// testdata/documents.txt, or those of another file about a built site.
//
//	npm install --no-package-lock
//	node compare.mjs [--warraq FILE] [--chromium FILE] [--missed]
//	node compare.mjs --site ../../../public --pairs ../testdata/pairs-example.txt
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: flags } = parseArgs({
  options: {
    warraq: { type: "string", default: path.join(here, "../../../bin/warraq") },
    chromium: { type: "string", default: "/usr/bin/chromium" },
    site: { type: "string" }, // a built site whose articles are asked about
    pairs: { type: "string", default: path.join(here, "../testdata/pairs.txt") },
    missed: { type: "boolean", default: false }, // tell which pairs do not pass
  },
});
const write = (file, text) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};
const escape = (s) => s.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const pairs = fs.readFileSync(flags.pairs, "utf8").split("\n").filter((l) => l && l[0] !== "#").map((line) => {
  const [category, query, want] = line.split("|").map((s) => s.trim());
  return { category, query, want: want === "-" ? [] : want.split(/\s+/) };
});

const work = fs.mkdtempSync(path.join(os.tmpdir(), "compare-"));
const pages = path.join(work, "pages");
const pagefind = path.join(here, "node_modules/@pagefind", `${process.platform}-${process.arch}`, "bin/pagefind_extended");
let site = flags.site; // built by warraq

// twoSites writes the documents as plain pages and as a content tree, and builds the latter.
const twoSites = () => {
  const documents = ("\n" + fs.readFileSync(path.join(here, "../testdata/documents.txt"), "utf8")).split("\n= ").slice(1).map((doc) => {
    const [head, title, ...paragraphs] = doc.trim().split("\n");
    const [id, date, source, , tags = ""] = head.split("|").map((s) => s.trim());
    return { id, date, source, title, paragraphs, tags: tags.split("،").map((t) => t.trim()).filter(Boolean) };
  });
  const tree = path.join(work, "site");
  for (const d of documents) {
    const body = d.paragraphs.map((p) => `<p>${escape(p)}</p>`).join("\n");
    write(path.join(pages, "articles", d.id, "index.html"),
      `<!doctype html><html lang="ar" dir="rtl"><title>${escape(d.title)}</title><body><main data-pagefind-body><h1>${escape(d.title)}</h1>${body}<p>${escape(d.tags.join("، "))}</p></main></body></html>`);
    const tags = d.tags.map((t) => `  - ${JSON.stringify(t)}`).join("\n");
    write(path.join(tree, "content/articles", d.id + ".md"),
      `---\ntitle: ${JSON.stringify(d.title)}\n${d.date ? `date: ${d.date}\n` : ""}source: ${JSON.stringify(d.source)}\n${tags ? `tags:\n${tags}\n` : ""}---\n${d.paragraphs.join("\n\n")}\n`);
  }
  write(path.join(tree, "hugo.toml"), 'title = "x"\nlocale = "ar"\n');
  site = path.join(work, "public");
  execFileSync(flags.warraq, ["build", "--source", tree, "--destination", site], { stdio: "ignore" });
};
if (!site) twoSites();
else
  for (const id of fs.readdirSync(path.join(site, "articles"))) {
    const file = path.join(site, "articles", id, "index.html");
    if (fs.existsSync(file) && fs.readFileSync(file, "utf8").includes("<article")) // a page that moved on holds none
      write(path.join(pages, "articles", id, "index.html"), fs.readFileSync(file));
  }
execFileSync(pagefind, ["--site", pages, ...(flags.site ? ["--root-selector", "main"] : [])], { stdio: "ignore" });
write(path.join(pages, "index.html"), "<!doctype html><title>x</title>");

const server = http.createServer((q, s) => {
  let file = path.join(pages, decodeURIComponent(new URL(q.url, "http://x").pathname));
  if (file.endsWith("/")) file += "index.html";
  const types = { ".html": "text/html", ".js": "text/javascript" };
  fs.readFile(file, (err, data) => {
    s.writeHead(err ? 404 : 200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" });
    s.end(data);
  });
}).listen(0);
const browser = await chromium.launch({ executablePath: flags.chromium, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.goto(`http://localhost:${server.address().port}/`);
const theirs = await page.evaluate(async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const out = [];
  for (const q of queries) {
    const r = await pagefind.search(q);
    const data = await Promise.all(r.results.slice(0, 10).map((x) => x.data()));
    out.push(data.map((d) => d.url.split("/").at(-2)));
  }
  return out;
}, pairs.map((p) => p.query));
await browser.close();
server.close();
const ours = execFileSync(flags.warraq, ["search", "--site", site, "-"], { input: pairs.map((p) => p.query).join("\n") + "\n" })
  .toString().trim().split("\n").map((l) => JSON.parse(l).map((h) => h.id));

const passes = (ids, want) =>
  want.length === 0 ? ids.length === 0 : want.every((w, i) => ids.indexOf(w) >= 0 && ids.indexOf(w) < (i ? 10 : 3));
const table = new Map();
pairs.forEach((p, i) => {
  const row = table.get(p.category) ?? [0, 0, 0];
  const passed = [passes(theirs[i], p.want), passes(ours[i], p.want)];
  table.set(p.category, [row[0] + 1, row[1] + passed[0], row[2] + passed[1]]);
  if (flags.missed && !passed[1]) console.log(`${p.category}: ${p.query} | ${ours[i].join(" ")} | wanted ${p.want.join(" ") || "-"}${passed[0] ? " | Pagefind passes" : ""}`);
});
console.log("category        pairs  Pagefind  Warraq");
const sum = [0, 0, 0];
for (const [category, row] of table) {
  row.forEach((n, i) => (sum[i] += n));
  console.log(category.padEnd(15), ...row.map((n, i) => String(n).padStart([5, 9, 7][i])));
}
console.log("sum".padEnd(15), ...sum.map((n, i) => String(n).padStart([5, 9, 7][i])));
fs.rmSync(work, { recursive: true });
