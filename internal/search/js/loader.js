// The search page loads this; the application follows when the reader turns to
// the search box, or at once when the address asks something.
const box = document.getElementById("q");
const load = () =>
  import("./app.js").catch(() => {
    document.getElementById("search-status").textContent = "تعذّر تحميل البحث. تحقق من الاتصال ثم أعد تحميل الصفحة.";
  });
if (new URLSearchParams(location.search).get("q") || document.activeElement === box) load();
else box?.addEventListener("focus", load, { once: true });
addEventListener("keydown", (e) => {
  if (e.key === "/" && !e.ctrlKey && !e.metaKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)) {
    e.preventDefault();
    box?.focus();
  }
});
