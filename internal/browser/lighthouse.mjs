// Runs Lighthouse over pages and reports what it measured.
// A job is read from standard input; each page and form is a line of standard output:
//   job    {chromium, pages: [{name, url, runs}]}
//   line   {page, form, scores: {category: [0–100]}, lcp: [ms], shift: [number], blocking: [ms], bytes, requests, scripts}
import lighthouse, { desktopConfig } from "lighthouse";
import { launch } from "chrome-launcher";
import { readFileSync } from "node:fs";

const job = JSON.parse(readFileSync(0, "utf8"));
const forms = { mobile: undefined, desktop: desktopConfig };

for (const page of job.pages) for (const [form, config] of Object.entries(forms)) {
  const line = { page: page.name, form, scores: {}, lcp: [], shift: [], blocking: [] };
  const chrome = await launch({
    chromePath: job.chromium,
    chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    // Lighthouse empties the cache and the storage before each run.
    for (let run = 0; run < page.runs; run++) {
      const { lhr } = await lighthouse(page.url, {
        port: chrome.port, logLevel: "error", ignoreStatusCode: true,
        onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
      }, config);
      if (lhr.runtimeError) throw new Error(`${page.url}: ${lhr.runtimeError.message}`);
      for (const [name, category] of Object.entries(lhr.categories)) (line.scores[name] ??= []).push(Math.round(category.score * 100));
      line.lcp.push(lhr.audits["largest-contentful-paint"].numericValue);
      line.shift.push(lhr.audits["cumulative-layout-shift"].numericValue);
      line.blocking.push(lhr.audits["total-blocking-time"].numericValue);
      const requests = lhr.audits["network-requests"].details.items.filter((r) => r.url.startsWith("http"));
      line.bytes = requests.reduce((sum, r) => sum + r.transferSize, 0);
      line.requests = requests.length;
      line.scripts = requests.filter((r) => r.resourceType === "Script").reduce((sum, r) => sum + r.transferSize, 0);
    }
  } finally {
    chrome.kill();
  }
  process.stdout.write(JSON.stringify(line) + "\n");
}
